import type { Intent } from './intents.ts';

/**
 * What people say for each intent, a phrase a line: where the patterns do not fit, what is said is
 * compared with these (see likeness.ts). Names stand as `@district`, `@school`, `@person`, `@date` and
 * `@measure`. A line more teaches more; words that say nothing of the intent only blur it.
 */
export const EXAMPLES: Readonly<Record<Intent, string>> = {
  'link practitioner': `
    who is my link practitioner
    which specialist teacher is attached to our school
    which teacher from your service is allocated to us
    who has been assigned to our setting
    who do we have as our link this year
    name of the person who visits us from STLS
    who comes out to our school
    who is our named contact
    has our link practitioner changed
    do we have a new specialist teacher
    i do not know who our link worker is
    we have not met our link person yet
    remind me who our link teacher is
    who would i go to about a pupil
    who can i talk to about a child
    who do we turn to for advice
    i need some advice about a child with autism
    i am worried about a boy in year 2 and want to speak to someone
    who is best to contact about a referral
    how do i make a referral
    can somebody ring me about one of our children
    can a specialist teacher come and see a child
    can someone come into school and observe a pupil
    i would like a visit from the specialist teacher
    who should i send the paperwork to
    who looks after @school
    who is the link for @school
    who supports @school
    specialist teacher at @school
    who goes into @school
    who is covering while she is away
    who is standing in for @person
    who do i go to while @person is off
    who is filling in for our link worker
    is @person in today
    is @person still our link
    is @person away this week
    when does @person return
    when is our link practitioner back from leave
    how can i reach our specialist teacher
    how do i get in touch with our link practitioner
    best way to get in touch with @person
    what is the phone number for our link worker
    do you have an email address for @person
    can i have @person number
    i need to ring @person
    i want to email @person
    what is her mobile
    how do i contact STLS
    which number do i call
    which specialist is linked with our school
    who have we been allocated
    who is meant to be supporting us
    who normally visits us
    who is our point of contact
    is there a particular teacher we should be dealing with
    could you tell me the name of our specialist teacher
    which of the team covers us
    who do you have down as our link
    who took over from @person
    i would like somebody to talk to about a pupil
    i want to ask someone about strategies for a child
    i need to discuss a pupil with our link worker
    we need support with behaviour
    we want some help for a child with dyslexia
    we have a new child with a hearing impairment who can advise
    is anyone covering while @person is off
    who has taken over while our teacher is on maternity leave
    has someone been lined up to cover for @person
    our link is off who is dealing with her schools
    who steps in when our practitioner is away
    how long is @person away for
    what is the best way to get hold of our teacher
    how would i go about contacting our link
    could you give me contact details for our link worker
    can you pass me @person details
    i have lost the number for our specialist teacher
    where do i email our practitioner
    does @person have a work mobile
    who would we speak to at @school
    who is the specialist for @school
    is @person the link for @school
    which of your teachers do we deal with
    we have forgotten the name of the lady who comes in
    she has not replied to me is she around
    @person has not answered my emails is she away
    who would be our person this year
    who do i deal with at the service
    who comes to us from the specialist teaching service
    who is picking up her work`,
  'next clinic': `
    when is the next clinic
    when is your next drop in
    next available clinic please
    is there a clinic soon
    anything on @date
    anything after @date
    is there anything on @date
    is there anything coming up
    have you got anything @date
    what have you got @date
    do you have anything @mode
    have you got any @mode ones
    is there an @mode one
    i would prefer an @mode one
    is the next one @mode
    next @mode one
    when is the next @phase one
    clinic @date
    clinics @date
    clinics in @district
    any clinics in @district
    is @district running a clinic
    what about a clinic in @district
    when is there a clinic near us
    when can i bring a case
    when can i next come and discuss a child
    when can we next see a specialist teacher about a pupil
    next chance to discuss a pupil
    next opportunity to bring a case
    soonest i could come along
    earliest date you can see us
    first clinic with space
    any that still have room
    are any of the clinics not full
    is there space on @date
    are there places left @date
    how many places are left at the clinic
    is the clinic on @date full
    where is the next clinic
    what time is the clinic
    where is it being held
    is there one @date
    is there an earlier one
    anything sooner
    anything later
    i can not do that day what else is there
    can we come along to something @date
    are you running a clinic @date
    is the clinic still on
    is the clinic on @date still going ahead
    drop in session @date
    surgery @date
    in school review dates
    next session for @phase
    is there a clinic we could come to
    any clinics soon
    any chance of a clinic @date
    do you run anything @date
    are there any clinics in @date
    got anything @date
    got any dates @date
    what is the soonest clinic
    how soon can we be seen
    how soon can i bring a child for discussion
    when is the earliest we could discuss a child
    when can we get some advice at a clinic
    when are you next in @district
    when is the next one for @phase schools
    is there one for @phase
    do you do @mode clinics
    is there a clinic with spaces
    which is the next one with room
    any space at the next one
    can i still get into a clinic @date
    are you fully booked @date
    is there availability @date
    anything before @date
    is anything happening @date
    clinic near @school
    something @mode would suit us better
    does the clinic have places
    how long is the clinic
    who runs the next clinic
    when does the clinic start
    what is the venue for the clinic
    can i have the link to join the clinic
    how do i join the @mode clinic
    next date for a drop in
    next date please
    when will there be another clinic
    is the next clinic in @district
    does @district have a clinic @date
    nearest clinic to us
    anything before christmas
    is there nothing in @date
    one that is not full
    next one that is not full
    next time i could discuss a pupil
    when could we talk a case through with someone`,
  'all clinics': `
    show me all the clinics
    list every clinic this term
    what clinics are there
    which clinics are running this term
    all the clinic dates
    clinic dates
    clinic dates for the year
    dates for clinics
    send me the dates of all the clinics
    give me the full list of clinics
    full clinic timetable
    clinic timetable
    clinic schedule
    clinic calendar for this term
    clinic programme
    when are all the clinics
    what clinics are coming up
    what is on offer clinic wise
    all upcoming clinics
    list of upcoming drop ins
    all the drop in sessions
    see all sessions in @district
    every clinic in @district
    all @mode clinics
    what @mode clinics are there
    which clinics are @mode
    list the @phase clinics
    all @phase clinics this term
    all the clinics until @date
    what are my options for clinics
    what clinics can i choose from
    overview of clinics
    how many clinics are there this term
    what dates have you got
    what other dates are there
    show the whole list of clinics
    please send a list of the clinics
    i would like to see every clinic
    what are the clinic dates this term
    can you tell me all the dates
    when do the clinics run this year
    give me every date
    what dates are the clinics
    clinic rota
    clinics running until @date
    all clinics before @date
    all clinics in @date
    how many clinics are left this term
    which clinics have places left
    which clinics still have room
    which days are the clinics on
    what have you got clinic wise for the rest of term
    is there a list of clinic dates
    where can i see the clinic dates
    clinics this half term
    dates of the surgeries
    upcoming sessions
    what are all the dates
    list what is on @date
    everything that is on this term
    what is on @date
    every date you have`,
  'book clinic': `
    book me a place
    book me in for the next clinic
    can i book onto the clinic on @date
    i would like to book a slot
    i want to book a clinic
    please reserve a place for us
    save a place for me on @date
    hold a place for me
    keep me a space
    fit me in @date
    can you fit us in
    put my name down for the clinic on @date
    put us down for @date
    sign me up for the @mode one
    sign us up please
    register me for the clinic
    enrol me
    get me on the next clinic
    get me a slot on @date
    add me to the clinic on @date
    add my name to the list for @date
    i will have a place please
    i will take that one
    yes i will take it
    yes please book it
    go ahead and book
    we would like to attend on @date
    i would like to come on @date
    i want to come to the clinic on @date
    can i come on @date
    can we come to that one
    i will be there on @date
    count us in for @date
    i would like to bring a child to the clinic on @date
    we need a place at the @phase clinic
    request a place
    secure a spot
    i want to go to the @mode clinic
    make a booking
    make an appointment
    can i have an appointment on @date
    arrange a slot for us
    can i have a place on @date
    could we have a slot on @date please
    reserve us a place
    i would like a place at the clinic
    i would love to come on @date
    is it ok if i come on @date
    please book us onto it
    please book that for us
    book the first one
    book the earliest one
    book the @phase clinic for us
    can you get us in on @date
    please add us to the list for @date
    stick us down for @date
    mark me as attending on @date
    i will go to that one
    we will take the @mode one
    let us have the slot on @date
    i am happy to come on @date please book
    @date suits me can you book it
    @date works for us
    i would like to sign up for a clinic
    how do i book a place
    where do i sign up for a clinic
    i need an appointment with a specialist teacher
    reserve me a spot at the @mode one
    confirm me for @date
    i want in on the clinic
    could you put me on the list
    please add us to the clinic
    could our name be added for @date
    i would take the last place`,
  'cancel booking': `
    cancel my place
    cancel my booking
    please cancel the clinic on @date
    cancel it
    cancel our slot on @date
    i can not make it on @date
    i can no longer come to the clinic
    we will not be able to attend
    i will not be there on @date
    we are not coming to the clinic
    i am not going to make the clinic
    i need to pull out of the clinic
    pull us out of the clinic on @date
    i have to drop out of @date
    take my name off
    take my name off the list for @date
    take us off the list
    remove me from the clinic on @date
    remove my booking
    remove our name
    give my place to someone else
    give my slot to another school
    let someone else have our slot
    i do not need my place any more
    we no longer need the slot
    free up my place
    release our place on @date
    withdraw from the clinic
    withdraw us from @date
    i want to withdraw
    scrap my booking
    something has come up so i can not come
    something has come up and i can not do @date
    i am ill and can not come to the clinic
    we have got ofsted so we can not come
    we are going to have to miss the clinic
    sorry i have to cancel
    unfortunately we can not make the clinic
    undo my booking
    unbook me
    i booked the wrong one please take it off
    i do not want to go any more
    call off my appointment
    bail on the clinic
    back out of the clinic
    please can you cancel our appointment
    i need to cancel
    we need to cancel our place on @date
    we have to pull out
    i am unable to attend on @date
    sorry we can not come on @date
    i will not make it
    not going to be able to come
    i can not attend after all
    we do not need it any more
    delete my booking
    drop me from the clinic
    take us out of the clinic
    please release my slot
    you can have my place back
    my plans have changed and i can not come
    no longer attending
    no longer able to come on @date
    we have to miss @date
    i will have to skip the clinic
    count me out
    i have double booked myself so can not come
    there has been a clash and we can not do @date
    the parent has pulled out so we do not need the slot
    get me out of the clinic on @date
    please stand us down for @date
    change of plan cancel the clinic
    i will not be needing my place
    we will not need our slot after all
    i do not need to come any more`,
  'my bookings': `
    what have i booked
    my bookings
    which clinics am i booked on
    which clinics have i signed up for
    remind me which clinics i signed up to
    remind me what i have booked
    when is the clinic i booked
    do i have a booking
    am i booked in
    am i booked onto the clinic on @date
    am i on the list for @date
    is my name down for @date
    are we down for any clinics
    have we got a place
    do we have a place on @date
    did my booking go through
    did my clinic booking work
    was my booking confirmed
    is my place confirmed
    confirm my booking
    check my booking
    check that i am booked
    can you see if we are booked
    what am i going to
    what have we signed up to
    which one did i book
    what date did i book
    what is my appointment
    show my appointments
    list our bookings
    what clinics do we have places at
    have i already booked a place
    what is coming up that i have booked
    do you have me down for anything
    do you have us down for @date
    have you got me down for the clinic
    have we got any clinics booked
    is there anything in my name
    is my place still reserved
    is my slot safe
    am i confirmed for @date
    am i definitely booked
    what time is my appointment
    when is my booking
    when am i booked in for
    which day am i coming
    what am i booked on to
    what did i sign up for
    where am i on @date
    show me what i have booked
    show what we are signed up for
    our places
    our clinic places
    my clinic appointments
    forgot what i booked
    can you confirm i have a place
    did i remember to book
    just checking i have a place
    just checking we are booked for @date
    what am i down for
    what am i down for @date`,
  'add to calendar': `
    add it to my calendar
    put it in my diary
    can you add the clinic to outlook
    send me a calendar invite
    send an invitation for the clinic
    can i have an invite for @date
    ics file for the clinic
    download for my calendar
    save the date to my calendar
    save it to my phone calendar
    calendar link please
    stick it in my calendar
    get it into my diary
    diary entry for the clinic
    outlook appointment for @date
    export to google calendar
    add @date to my diary
    sync with my calendar
    schedule it in outlook for me
    can i get that in my calendar
    can you put this in outlook for me
    could you send the calendar invite
    i would like it in my diary
    make a calendar entry
    add the booking to my calendar
    add my clinic to my outlook calendar
    calendar file
    have you got a calendar link
    how do i add it to my calendar
    block out @date in my diary
    save that date for me
    email me an invite
    create an event`,
  'my schools': `
    what schools am i linked to
    my schools
    list of my schools
    who am i the link for
    which settings do i support
    which nurseries are mine
    what is on my patch
    schools on my patch
    schools i look after
    schools i am responsible for
    schools i have been given
    which schools am i covering
    who is on my list
    show me my settings
    how many schools do i have
    schools allocated to me
    schools assigned to me
    what schools do i go into
    where am i the link practitioner
    am i the link for @school
    do i cover @school
    what schools do i cover
    show the schools i am linked to
    give me my list
    who do i look after
    who do i link with
    where do i work
    which are my settings
    which schools am i supposed to visit
    tell me my schools
    do i have @school
    is @school one of mine
    am i still down for @school
    how many settings am i linked to
    what is my allocation
    my allocated schools
    which schools come under me
    who have i got
    who have i got this year
    whose link am i`,
  'my clinics': `
    my clinics
    which clinics am i running
    which clinics am i leading
    clinics i am down to run
    when am i running a clinic
    when is my next clinic
    am i doing a clinic on @date
    have i got a clinic @date
    do i have a clinic @date
    what clinics have i got coming up
    what clinics am i down for
    who is booked on my clinic
    who has signed up for my clinic on @date
    who is coming on @date
    who is coming to my clinic
    which schools are coming to my clinic
    which schools have booked on @date
    how many have booked for @date
    how many people are booked on my clinic
    attendance list for my clinic
    list of bookings for my clinic
    who have i got on @date
    who am i seeing on @date
    is anyone booked on @date
    is my clinic full
    how full is my clinic
    bookings for my clinic
    show my clinic list
    clinics i lead
    when do i next have to run a clinic
    do i have any clinics coming up
    what clinics am i doing
    which clinics are mine
    when is the clinic i am running
    list the clinics i am running
    how many are coming @date
    how many have signed up
    who has put their name down for @date
    who has booked in with me
    who is on the list for my clinic
    what does my clinic look like on @date
    names of the people coming to my clinic
    anyone booked in for @date
    has anybody booked on to my clinic
    how many places have gone at my clinic
    what have i got on @date
    when am i next down for clinic
    am i running anything @date
    am i on clinic duty @date
    how many takers for @date
    when is my next one
    any takers for my clinic`,
  away: `
    i am away @date
    i will be off @date
    i am on leave @date
    i will be out of the office @date
    mark me away @date
    mark me as out @date
    set me to away until @date
    put me down as away @date
    record my absence @date
    i am not in @date
    i will not be in @date
    i am not working @date
    not working @date
    not in @date
    out @date
    out of office @date
    annual leave @date
    i have annual leave @date
    on holiday @date
    off sick
    i am poorly today
    i am not well so will not be in
    i am ill
    i have jury service @date
    i have a hospital appointment @date
    i am on a course @date
    i am at a conference @date
    on training @date
    i have a day off @date
    working from elsewhere and unavailable @date
    unavailable @date
    not available @date
    maternity leave from @date
    paternity leave @date
    compassionate leave @date
    i am taking @date off
    taking time off @date
    i finish @date and will be gone until @date
    @person will cover for me @date
    @person is covering my schools while i am away @date
    away @date cover @person
    going on leave @date
    i need to be marked absent
    i want to set my cover
    change my cover to @person
    let my schools know i am away @date
    show me as away
    i am off @date
    i am going to be off @date
    i will be away from work @date
    i shall not be around @date
    i am not around @date
    i can not work @date
    not around @date
    back @date
    i will be back @date
    i am back in on @date
    i am having surgery @date
    i am having an operation @date
    i am going into hospital @date
    my child is ill so i am off today
    off with covid
    i have tested positive
    i have got flu
    i have come down with something
    dentist @date
    i have a funeral @date
    i am at a wedding @date
    i will be working elsewhere @date
    holiday @date
    holidays @date
    i have booked leave @date
    i have booked @date off
    sick note until @date
    signed off until @date
    signed off sick
    please mark me absent @date
    can you log that i am away @date
    can you show me as on leave @date
    i need to log leave
    add my annual leave @date
    away @date with @person covering
    i am out @date and @person is my cover
    @person will pick up my schools @date
    @person is standing in for me @date
    @person is stepping in while i am off`,
  back: `
    i am back
    i am back at work
    back today
    back from leave
    back from holiday
    back in the office
    i have returned
    returned from leave
    returned to work today
    i am in again
    i am better now
    i am not away any more
    i am no longer away
    i came back early
    i am working again
    mark me as back
    mark me as available
    mark me as in
    i am available again
    take off my out of office
    turn off my away
    remove my absence
    cancel my leave
    end my absence
    clear my away status
    i do not need cover any more
    stop the cover
    set me back to available
    i am here again
    i am in today
    i am returning today
    returning to work
    first day back
    i am at work again
    i am well again
    over my illness and back
    recovered
    reporting back for duty
    holiday is over
    my leave is over
    no longer ill
    no longer off sick
    please take me off leave
    stop showing me as away
    i am not off any more
    i can take my schools back from @person
    unmark me as away
    remove the away
    end my leave early
    all better and back at my desk
    back at my desk
    in work again`,
  'what is due': `
    what is due
    what do i owe you
    what do i have to send
    what have i still got to do this term
    what do i need to file
    what do you need from me
    anything you need from me
    do you need anything from us
    what is left for me to do
    what is on my list
    what is outstanding for us
    what are we still missing
    am i up to date
    are we up to date with our returns
    have i done everything
    have we handed everything in
    is there anything i should be doing
    is there anything outstanding from our district
    when is the return due
    when is the deadline
    when is the LAR due
    when is the KPI due
    when do the figures have to be with you
    when do the term 1 figures need to be in
    how long have i got
    how many days do i have left to file
    what date is it due
    when does it lock
    when is the cut off
    next deadline
    i need more time
    can i have an extension
    i will file it on @date
    i will send it by @date
    i can get it to you by @date
    where do i fill in the return
    how do i submit my return
    where is the form
    let me file the KPI
    start my return
    i want to fill in the LAR
    i need to correct a figure
    i made a mistake in my return
    a colleague will do the return
    can someone else do the return
    have you got everything from us
    are we all done for this term
    is our return late
    are we late
    what is my to do list
    what have i not sent
    what have we not done yet
    what is due from us
    what is due next
    what is coming up that i need to file
    what returns do i have to do
    which returns do i have left
    which forms do i need to fill in
    what needs doing
    what needs to be in
    what should i be working on
    have i missed anything
    have i forgotten anything
    have i missed the deadline
    have we sent everything
    is there anything left to send
    is there anything else you want from us
    is anything overdue from us
    are there any returns i have not done
    do we owe you anything
    do i still need to do the LAR
    do i still owe the KPI
    are we on track
    when do you need it by
    when do you want the figures
    when is it all due
    by when must i file
    what is the closing date
    how much time is left
    is it too late to send it
    can i have a few more days
    can i send it late
    i will be late with my return
    i will do it by @date
    we will file on @date
    you will have it by @date
    expect it on @date
    hoping to get it to you by @date
    @person will do the return for me
    my deputy will file it
    where do i put the figures in
    how do i enter the figures
    how do i change what i sent
    i need to amend our return
    send me the form
    give me the link to the return
    where is the LAR form
    i am ready to file
    is there anything with my name on it
    anything with our name on it
    what is left for us
    give us until @date
    can we have until @date
    i am sending it @date
    how late are we
    anything on my plate
    what is on my plate this term
    am i behind on anything
    are we behind with anything`,
  'my last return': `
    my last return
    show our last return
    what did i send last time
    what did we put last term
    what did we put for @measure last time
    what @measure did i report last time
    what figure did we give for @measure
    what was our @measure last term
    what figures did we submit
    what did i tell you last term
    what numbers did i give you
    what is in our latest return
    what is in our last activity report
    our previous LAR
    a copy of what i sent
    see what i filed
    open my last KPI
    did my return arrive
    did you get my return
    did you receive our LAR
    did the KPI go through
    has my return been received
    has my return come through
    can you check you have our return
    when did i file
    when did we last file
    what did we say about @measure
    last year's return
    our return from last term
    look up what we reported
    the figures i filed
    what did i put in the last return
    what did we enter for @measure
    what did we have for @measure last term
    remind me what we put for @measure
    what were our figures last term
    what were our numbers last time
    our last set of figures
    our most recent return
    the last KPI we sent
    previous KPI
    what was in the LAR we sent
    pull up our last return
    show me the one from last term
    our earlier figures
    what did the district report last term
    what was our figure for @measure
    when did i last send a return
    when did we send it
    has it arrived
    did it go through
    did you get it
    did you get our figures
    have you received it
    can you confirm receipt
    can you confirm you received our KPI
    confirm my return came through
    i filed it on @date is it there
    was our return received
    what was submitted for us
    what went in last time
    did the one i sent come through
    did what i sent come through
    how many did we say last term`,
  'my open queries': `
    my open queries
    do i have any queries
    any queries on our return
    what queries have you got for us
    what are you asking me about my return
    have any of our figures been flagged
    what do i have to explain
    what needs explaining
    what is wrong with my return
    is there something wrong with our figures
    is anything wrong with our numbers
    are there problems with my return
    are you happy with our return
    did you find anything odd in our figures
    why has my return been queried
    why was my return sent back
    why did it come back to me
    was my explanation ok
    did you accept my explanation
    what is still open on my return
    which queries are still open
    any questions for us
    any comments on our return
    did our return pass the checks
    any errors in my return
    what do i need to fix
    i want to answer a query
    i want to explain a figure
    what are my queries
    what queries do we have
    how many queries do i have
    how many open queries have we got
    have you queried anything
    have you got any questions for me
    is there a query on our KPI
    any issues with our return
    any issues with our figures
    any problems with what we sent
    anything wrong with what i sent
    anything you are not happy with
    anything i need to explain
    anything to explain
    what do you want me to explain
    which figures do you want explained
    what did you flag
    what was flagged on ours
    what has been raised on our return
    what has been raised with us
    is our return being questioned
    are our figures ok
    did our figures look alright
    do our numbers add up
    what came back on our return
    what is holding up our return
    why has our return not been approved
    has our return been approved
    has our return been accepted
    has the commissioner accepted what i said
    did my reply do
    what happened to my explanation
    where is my query
    you asked me about @measure
    why are you asking about @measure
    what is this query about
    why are you questioning my figures
    what is this about our @measure looking odd
    is there anything on my return to look at again
    do you want me to look at anything again
    how many queries have i got left
    what are you unhappy with in my return
    what do you not like about my return`,
  'who is missing': `
    who is missing
    who has not filed
    who has not sent their return
    who still owes us a return
    which districts are outstanding
    which districts have we not heard from
    who have we not heard from
    who are we waiting on
    still waiting for anything
    is anyone missing
    is everyone in
    is everything in
    has everybody filed
    have they all come in
    are all the returns in
    are we missing any returns
    how many are in
    how many returns are in
    how many districts have filed
    how many have we had back
    how many are still to come
    where are we with returns
    where are we up to with the returns
    how are the returns looking
    return rate this term
    what is our completion rate
    status of the returns
    list who has not replied
    who has filed and who has not
    who has filed
    who has yet to submit
    who is late
    who is late with the KPI
    which leads have not submitted
    which returns are overdue
    outstanding returns
    late returns
    missing KPI returns
    which LARs are missing
    give me the list of outstanding districts
    which districts are done
    any stragglers
    who is dragging their feet
    who is holding us up
    who is left
    anybody outstanding
    who still has to file
    who still has to send theirs
    who have we got left to come
    who is outstanding for the KPI
    who have we had nothing from
    who have we got returns from
    who has got theirs in
    which districts have replied
    which districts have not replied
    which districts still need to send
    which districts have sent nothing
    which leads are late
    which leads have not sent anything
    is anybody late
    is anybody still to file
    is anyone still outstanding
    are there any returns outstanding
    are any districts overdue
    are we still short of any
    are we all in
    did everybody file
    did everyone make the deadline
    did anyone miss the deadline
    who missed the deadline
    have we got everything
    have we got them all
    have we got all the returns in
    how many are we missing
    how many do we still need
    how many outstanding
    how is it looking for returns
    how are we doing for returns
    how are we getting on with returns
    how far are we with the returns
    what is the return rate
    what percentage are in
    what is still to come in
    what are we missing
    what have we not had
    returns so far
    returns this term
    give me a run down of returns
    give me a summary of returns
    tell me who is outstanding
    tell me who has not filed
    list the missing ones
    list of late districts
    show me what is outstanding
    non returners
    non responders
    late ones
    where have we got to
    where have we got to with returns
    how many have come in so far
    no shows
    any no shows this term
    who is short
    who do i need to ring about their return
    has every district done its return
    which are we short of
    which districts have not come back to us
    state of play on returns
    who has not come back to us`,
  'late again': `
    who is late again
    who keeps being late
    who is always late
    who never files on time
    who is consistently late
    who is regularly late
    who tends to be late
    which districts are late every term
    who has been late more than once
    who has been late two terms in a row
    who was late last term as well
    who is late for the second time running
    repeat offenders
    serial offenders
    the usual suspects
    habitual late filers
    who has form for being late
    who has a history of late returns
    is there a pattern of lateness
    pattern of late returns
    which districts have a bad track record
    who struggles with deadlines every term
    persistent late returns
    who keeps missing the deadline
    same districts late again
    who is a repeat problem
    who is late every time
    who is late every term
    who is late most often
    who is late time after time
    who always files late
    who always sends it late
    who is always behind
    who is always last
    who has never been on time
    who has been late before
    who has been late the most
    who has missed two deadlines running
    who missed the last two deadlines
    who misses every deadline
    which districts are always late
    which districts are usually late
    which districts are repeatedly late
    which districts have been late twice
    which districts keep missing deadlines
    which districts keep on being late
    which ones are habitually late
    which leads struggle to file on time
    who are our worst offenders
    worst offenders
    chronic lateness
    serially late
    again and again late
    twice in a row
    two terms running
    is anyone making a habit of being late
    is it the same people late each time
    the same ones as last time
    late last term too
    who made a habit of missing the deadline
    who lets us down every time
    late two terms on the trot
    which leads are never on time`,
  'show district': `
    show @district
    how is @district doing
    how is @district getting on
    how are things in @district
    what is the situation in @district
    what is happening in @district
    what is going on in @district
    what have we had from @district
    what has @district sent
    has @district filed
    has @district sent their return in
    is @district in yet
    did @district file on time
    is @district late
    have we heard from @district
    where is @district up to
    where are @district with their return
    tell me about @district
    pull up @district
    bring up @district
    give me @district
    let me see @district
    i want to look at @district
    look up @district
    find a district
    open a district
    check on @district
    @district status
    @district return
    details for @district
    update on @district
    how are we doing in @district
    what is outstanding in @district
    what does @district owe
    what is the position in @district
    summary for @district
    show my district
    how is my district doing
    who is the lead in @district
    who leads @district
    show me how @district is doing
    how is @district looking
    how is @district
    how are @district
    how are @district getting along
    what about @district
    anything from @district
    any word from @district
    anything yet from @district
    have you had anything from @district
    have @district sent theirs
    have @district filed the KPI
    has @district done the LAR
    has @district done it
    is @district up to date
    is @district all done
    is @district behind
    is everything in from @district
    are @district late
    are @district in
    did @district send anything
    did @district get theirs in
    when did @district file
    when did @district last file
    what is @district missing
    what are @district missing
    what is @district waiting on
    what is up with @district
    what do we know about @district
    what did @district say
    what did @district send
    what state is @district in
    can i see @district
    can i have a look at @district
    could you pull up @district
    put @district up
    go to @district
    take me to @district
    switch to @district
    i need to see @district
    brief me on @district
    run me through @district
    give me the low down on @district
    the picture in @district
    the figures for @district
    return for @district
    latest on @district
    latest from @district
    what is the latest with @district
    how is my patch doing
    have @district been in touch
    where has @district got to`,
  'chase district': `
    chase @district
    chase up @district
    chase @district about their return
    chase the lead in @district
    nudge @district
    remind @district
    remind @district that the return is due
    send @district a reminder
    send a reminder to @district
    give @district a nudge
    give @district a push
    prod @district
    poke @district
    hurry up @district
    hassle @district
    press @district for the return
    ping @district
    message @district about the return
    contact @district about their late return
    get on to @district
    follow up with @district
    ask @district for their return
    ask @district where their return is
    tell @district to file
    tell @district it is overdue
    let @district know we are waiting
    email @district about the missing return
    send a chaser
    chase someone
    chase a district
    please chase @district
    could you chase @district for me
    can you get @district to file
    can you get on to @district
    get @district moving
    gee up @district
    jog @district memory
    chivvy @district along
    badger @district
    pester @district
    give @district a prompt
    prompt @district
    give @district a chase
    give @district another nudge
    give @district a shout
    have a word with @district
    send the @district lead a reminder
    send a nudge to @district
    send another reminder to @district
    send a message to @district lead
    send @district a message about their return
    remind the lead in @district
    remind @district about the KPI
    tell @district they are late
    tell @district to hurry up
    tell the @district lead we need the return
    write to @district about the missing return
    ask the @district lead where the LAR is
    request the return from @district
    demand the return from @district
    @district needs a reminder
    @district needs chasing
    @district needs a nudge
    get @district to send theirs
    give @district a kick
    @district are late please get on to them
    give @district a poke
    drop @district a line to remind them`,
  'compare districts': `
    compare @district and @district
    compare @district with @district
    compare @district to @district
    how does @district compare to @district
    how does @district measure up to @district
    how do we compare with @district
    compare us with @district
    us against @district
    are we doing better than @district
    is @district doing better than @district
    which is bigger @district or @district
    which is higher for @measure @district or @district
    which has more @measure @district or @district
    who has more @measure @district or @district
    is @measure higher in @district than @district
    @district vs @district
    @district versus @district on @measure
    @district next to @district
    put @district and @district side by side
    @district alongside @district
    @district compared to @district
    what is the difference between @district and @district
    how different are @district and @district
    set @district against @district
    line up @district with @district
    contrast @district and @district
    compare two districts
    i want a comparison of two districts
    how do @district and @district compare
    how do @district and @district differ
    what is different between @district and @district
    @district and @district together
    show @district and @district side by side
    show me @district alongside @district
    put @district up against @district
    pit @district against @district
    measure @district against @district
    is @district ahead of @district
    is @district behind @district
    is @district worse than @district
    is @district busier than @district
    is @district bigger than @district
    does @district have more @measure than @district
    do we have a higher @measure than @district
    are we ahead of @district
    are we behind @district
    how are we doing compared with @district
    how does our @measure compare with @district
    how does my district compare with @district
    where do we sit against @district
    which is doing better @district or @district
    which of @district and @district is better
    who is doing better @district or @district
    who has the higher @measure @district or @district
    who has the bigger @measure @district or @district
    @district or @district for @measure
    @measure in @district and @district
    @measure in @district against @district
    @measure of @district and @district
    see how @district stands against @district
    can i see two districts together`,
  'measure over time': `
    @measure over time
    chart of @measure
    show me a chart
    show me a graph of @measure
    graph @measure for @district
    plot @measure
    trend in @measure
    what is the trend for @measure in @district
    how has @measure changed
    how has @measure moved over the years
    how has @measure gone since last year
    is @measure going up or down
    is @measure rising
    is @measure falling
    has @measure gone up
    has @measure gone down
    has @measure increased since last year
    are @measure increasing
    are we seeing more @measure
    history of @measure
    @measure term by term
    @measure for each term
    @measure by year
    @measure across the county
    @measure year on year
    @measure over the last few terms
    what has happened to @measure over the last year
    what does @measure look like over the years
    how many @measure in @district
    what is @measure in @district
    figures for @measure
    line chart of @measure
    show @measure
    show me @measure for @district
    show me the figures for @measure
    show me @measure over the last year
    show how @measure has changed
    show @measure as a chart
    can i see @measure over time
    can i see a graph of @measure
    can i get a chart of @measure
    can you chart @measure
    draw me a graph of @measure
    draw a chart of @measure in @district
    give me the trend in @measure
    give me @measure by term
    what has @measure done over time
    what has @measure been like
    what direction is @measure going in
    which way is @measure going
    where is @measure heading
    is @measure getting bigger
    is @measure getting worse
    is @measure higher than last year
    is @measure growing
    has @measure dropped
    has @measure risen
    has @measure improved in @district
    have @measure gone up in @district
    did @measure go up
    how is @measure trending
    how is @measure doing
    how has @measure been over the last few terms
    how have @measure developed
    how many @measure did we have each term
    @measure trend
    @measure graph
    @measure chart
    @measure in @district
    @measure @district
    @measure since @date
    @measure compared with last year
    over the years`,
  'overdue promises': `
    overdue promises
    who broke their promise
    who promised and did not deliver
    who said they would file and did not
    who said they would send it and has not
    who did not keep their word
    who has gone back on their word
    who let us down
    broken promises
    which promises have passed
    promised dates that have gone
    promises that were not kept
    who missed the date they gave us
    who missed their own deadline
    who has not done what they said
    who promised what
    what promises have we had
    list the promises
    who gave us a date
    who has told us a date and missed it
    promises outstanding
    any promises overdue
    who committed to a date and missed it
    who has broken a promise
    who has not kept their promise
    who did not stick to their promise
    who did not do what they promised
    who said @date and has not sent it
    who promised us a return that has not come
    who was supposed to have filed by now
    who should have filed by now according to what they said
    who told us they would file and has not
    who gave a date and did not stick to it
    who agreed a date and missed it
    which leads promised and have not filed
    which leads have broken their word
    which promises are overdue
    which promises were broken
    which promised returns have not arrived
    promised but not filed
    promised but not sent
    said they would but have not
    did they do what they promised
    did everyone keep their promise
    are there any broken promises
    has anyone broken their promise
    promises not kept
    late on their promise
    past their promised date
    empty promises
    what was promised
    what have leads promised
    which of them said @date and have not delivered
    who has not delivered what they said`,
  'what changed': `
    what changed
    what has changed since @date
    what is new
    what is new since @date
    anything new
    anything new since @date
    anything come in since @date
    has anything come in
    what has come in @date
    what came in @date
    what have we had in since @date
    what have we received since @date
    which returns arrived @date
    who filed @date
    who has filed since @date
    what did i miss
    what have i missed
    what have i missed while i was on leave
    i have been off catch me up
    bring me up to date
    bring me up to speed
    fill me in
    update me
    give me an update
    any updates
    any news
    any developments since @date
    what happened @date
    what happened while i was off
    what is the latest
    what is different since @date
    what has moved since @date
    recent activity
    recent changes
    changes this week
    get me up to speed on what came in
    what is going on
    what is new today
    what has been going on
    what has been happening
    what has been happening since @date
    what has gone on since @date
    what has been filed since @date
    what has been sent in since @date
    what returns have come in since @date
    what landed @date
    what turned up @date
    what did we get @date
    what have people sent in @date
    what is different from last week
    what is different now
    has anything changed
    has anything changed since @date
    has anything happened
    has anything moved
    has anyone filed since @date
    has anyone sent anything @date
    did anything come in
    did anything come in over the weekend
    did anything happen while i was away
    did i miss anything
    anything to report
    anything happened since @date
    anything else come in
    any change
    any changes since @date
    any movement
    any new returns
    any new returns since @date
    any returns in today
    who sent theirs in @date
    new returns
    new arrivals
    what is hot off the press
    give me the latest
    give me the news
    give me a summary of changes
    recap since @date
    update since @date
    run me through what has changed
    since i was last here
    give me a round up since @date
    what came in overnight
    round up of the week
    catch me up`,
  'show findings': `
    show findings
    show me the findings
    findings in @district
    open findings
    what looks odd in the figures
    which figures look wrong
    any figures that look strange
    anything odd in the figures
    any dodgy numbers
    any suspicious numbers
    do any of the numbers not add up
    which numbers do not add up
    what does not add up
    which returns have problems
    which returns failed the checks
    what did the checks find
    what problems have been found
    what errors are there
    are there any errors
    anything flagged
    what has been flagged
    what has been flagged in @district
    which queries are open
    which queries are unanswered
    what queries are there for @district
    what explanations have come in
    which explanations are waiting for me
    explanations to look at
    who has explained
    what do i need to decide
    what needs my attention
    anything i need to look at
    what is wrong with @district figures
    data quality
    outliers
    show all findings
    show open queries
    list the findings
    list the queries
    list anything unusual
    what are the findings
    what findings are there
    what findings are open
    what findings have we got
    what queries have we raised
    what queries do we have open
    what is queried
    what is unexplained
    what has been explained
    what has @district explained
    what did @district say about their figures
    what is odd about @district figures
    what is wrong with the figures
    what figures are wrong
    what is not right
    what jumps out
    what stands out in the returns
    what stands out in @district
    which figures are out
    which figures are queried
    which figures need checking
    which figures do not look right
    which numbers look wrong
    which districts have queries
    which districts have findings
    which districts have problems with their figures
    which explanations need accepting
    any findings
    any queries on @district
    any queries open
    any anomalies
    any mistakes in the returns
    any inconsistencies
    anything unusual in the figures
    anything wrong with @district return
    anything i need to decide on
    do any figures look off
    do the figures add up
    are there any issues with the data
    are there any problems with the returns
    is there anything odd about @district
    is there anything waiting for my decision
    issues in @district
    problems with the data
    which figures worry you
    figures to be worried about in @district
    have any leads explained themselves
    who has given an explanation
    what looks fishy in the figures`,
  'what can be approved': `
    what can be approved
    what is ready to approve
    what is ready to sign off
    what can i sign off
    which returns can i approve
    which returns are ready
    returns waiting for approval
    what is waiting for my approval
    what needs signing off
    anything to sign off
    anything ready for me to approve
    anything for me to approve
    anything i can approve
    what is good to go
    which ones are good to go
    approve the returns
    i want to approve a return
    show me the ones that are clean
    which returns are complete with no queries
    which returns have no queries left
    ready for approval
    what still needs approving
    what has not been approved
    has @district been approved
    what can i approve
    what could i approve today
    what is there to approve
    what is there to sign off
    what is ready
    what is ready for me to approve
    what is awaiting approval
    what is awaiting sign off
    what is left to approve
    what is complete and can be signed off
    what have i got to approve
    which are ready to approve
    which are ready for sign off
    which districts can i approve
    which districts can i sign off
    which districts are ready to be approved
    which returns are good to go
    which returns have passed all the checks
    which returns are clean
    which returns still need approving
    who is ready for approval
    who can be signed off
    is anything ready to approve
    is there anything to approve
    is there anything waiting for approval
    is @district ready to approve
    can @district be approved
    can i sign @district off
    anything waiting for my sign off
    approvals
    approvals waiting
    approvals list
    sign offs due
    returns to approve
    returns to sign off
    i would like to do some approvals
    let me approve some returns
    which can i tick off
    what can i put through
    anything i can put through
    anything i can tick off
    what is waiting for me to say yes to`,
  'who wants in': `
    who wants in
    who is asking to be let in
    who has asked for access
    who is waiting for access
    any access requests
    any requests to join
    anyone waiting to be let in
    anyone new asking for access
    anyone wanting to join
    is anybody waiting to get in
    are there people to approve
    are there new people to approve
    new users waiting
    new joiners
    pending access requests
    pending people
    pending requests
    approve new users
    let somebody in
    who has asked to use the bot
    which sencos want access
    people waiting for approval
    who needs letting in
    who is waiting to be let in
    who is waiting to come in
    who is waiting at the door
    who is asking for access
    who is asking to join
    who would like access
    who needs access
    who has requested access
    who has asked to be let in
    who has asked to join
    has anyone asked to join
    has anybody new asked to get in
    is anyone waiting for access
    is anyone asking to join
    any new people
    any new people to let in
    any new users
    any new sencos wanting access
    any people waiting
    any strangers
    any sign up requests
    are there any access requests
    are there any requests to be let in
    people asking for access
    people wanting in
    requests for access
    requests waiting
    list of access requests
    access list
    let people in
    give someone access
    approve access
    has anybody asked to be added
    any new sencos waiting on me
    who is waiting for me to let them in
    anyone knocking at the door`,
  definition: `
    what does actively supported mean
    what do you mean by caseload
    what is meant by outreach
    what is the definition of caseload
    what counts as actively supported
    what do you count as a visit
    how do you define caseload
    how is caseload defined
    remind me what SENIF stands for
    what does LIFT stand for
    what is AET
    what is a LAR
    what is a KPI return
    explain actively supported
    explain what caseload means
    explain the term outreach
    does caseload include closed cases
    do closed cases count as actively supported
    should i count a child on outreach
    who do i count as actively supported
    what should i include in caseload
    what goes in the caseload figure
    is actively supported the same as caseload
    difference between caseload and actively supported
    i do not understand what caseload means
    meaning of SEMH
    what are the areas of need
    what is actively supported
    what is caseload
    what is an outreach case
    what is a specialist teacher clinic
    what is SEMH short for
    what is C&I
    what does AET stand for
    what does S&P mean
    what does SENIF mean
    what is the meaning of actively supported
    what is the difference between supported and caseload
    what exactly is caseload
    what exactly counts as actively supported
    what exactly do you mean by outreach
    what is included in caseload
    what is counted in caseload
    what is classed as actively supported
    what is classed as an open case
    how are you defining caseload
    how do i work out caseload
    how do i count actively supported
    how should i count outreach
    how is actively supported counted
    is a child on outreach actively supported
    is a child on a waiting list in the caseload
    can you explain caseload
    can you define outreach
    can you tell me what caseload means
    could you clarify what actively supported means
    i am not sure what counts as actively supported
    caseload definition
    caseload meaning
    definition of outreach
    do i include early years in caseload
    do i count children who have left
    who counts as actively supported
    tell me what LIFT is
    does outreach count towards caseload
    does a child on outreach count as actively supported
    do we count children on outreach`,
  help: `
    help
    help me
    i need help using this
    what can you do
    what can you help with
    what can i ask
    what can i ask you
    what kind of questions can you answer
    what are you able to do
    what are you for
    what do you do
    what is this
    what is this for
    who are you
    are you a real person
    am i talking to a robot
    how does this work
    how do i use this
    how do you work
    show me what you can do
    show me how this works
    i am new to this
    i do not know how to use this
    i am not sure how this works
    i do not know what to ask
    i am lost
    where do i start
    how do i get started
    give me some examples
    can you give me an example
    what are the commands
    list of commands
    menu
    options
    is there a guide
    what else can you tell me
    can you help me
    could you help
    i could do with some help
    i do not understand how to use this
    how do i use you
    how can you help
    how can you help me
    how can i use this
    how do i talk to you
    how do i do this
    how do i ask you something
    what can i do here
    what can i do with this
    what can i use you for
    what can this do
    what can you tell me
    what can you answer
    what could i ask
    what should i ask
    what do i do
    what do i do now
    what do i say
    what do i type
    what is it you do
    what is this bot for
    what are you
    what are my options
    what is possible
    what questions can i ask
    what would you like me to ask
    which questions can you answer
    which commands are there
    who am i talking to
    tell me what you can do
    tell me what i can ask
    tell me about yourself
    explain how this works
    explain yourself
    introduce yourself
    first time using this
    i have not used this before
    never used this before
    new here
    stuck
    a bit stuck
    confused
    not sure what to do
    show me examples
    show commands
    show options
    user guide
    instructions
    i have no idea what i am doing
    i have no idea what to do
    what on earth do i do here
    what am i supposed to type
    show me the ropes`,
  greeting: `
    hello
    hi there
    good morning
    good afternoon
    hello bot
    how are you
    how are you today
    hope you are well
    nice to meet you
    are you there
    anyone there
    hi
    hey
    morning all
    morning
    good evening
    hello again
    hope you are having a good day
    happy monday
    pleased to meet you`,
  thanks: `
    thank you
    thanks
    thanks very much
    thank you so much
    many thanks
    much appreciated
    that is brilliant thanks
    that is really helpful
    that is what i needed
    great that is all
    perfect
    lovely
    cheers
    you are a star
    you are a lifesaver
    that helps
    got it
    understood
    no worries
    no that is all
    nothing else
    goodbye
    thank you for your help
    thank you that is great
    thanks for that
    thanks a lot
    thanks a million
    thanks again
    ta very much
    appreciate your help
    that is great
    that is perfect thank you
    that is all i needed
    that is fine
    that is lovely thank you
    that was quick
    brilliant
    fantastic
    wonderful
    great stuff
    good job
    nice one
    ok thanks
    ok great
    sounds good
    all sorted
    sorted thanks
    bye
    see you later
    speak soon
    have a good weekend`,
  rude: `
    you are useless
    this is useless
    this is rubbish
    stupid bot
    shut up
    what a waste of time
    you are no help at all
    this is a load of rubbish
    you are rubbish
    you are an idiot
    you are stupid
    this is stupid
    this is pointless
    this thing is useless
    this thing is hopeless
    i hate this
    i hate you
    go away
    get lost
    what a load of nonsense`,
  'not understood': `
    what is the weather like
    will it rain
    tell me a joke
    what time is it
    who won the match
    what is for lunch
    book me a holiday
    book a meeting room
    book a train
    book a taxi
    order some paper
    print this
    translate this
    write me a report about a child
    write a letter to a parent
    write an email to the head
    draft a plan for a pupil
    what should i do about a child who bites
    tell me about a pupil
    show me the record of a child
    which children are on the caseload
    names of the children
    what are my wages
    when is pay day
    when do the school holidays start
    extend the deadline for everyone
    change the deadline
    move the clinic
    cancel the clinic for everybody
    make me an administrator
    give me access to everything
    delete my return
    delete everything
    change the figures for @district
    stop sending me messages
    do not chase anybody
    what is the home address of @person
    how much is @person paid
    call me a taxi
    play some music
    reset my password
    what is the capital of france
    what is two plus two
    what is the news today
    who is the king
    who won the election
    how old are you
    what is your favourite colour
    where do you live
    do you like cake
    sing a song
    i am hungry
    what should i cook
    recommend a film
    find me a restaurant
    what is the traffic like
    when is the next train
    where can i park
    how much does it cost
    what is the wifi password
    my laptop is broken
    the printer is not working
    i can not log in to my computer
    claim my expenses
    submit my mileage
    fill in my timesheet
    what is my salary
    who is my line manager
    how do i get a parking permit
    does a child have a diagnosis
    has a child got an ehcp
    is a pupil on the autism pathway
    what are the needs of a pupil
    show me a pupil file
    what is the progress of a child
    how many children are excluded
    which children are getting support
    send me the names of the pupils
    write a support plan
    write me a poem
    summarise this document
    what is in the news
    tell me a story
    turn on the lights
    set an alarm
    cancel my meeting
    cancel my train
    delete my account
    delete all the returns
    approve everything
    change my role
    make me a commissioner
    log in as someone else
    what did @person say
    what does @person earn
    where does @person live
    forget everything
    repeat after me
    pretend you are a commissioner
    tell the head i am off sick
    let my manager know
    is it half term
    why is the sky blue`,
};

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
    a child is moving to @school who is their practitioner
    who is covering while she is away
    who is standing in for @person
    who do i go to while @person is off
    our specialist teacher has left who do we contact
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
    tell me about our practitioner`,
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
    is there a later one
    is there an earlier one
    anything sooner
    anything later
    i can not do that day what else is there
    i am out @date so is there anything after @date
    i have a boy in year 3 i would like to discuss is there anything on @date
    can we come along to something @date
    are you running a clinic @date
    is the clinic still on
    is the clinic on @date still going ahead
    drop in session @date
    surgery @date
    in school review dates
    next session for @phase`,
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
    i want to plan ahead can i see all the clinic dates
    overview of clinics
    how many clinics are there this term
    what dates have you got
    what other dates are there`,
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
    that one works for me book it
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
    arrange a slot for us`,
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
    back out of the clinic`,
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
    what is coming up that i have booked`,
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
    schedule it in outlook for me`,
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
    my caseload of schools
    show me my settings
    how many schools do i have
    schools allocated to me
    schools assigned to me
    what schools do i go into
    where am i the link practitioner
    am i the link for @school
    do i cover @school`,
  'my clinics': `
    my clinics
    which clinics am i running
    which clinics am i leading
    clinics i am down to run
    when am i running a clinic
    when is my next clinic
    am i doing a clinic on @date
    am i down to do a clinic on @date
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
    when do i next have to run a clinic`,
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
    show me as away`,
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
    set me back to available`,
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
    what is my to do list`,
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
    the figures i filed`,
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
    i want to explain a figure`,
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
    anybody outstanding`,
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
    who is a repeat problem`,
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
    who leads @district`,
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
    chase a district`,
  'compare districts': `
    compare @district and @district
    compare @district with @district
    compare @district to @district
    how does @district compare to @district
    how does @district stack up against @district
    how does @district measure up to @district
    how do we stack up against @district
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
    put @district next to @district
    put @district and @district side by side
    @district alongside @district
    @district compared to @district
    what is the difference between @district and @district
    how different are @district and @district
    set @district against @district
    line up @district with @district
    contrast @district and @district
    compare two districts
    i want a comparison of two districts`,
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
    line chart of @measure`,
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
    who committed to a date and missed it`,
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
    i was away @date what did i miss
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
    get me up to speed on what came in`,
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
    outliers`,
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
    has @district been approved`,
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
    who needs letting in`,
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
    what are the areas of need`,
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
    what else can you tell me`,
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
    anyone there`,
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
    goodbye`,
  rude: `
    you are useless
    this is useless
    this is rubbish
    stupid bot
    shut up
    what a waste of time
    you are no help at all
    this is a load of rubbish`,
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
    reset my password`,
};

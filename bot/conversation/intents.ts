import type { Role } from '../access/people.ts';
import type { CommandName } from './command.ts';

/** What can be told from words alone; the rest is made of these, or of who asks. */
export type Intent = Exclude<
  CommandName,
  | 'empty'
  | 'other language'
  | 'offer'
  | 'introduce'
  | 'which district'
  | 'which second district'
  | 'try rule'
>;

/**
 * What gives an intent away: how much it says, then patterns that say so (see patterns.ts).
 * 8 and more leave no doubt, even against definite words for something else; 7 and 6 are definite
 * words; 5 are usual ones; 3 and 2 are too little alone, and lead to an offer.
 */
type Cue = readonly [weight: number, ...patterns: string[]];

export type IntentRow = {
  intent: Intent;
  /** Who usually means it: it counts one more for them, and a little less for others. Without it, anybody. */
  by?: readonly Role[];
  cues: readonly Cue[];
};

const LEAD: readonly Role[] = ['District lead'];
const COMMISSIONER: readonly Role[] = ['Commissioner'];
const SENCO: readonly Role[] = ['SENCO'];
const PRACTITIONER: readonly Role[] = ['Link practitioner'];

const CLINIC = '(clinics?|surgery|surgeries|dropins?)';
const CLINICS = '(clinics|surgeries|dropins|surgerys|clinic dates)';
const PLACE = '(places?|slots?|spots?|spaces?|seats?)';
const LINK =
  '(link (practitioners?|teachers?|workers?|person|officer|contact)|specialist teachers?)';
const RETURN = '(returns?|kpi|lar|(local )?activity reports?|form|forms)';
const FIGURES = '(figures?|numbers?|data|values?)';
/** Rooms and holidays are booked elsewhere. */
const BOOKABLE =
  '(?!.*(leave|holiday|time off|taxi|train|hotel|table|car|flight|meeting|room)(?![a-z]))';
const IF_DONE = '^(and |so |but )*(has|have|had|did|was|were|should|why|when|is|are|do we|does)';
const CHASED = '(chased|chase|chasing|reminded|reminders?|nudged|nudge)';
const COMPARING =
  '(compare|compares|compared|comparison|stack up|stacks up|measure up|measures up|fare|fares|bigger|higher|larger|smaller|lower|better|worse|more|fewer|less|ahead|behind|busier|stronger|weaker|next to|beside|alongside|against|versus|vs|side by side|differ|different|difference)';
const AWAY = '(away|off|off sick|sick|ill|on leave|on holiday|on annual leave|absent|not in)';

/** Every intent, by what people say: a line more teaches it more. */
export const INTENTS: readonly IntentRow[] = [
  {
    intent: 'link practitioner',
    cues: [
      [11, '^(and )?who (is covering|covers) @school( @date)?$'],
      [
        9,
        `(practitioner|teacher|link|@person|she|he|they) (is|are) ${AWAY} .*who .*`,
        `who .*(while|when) .*(${AWAY}|is out)`,
        `^(and |so |but )?(what )?(if|when) (@person|she|he|they|our .*|my .*) (is|are) ${AWAY}`,
        '(cover|covers|covering|standing in|stand in|filling in) for @person',
      ],
      [
        8,
        `who (is|will be|has) (covering|standing in|filling in|picking up|stepping in|stepped in|taking over|taken over|dealing with (her|his|their))( .*)?`,
        'when (is|will) (@person|she|he|our .*|my .*) (be )?back',
        `(is|are) (@person|our .*|my .*) ${AWAY}`,
        'who (is covering|covers) (me|us|our school|my school|our setting|@school)',
      ],
      [
        7,
        LINK,
        '(my|our|the) practitioner',
        '(phone|telephone|mobile|contact|email) (number|details|address) .*(@person|practitioner|teacher)',
        '@person( .*)? (email|phone|number|mobile|telephone|address|contact details)',
        'contact details( .*)?',
        '(her|his|their) (phone|number|phone number|email|email address|mobile|contact details|details)',
        '(email|phone|ring|call|reach|contact|get hold of|number for|number of|email for) @person',
        'who (do|should|can|could|would|must) (i|we)( need to| have to)? (contact|call|ring|ask|email|speak|talk|phone|approach|turn|go)( .*)?',
        'who (looks after|covers|supports|helps|is responsible for|deals with) (us|our .*|my .*|@school)( .*)?',
        'who (is|are) (our|my|the) (link|contact|person)( .*)?',
        'link for @school',
        '(how|where) (do|can|could|should|would) (i|we) (get hold of|reach|contact|ring|email|phone|call) (her|him|them|@person|our .*|my .*|the .*)',
      ],
      [
        6,
        '(someone|somebody|anyone|anybody) .*(talk|speak) (to|with)( .*)?',
        '(speak|talk) to (someone|somebody)( .*)?',
        'get (hold of|in touch with) (someone|somebody|anyone|anybody)( .*)?',
      ],
      [
        6,
        '(talk|speak|write) to @person',
        `@person (is|are) ${AWAY}`,
        '(is|are) @person (in|around|at work|working|available|here|back|@date)( .*)?',
        '(make a referral|refer (a|my|our) .*)',
        '(help|advice|support) (with|for|about|on) .*(child|children|pupils?|students?|autism|adhd|behaviour|send?|boy|girl|needs)( .*)?',
        '(question|questions|worried|concern|concerns|concerned|advice) about .*',
      ],
      [
        5,
        '^(who is )?@person$',
        'who looks after @school',
        'contact for @school',
        '^(show|open|about|tell me about)?( me)? ?@school( please)?$',
        'advice',
      ],
      [4, 'link'],
    ],
  },
  {
    intent: 'next clinic',
    cues: [
      [9, '^(and )?where (is|are|will) (it|they|that) (be )?(held|taking place|happening)( .*)?'],
      [
        8,
        'when can (i|we) (come|go|attend)( .*)?',
        `(can not|can no longer) (make|do) (that|this) (one|clinic|date).*`,
        'when (can|could) (i|we) next .*',
      ],
      [
        6,
        `(next|soonest|nearest|earliest|first) (.* )?${CLINIC}`,
        `when (is|are) (.* )?${CLINIC}`,
        `next (.* )?${PLACE}`,
        `(any|is there|are there) (.* )?${CLINIC}`,
        `any (.* )?${CLINIC}`,
      ],
      [5, CLINIC],
      [
        3,
        '^(when is )?(the )?next( one)?$',
        '^(virtual|online|remote|in person|face to face|primary|secondary|early years|nursery|places|spaces|slots)( please| ones?)*$',
      ],
    ],
  },
  {
    intent: 'all clinics',
    cues: [
      [
        7,
        `(all|every|list|all of|full list of|show me all|show all|which|what|show|show me|see) (.* )?${CLINICS}( .*)?`,
        `every (.* )?${CLINIC}`,
        `(programme|list|schedule|calendar|timetable|dates|times) (of|for) (.* )?${CLINICS}( .*)?`,
        `list of (.* )?${CLINIC}`,
        `${CLINIC} (dates|list|calendar|timetable|programme|schedule|rota)( .*)?`,
        `${CLINICS} (.* )?(this|for the|for this|in the) (term|year)`,
        `what is (coming up|planned|on offer|available|running|happening)( .*)? ${CLINIC}( .*)?`,
      ],
    ],
  },
  {
    intent: 'book clinic',
    by: SENCO,
    cues: [
      [
        8,
        `book ${BOOKABLE}(me|us|it|that|this|one|a|an|the|onto|in|on|my|our)( .*)?`,
        `book .*${CLINIC}`,
        `(save|hold|keep|grab|secure) (me |us )?(a|one) ${PLACE}( .*)?`,
        `(save|hold|keep|grab|secure) a ${PLACE} for (me|us)( .*)?`,
        '(squeeze|fit|pencil|slot) (me|us) (in|@date)( .*)?',
        '(put|add) (my|our) name (down|on)( .*)?',
        `(have|get|take|want|like|need) (a|the last|the|that|one) ${PLACE}( .*)?`,
        `(i|we) (would like|want|need|wish) to (bring|attend|come|join|book|go) .*(${CLINIC}|@date)( .*)?`,
        '(put|add|book|register|sign|enter) @school (down|up|in|on|for|onto)( .*)?',
        '(i|we) be (added|booked|put|signed|included)( .*)?',
        `add (me|us) to (the|that|this) (.* )?(${CLINIC}|list)( .*)?`,
        `i will take (it|that|this|one)( .*)?`,
        'i would like to (come|attend|join|go)( .*)?',
        '(sign|put) (me|us) (up|down)( .*)?',
        `reserve( .*)?`,
        'count (me|us) in',
      ],
      [6, '(i|we) want to (come|attend|join|go)( .*)?', 'sign up'],
      [5, 'book'],
      [2, 'booking'],
    ],
  },
  {
    intent: 'cancel booking',
    by: SENCO,
    cues: [
      [
        9,
        `cancel (.* )?(bookings?|${PLACE}|${CLINIC}|it|that|this)`,
        `(can not|can no longer|could not|will not|not able to|unable to|no longer) (come|attend|make it|be there|make the clinic|go)( .*)?`,
        `take (me|us) off .*`,
        '(take|strike|cross) (me|us) off',
        'unbook( .*)?',
        `(give up|release|withdraw|free up) (.* )?(bookings?|${PLACE})`,
        '(will not|not going to|not) be able to (come|attend|make|get|be|do)( .*)?',
        `give (my|our) ${PLACE} .*`,
        '(remove|take|drop|withdraw) (@school|us|me|our .*|my .*) (off|from|out of) .*',
        '(will not|not) be (coming|attending)( .*)?',
        '(i|we) (am|are) not (coming|attending)( .*)?',
        '(i|we) can (not|no longer) (do|make|come|attend|come to|make it on) (on )?@date( .*)?',
        '^can (not|no longer) (do|make) @date( .*)?',
        `(someone|somebody|another school|anyone) else (can|could|may|should) (have|take|use) (my|our) ${PLACE}( .*)?`,
        `let (someone|somebody|another school) else (have|take|use) (my|our) ${PLACE}( .*)?`,
        '(take|remove|strike|cross) (my|our) name( off| from)?( .*)?',
        `give .*(${CLINIC}|it|that|this|@date) a miss( .*)?`,
        `(skip|miss|going to miss|have to miss) (the |that |this |my |our )?(.* )?(${CLINIC}|one|@date)( .*)?`,
        `(pull|drop|back|bow) (us |me )?out( of)? .*(${CLINIC}|@date|it|that)( .*)?`,
        `(do not|no longer) (need|want) (my|our|the|that) (${PLACE}|bookings?)( .*)?`,
      ],
      [5, 'cancel'],
      [2, 'booking'],
    ],
  },
  {
    intent: 'my bookings',
    by: SENCO,
    cues: [
      [
        8,
        'what (have|am|are|did) (i|we) (got )?book(ed)?( .*)?',
        '(am|are) (i|we) (booked|signed up|going|down|on the list)( .*)?',
        '(did|has|was|is) (my|our) (.* )?(bookings?|place) (go|gone|work|worked|confirmed|been|come|ok|okay)( .*)?',
        `have (i|we) (got )?(a |any |my )?(${PLACE} )?booked`,
        `(which|what) ${CLINIC} (am|are|have) (i|we) (at|on|going|booked|coming|attending|signed)( .*)?`,
        '(show|list|see|what are|view|check) (me )?(my|our) bookings?',
        'did (i|we) (.* )?book( .*)?',
      ],
      [
        10,
        '(which|what) (.* )?(have|did) (i|we) (sign|signed|book) (up|on)( .*)?',
        '(which|what) (.* )?(i|we) (have )?(sign|signed|booked) (up|on|onto|in)( .*)?',
      ],
      [6, '(my|our) bookings?'],
      [2, 'booking', 'bookings'],
    ],
  },
  {
    intent: 'add to calendar',
    by: SENCO,
    cues: [
      [9, '(add|put|save|send|copy|sync|export) .*(calendar|diary|outlook)'],
      [
        8,
        '(calendar|outlook|diary) (invite|invitation|link|entry|file|event)',
        'outlook',
        'ics',
        'ical',
      ],
      [6, 'calendar', 'diary'],
    ],
  },
  {
    intent: 'my schools',
    by: PRACTITIONER,
    cues: [
      [
        8,
        '(?<!cover |covering |covers |looking after |minding |take |taking )(my|our) (schools|settings|nurseries|schools and settings|patch)',
        '(which|what) (schools|settings) (are mine|do i .*|am i .*|have i .*)',
        '(schools|settings) (that )?(i|i am) (cover|covering|support|link|link for|have|look after)( .*)?',
        'who (am|do) i (the )?(link|support|look after|cover)( .*)?',
        'my caseload of (schools|settings)',
        '(list|show) (me )?my (schools|settings)',
      ],
      [5, '^(the |list |all )*(schools|settings)$'],
    ],
  },
  {
    intent: 'my clinics',
    by: PRACTITIONER,
    cues: [
      [
        9,
        `who (is|has|have|are) (coming|booked|attending|signed up)( .*)?`,
        `how many (people |are |have |places are |places )?(booked|signed up|coming)( .*)?`,
        `(clinics?|surgery|surgeries) (am|do|are|have) i (running|run|have|doing|got|leading|holding)( .*)?`,
        `${CLINIC} (.* )?(for me|of mine)( .*)?`,
        `${CLINIC} (am|do|have) i (in charge|responsible|down)( .*)?`,
        `(clinics|surgeries) i (run|have|am running|lead|hold|am leading|am doing|am down for)`,
        `(have|do|am) i (got|have|down|doing|running|on|due|meant|leading) (.* )?${CLINIC}( .*)?`,
      ],
      [7, `(my|our) (next |own )?${CLINIC}`],
    ],
  },
  {
    intent: 'away',
    by: PRACTITIONER,
    cues: [
      [
        11,
        '(extend|lengthen|prolong) my (leave|absence|time off|holiday|annual leave|sick leave)( .*)?',
      ],
      [
        7,
        `i (am|will be|am going to be|shall be) (${AWAY}|out|out of office|out of the office|not here|not working)( .*)?`,
        `^${AWAY}( .*)?`,
        '^(annual leave|out of office|holiday|leave|on a course)( .*)?',
        '(mark|set|show|put|record|log|sign) me (as |down as )?(being )?(away|off|absent|out)( .*)?',
        '(i have|i am on|taking|book) (.* )?leave( .*)?',
        'i am (not well|unwell|poorly)( .*)?',
        '(having|taking|got|have|need|booked) (@date|a day|some time|time|the day) off( .*)?',
        '(not|will not be|will not) @date',
        '(not|will not be) (in|here|working|around|available|at work)( .*)? @date',
        '^(out|off|gone|unavailable) @date',
        '(jury service|hospital appointment|maternity leave|paternity leave|compassionate leave|sick note)( .*)?',
      ],
      [
        5,
        'annual leave',
        'out of office',
        'sick leave',
        '(am i|when am i) away',
        '@person (is |will |will be |is going to |going to |going to be |has been )*(cover|covers|covering|my cover|looking after|stepping in|standing in|picking up|picks up|pick up|taking|look after|step in|stand in|got)( .*)?',
        '^(set |make |my )*cover (is |to |as )?@person',
        'back @date',
      ],
    ],
  },
  {
    intent: 'back',
    by: PRACTITIONER,
    cues: [
      [
        9,
        '^(i am )?back( at work| now| in| again| early| to work| in the office)*$',
        'no longer (away|off|on leave|sick)',
        '(cancel|end|remove|delete|clear|stop) my (leave|absence|holiday|annual leave|time off|away)',
        '(i have|i am) returned( .*)?',
        '^(i am |i have |i )*(back|returned|come back|came back) (from|to work|at work|off) ?(leave|holiday|sick|maternity|my .*|annual leave|jury .*)?( .*)?',
        '(take|turn|switch) (off |down )?my (away|out of office|absence|leave)( .*)?',
        '(take|turn|switch) off my .*(away|office|absence|leave|cover)( .*)?',
        'not away (any more|anymore)',
      ],
    ],
  },
  {
    intent: 'what is due',
    by: LEAD,
    cues: [
      [10, '(undo|cancel|withdraw|change|break) my promise', '^remind me( .*)?'],
      [
        8,
        'what is (due|do|outstanding)( .*)?',
        'what is (still )?missing( .*)?',
        '(hand|pass|give) (it|this|them) (over )?to .*',
        '(someone|somebody) else .*(file|do it|fill|return|form|submit)( .*)?',
        '(what|anything) (do )?(you|the council) need (from|off) (me|us)( .*)?',
        '(what|anything) you need (from|off) (me|us)( .*)?',
        'what (do|must|should|have) (i|we) (still |got |got still )*(need to|have to|must|to|got to|still to) .*',
        'what do you need( .*)?',
        'when (do|must|should) (i|we) .*(file|submit|send)( .*)?',
        'how long (have|do) (i|we)( .*)?',
        '(how are|how am) (we|i) doing',
        `(change|correct|amend|fix|edit|reopen) (.* )?(figures?|numbers?|${RETURN})`,
        '(have|did|am) (i|we) (filed|file|done|finished|up to date|complete|sent)( .*)?',
        'is (everything|my return|our return|the return|it|my kpi|my lar) (in|filed|done|there|complete)( .*)?',
        '(i|we) have (filed|done|sent|finished|submitted)( .*)?',
        '(i|we) (am|are|will be) (putting|sending|filing|submitting|doing|finishing) (it|them|this)( .*)?',
        '(extension|extend|more time)( .*)?',
        'how (do|can|should) (i|we) (file|submit|fill)( .*)?',
        '(what|which|anything|something) .*(due|owe|outstanding|overdue|missing from me)( .*)?',
        '(what|anything) (have|do|must|should) i (got|have|need|got to|still need)? ?(to )?(do|file|submit|send|complete|fill in)( .*)?',
        'anything (i|we) (need|have|must|should) .*',
        `(when|what) (is|are) (.* )?${RETURN} due`,
        `deadlines?( .*)?`,
        'when (do|does|will) (term|it|the) .*(close|closes|lock|locks|shut)( .*)?',
        '(i|we) can not (do|file|send|submit) (it|them|this) (@date|in time|until .*|yet)( .*)?',
        `due date( .*)?`,
        '(i|we) (can|will|could|shall|promise to) (do|file|send|submit|finish) (it|them|this|that)?.*(@date|later|soon)',
        '(a )?colleague will( .*)?',
        `(i want|i need|i would like|let me|can i|how do i|where do i|i have) (to )?(file|fill|fill in|fill out|submit|do|complete|start|enter|send) (.* )?(${RETURN}|it)`,
        `^(please )?(file|fill in|fill out|submit|start|open|complete|begin|do) (.* )?${RETURN}`,
      ],
      [
        6,
        '(my|our) (returns?|tasks?|to do list|jobs)',
        '(what is|what are) left( .*)?',
        'where do (i|we) stand',
        'overdue',
        'outstanding',
        '(am|are) (i|we) late( .*)?',
        `(returns|which|what) .*missing`,
      ],
      [
        7,
        `^(the |my |our )?(kpi|lar|local activity report|kpis)( ${RETURN})?( please)?$`,
        'where is the form',
      ],
      [5, 'due', '^(file|submit)$', 'owe'],
      [4, 'late', 'missing'],
      [2, RETURN, 'file'],
    ],
  },
  {
    intent: 'my last return',
    by: LEAD,
    cues: [
      [
        9,
        `(have|did) you (got|get|received|receive|have|see) (.* )?${RETURN}`,
        `did (.* )?${RETURN} (arrive|come|get|go|reach)( .*)?`,
        'what (did|have|had) (i|we) (file|filed|send|sent|put|submit|submitted|enter|entered|say|report)( .*)?',
        `what (figures|numbers) (did|have) (i|we) .*`,
        'what (was|were) (my|our) .*(last|previous) (term|time|return)',
        '(show|see|open) (.* )?what (i|we) (filed|sent|put|submitted)( .*)?',
      ],
      [
        8,
        `(last|previous|latest|earlier) (term |terms |year |years )?${RETURN}`,
        `${RETURN} (from|of|for) (last|the last|the previous) (term|time|year)`,
        `copy of (.* )?${RETURN}`,
        '(i|we) (think|thought) (i|we) (sent|filed|submitted) .*',
        `check (that )?(it|my .*|our .*|you .*) (has |have )?(arrived|got|received|been received|gone through|come through|came)( .*)?`,
        '(did|do) (i|we) (report|put|say|give|send|file) (for )?(.* )?last (time|term)',
      ],
      [4, 'last term', 'last time'],
    ],
  },
  {
    intent: 'my open queries',
    by: LEAD,
    cues: [
      [
        8,
        '(my|our) (open )?(queries|query|findings)',
        `(what|which|any|are there|do i have|have i|have you) (.* )?(queries|query|querying|queried|flagged|findings?)( .*)?`,
        `why (did|does|was|has|is) (my|our) (.* )?${RETURN}( .*)?`,
        `why (was|were|is|are|has) (my|our) .*(queried|flagged|questioned|rejected|sent back)`,
        `wrong with (my|our) .*`,
        '^what is wrong',
        '(needs?|to) (explain|explaining|explanation)( .*)?',
        '(what|which|any) questions? (.* )?about (my|our) .*',
        `questions? about (my|our) .*`,
        `(have to|want me to|need to|must i|should i|do i) explain( .*)?`,
        `(my|our) ${FIGURES} .*(wrong|odd|strange|funny|off|queried)`,
        '(my|our) .*(look|looks|looking|being) (odd|strange|wrong|funny|low|high|off)( .*)?',
      ],
      [9, '(my|our) (explanations?|answers?)( .*)?'],
      [10, '(what|which|any) questions? (.* )?about (my|our) .*'],
      [6, 'queries', 'findings?', 'query'],
      [5, `${FIGURES} .*(wrong|odd|strange|impossible)`],
    ],
  },
  {
    intent: 'who is missing',
    by: COMMISSIONER,
    cues: [
      [
        8,
        `who (is|are|s)? ?(still )?(missing|outstanding|overdue|not in)( .*)?`,
        `who (has|have|is|did|are) (still )?not( yet)? (filed|file|sent|send|submitted|submit|returned|return|done|reported|given)( .*)?`,
        `(which|what|whose) .*(not (filed|in|sent|submitted|returned|yet)|missing)( .*)?`,
        `who (still )?owes( .*)?`,
        '(which|what|who) .*(still|yet) (after|need|needs|needed|waiting|short|chasing)( .*)?',
        `(have|has) (all|every|everybody|everyone|each) .*(filed|sent|returned|submitted|in|done|finished|completed|replied)`,
        `how many (.* )?(are in|have filed|have returned|have sent|filed|are missing|are outstanding|are late)( .*)?`,
        `(still|yet) to (come|come in|file|send|return|submit)`,
        `who are we (still )?(waiting for|waiting on|missing)( .*)?`,
        `(missing|outstanding|overdue|late) returns`,
        'what is (still )?(outstanding|overdue|missing|late)( .*)?',
        `(show|list)( me)?( all)?( the)? returns`,
        `(which|what) .*(districts|returns) .*(outstanding|overdue|late|missing|due)( .*)?`,
      ],
      [
        7,
        'returns? (status|progress|overview)',
        `(status|progress|overview) of (the )?returns?`,
        '(any )?gaps',
      ],
      [
        6,
        'who is late( .*)?',
        'who .*(late|overdue|outstanding)',
        '^who (has |have )?(filed|returned|sent|submitted)( .*)?$',
        'overdue',
        'outstanding',
      ],
      [5, '^(the )?missing', 'gap', '^(show me |show |list |all |the )*(everything|districts)$'],
      [4, 'missing', 'late'],
      [3, 'summary', 'overview', 'statistics'],
      [2, 'returns?'],
    ],
  },
  {
    intent: 'late again',
    by: COMMISSIONER,
    cues: [
      [
        10,
        '(always|often|usually|regularly|repeatedly|habitually|persistently|frequently|consistently|constantly|continually|generally|forever|routinely) (.* )?(late|overdue)',
        'never (.* )?(on time|punctual)',
        '(tend|tends) to be late',
        'late (.* )?(again|every|each|as well|too|twice|repeatedly|running|in a row|always|often|more than once)( .*)?',
        'late (two|three|2|3|several) terms( .*)?',
        '(keep|keeps|kept) (.* )?(late|missing|deadline)( .*)?',
        '(habit|pattern|track record|history|run) of (.* )?(late|lateness|missing|deadlines?|missed)( .*)?',
        '(on the trot|running|in a row) ?.*(late|missed)|(late|missed) .*(on the trot|running|in a row)',
        '(repeat|serial|persistent|habitual|usual) (.* )?(offenders?|late|filers?|suspects?)( .*)?',
      ],
    ],
  },
  {
    intent: 'show district',
    by: ['Commissioner', 'District lead'],
    cues: [
      [
        14,
        `${IF_DONE} (.* )?@district (.* )?${CHASED}( .*)?`,
        `${IF_DONE} (.* )?${CHASED} (.* )?@district( .*)?`,
      ],
      [
        13,
        '(do not|never|stop|pause|no need to|hold off|hold back on|leave off|avoid) (.* )?(chase|chasing|nudge|nudging|remind|reminding)?( .*)?@district( .*)?',
      ],
      [
        10,
        'how (are|is) (we|things|it|everything) (doing |going |getting on |looking )?(.* )?in @district( .*)?',
        '(fill me in|brief me|update me|bring me up to date) (on|about|with) @district( .*)?',
        'where are (we|things|you) (up to )?with @district( .*)?',
      ],
      [
        6,
        '(show|open|see|how is|how are|status of|tell me about)( me)? (my|our) (district|patch|area)( .*)?',
      ],
      [
        8,
        '(has|have|is|did|are) @district (filed|file|sent|send|late|in|returned|return|done|missing|submitted)( .*)?',
      ],
      [
        6,
        '(show|open|see|view|display|status of|status for|status|tell me about|how is|how are|how about|summary of|overview of|details of|details for|look at)( me)?( the)? @district( .*)?',
        '@district (status|summary|overview|details)',
        '^@district( please| district)*$',
        '^(hi|hello|hey|and|ok|so)? ?@district( please)?$',
      ],
      [
        5,
        'what (do|does|has|have|did|is) @district( .*)?',
        '(latest|news|update|updates|word) (from|on|with|about|for) @district',
        '@district (getting on|doing|looking)',
        '^(show|open|view|see|look up|find|pull up|bring up)( me)?( a| the)?( district)?$',
      ],
      [4, '^(show|open)( me)? [a-z]+$'],
      [3, '@district'],
    ],
  },
  {
    intent: 'chase district',
    by: COMMISSIONER,
    cues: [
      [
        8,
        '(chase|nudge|remind|prod|chivvy)( .*)?',
        '(get|tell|ask|push|press|urge) @district (to|for|about|that|where|when|why) .*',
        '(send|give) .*(reminder|nudge|prod|chaser|poke|push|kick|prompt)( .*)?',
        '(drop|send|write) (.* )?@district (.* )?(a )?(line|note|message|email)( .*)?',
        '(badger|pester|hassle|chivvy|gee up|hurry up|hurry) @district( .*)?',
      ],
      [4, 'reminder', 'chasing'],
    ],
  },
  {
    intent: 'compare districts',
    by: COMMISSIONER,
    cues: [
      [
        9,
        '@district (and|vs|v|versus|against|to|with|or) @district .*(compare|side by side|together|on|for)( .*)?',
        '(compare|comparison|contrast) (.* )?@district( .*)? @district( .*)?',
        '@district (vs|v|versus|against|compared with|compared to|or) @district( .*)?',
        '(difference|differences|comparison) (between|of) @district and @district( .*)?',
        '@district (.* )?compare (to|with|against) @district( .*)?',
        '(show|see|open|view)( me)? @district (and|with|next to|beside) @district( .*)?',
        '^@district (and|,) @district$',
      ],
      [
        12,
        `${COMPARING}( .*)? @district( .*)? @district( .*)?`,
        `@district( .*)? ${COMPARING}( .*)? @district( .*)?`,
        `@district( .*)? @district( .*)? ${COMPARING}( .*)?`,
        `(we|us|our district|my district)( .*)? ${COMPARING}( .*)? @district( .*)?`,
        `(us|we|our district|my district) and @district( .*)? ${COMPARING}( .*)?`,
        `${COMPARING} (us|our district|my district|me)( .*)? @district( .*)?`,
      ],
      [8, 'compare( .*)?', 'side by side'],
    ],
  },
  {
    intent: 'measure over time',
    by: ['Commissioner', 'District lead'],
    cues: [
      [
        9,
        '(over time|over the terms|over the years|term by term|by term|year on year)( .*)?',
        '(trends?|chart|charts|graph|plot|history|timeline|time series|development) (of|in|for|on) .*',
        '(plot|graph|chart) .*',
        '(going|gone|go|heading|trending) (up|down)( .*)?',
        '(rising|falling|increasing|decreasing|dropping|growing|shrinking)( .*)?',
        'how (has|have|did|does|do|is|are) .*(change|changed|changing|moved|gone|grown|developed|evolved)( .*)?',
      ],
      [5, 'trends?', 'chart', 'graph'],
    ],
  },
  {
    intent: 'overdue promises',
    by: COMMISSIONER,
    cues: [
      [
        9,
        '(promise|promises|promised)( .*)?',
        'who said (they|he|she) would( .*)?',
        '(broken|broke) .*(word|promises?)',
      ],
    ],
  },
  {
    intent: 'what changed',
    by: COMMISSIONER,
    cues: [
      [
        8,
        'what (has |have |is )?(changed|happened|arrived|come in|came in|been filed|been sent)( .*)?',
        'what (has come|came|arrived|was filed|was sent)( .*)?',
        'what (else )?is new( .*)?',
        'what (did|have) (i|we) (miss|missed)( .*)?',
        '(catch|bring|get) me (up|up to date|up to speed)( .*)?',
        '(anything|something) (new|changed|happened)( .*)?',
        '(news|updates?|changes|changed|new|activity) @date',
        '(what|anything) .*(changed|happened|new) @date',
      ],
      [8, 'who (filed|sent|returned|submitted) .*@date'],
      [6, '^(any )?(the )?(news|updates?|changes)( please| for me| today)*$'],
      [3, '^new$', 'summary', 'overview'],
    ],
  },
  {
    intent: 'show findings',
    by: COMMISSIONER,
    cues: [
      [
        8,
        '(needs?|wants?|awaiting|waiting for|require|requires) my (decision|attention)',
        '(findings?|queries) (in|for|of|about|from) @district',
        '@district (findings?|queries)',
        `(which|what|any) .*${FIGURES} .*(wrong|odd|strange|impossible|off)( .*)?`,
        `impossible ${FIGURES}`,
        `${FIGURES} .*(worried|worry|concerned|concern|concerns)( .*)?`,
        '^what is wrong',
        `(show|list|see|open)( me)?( all)?( the)?( open)? (findings?|queries)`,
        '(open|unanswered|new) (findings?|queries)',
      ],
      [7, 'findings?', 'explanations? .*', 'queries', 'what (needs|is there) to decide'],
      [6, 'explanations?', 'errors'],
    ],
  },
  {
    intent: 'what can be approved',
    by: COMMISSIONER,
    cues: [
      [
        8,
        '(approve|approved|approving|approval|approvals)( .*)?',
        '(sign|tick|wave|put) (.* )?(off|through)( .*)?',
        'signed off',
        'sign offs?',
      ],
    ],
  },
  {
    intent: 'who wants in',
    by: COMMISSIONER,
    cues: [
      [
        9,
        'who (wants|asked|is asking|is waiting|would like) (to be )?(let |come |to come |to get |to join )?in( .*)?',
        '(waiting|asking|asked|want|wants) to (be let in|join|get in|come in)( .*)?',
        '(access|join|joining) requests?',
        'requests? (for access|to join)',
        'who is new',
        '(new|any|more) (.* )?(sencos?|people|users|staff) (.* )?(waiting|wanting|asking)( .*)?',
        '(who|anyone|anybody|someone) .*(access|to join)',
        '(new|unknown) (people|users|persons)( .*)?',
        'let (.* )?in',
      ],
    ],
  },
  {
    intent: 'definition',
    cues: [
      [
        11,
        'what (does|do) (.+) (mean|stand for|include|count|cover)( .*)?',
        'what (is|are) meant by .+',
        '(definition|meaning) of .+',
        'what counts as .+',
        'how (do|is|are) (you |we |they )?(define|defined) .+',
        'how (do|does) (you|they|the service|stls) define .+',
        'how is (.+) defined',
        'how (do|is) (you |we |they )?(count|counted|calculate|work out) (the )?@word',
        '@word (meaning|definition)',
        'define .+',
        '(difference|distinction) between (a |the )?@word and (a |the )?@word( .*)?',
        '@word (is )?(the )?same (as|thing as) (a |the )?@word',
        'what (is|are) (a |an |the )?(@word|@short)( case| cases| child| children)?( please)?$',
        'what is the difference .*@word( .*)?',
        'explain (what )?(a |an |the )?(@word|@short)( .*)?',
        'what (is|are) (a |an |the )?(@word|@short) (again|please|exactly|anyway|actually|then)$',
        'what do (you|they|we) mean by .+',
      ],
      [4, '^@word( please)?$'],
    ],
  },
  {
    intent: 'help',
    cues: [
      [
        7,
        '^(please |can you |can i get |i need |some )*help( me)?( please| with this| bot)*$',
        'what (else )?(can|do|could) (you|it|this bot|this|the bot) (do|offer|help with|answer)( .*)?',
        'what (else )?can (i|we) (ask|do|say|type)( .*)?',
        '^(the )?(menu|commands?|options|instructions|examples|list of commands|about|start|user guide|manual)( please)?$',
        'how (does|do) (this|it|you|the bot|i use this|i use you|i use it)( work| help| function| operate)?$',
        '(i am|am) (stuck|lost|confused)',
        '(what|who) are you( for)?$',
        '(what|which) (sort|sorts|kind|kinds|type|types) of (things|questions|stuff) .*',
        'what (things|questions) (can|could|may) (i|we) .*',
        'are you (a |an )?(bot|robot|human|person|real|ai|machine)',
      ],
    ],
  },
  {
    intent: 'greeting',
    cues: [
      [
        4,
        '^(hi|hello|hey|hiya|howdy|yo|greetings|good morning|good afternoon|good evening|good day|morning|afternoon|evening)( (there|bot|all|everyone|everybody|team|again|stls|to you|hi|hello))*$',
        'how are you( .*)?$',
      ],
    ],
  },
  {
    intent: 'thanks',
    cues: [
      [
        5,
        '^(ok |okay |great |perfect |lovely |many |brilliant |excellent |super |no |yes |and |that is |wonderful |right |all good )*(thanks|thank you|thank|cheers|ta|much appreciated|appreciated|appreciate it)( .*)?$',
        '^(that is |ok |okay |very |all |just )*(great|perfect|brilliant|lovely|excellent|super|good|fine|wonderful|fantastic|helpful|superb|fab|marvellous|nice|cool|awesome|ok|okay|well done|good bot|all)( (that is all|that is|all|thanks|thank you|then|work|job|bot|now|so much))*$',
        '^(bye|goodbye|good bye|bye bye|see you|see you later|good night|have a .*|that is all|no more)( .*)?$',
      ],
    ],
  },
  {
    intent: 'rude',
    cues: [
      [
        4,
        '(fuck|fucks|fucking|fucked|fucker|shit|shitty|shite|bullshit|bollocks|crap|crappy|bastard|bastards|wanker|wankers|twat|cunt|arse|arsehole|asshole|dickhead|prick|bugger off|piss|pissed|bloody|sod off|damn you|bitch)',
        '(shut up|get lost|drop dead|go to hell|screw you)',
        '(you|this|it|bot|that) (are|is)? ?(so |such |a |an |just |absolutely |totally |really |complete )*(stupid|useless|idiot|idiotic|rubbish|dumb|thick|moron|hopeless|pathetic|garbage)( .*)?',
        '(stupid|useless|dumb|rubbish|idiotic) (bot|thing|machine|computer|robot)',
      ],
    ],
  },
  {
    intent: 'not understood',
    cues: [
      [
        13,
        '(ignore|forget|disregard) (.* )?(instructions|rules|prompt|above|previous)( .*)?',
        '^(please )?(delete|erase|destroy|wipe|truncate|select|drop) (?!.*(line|note|message|@district|me|us|out)(?![a-z])).*',
        '(do not|did not|never|stop|no need to|rather not|not going to)( (want|need|mean)( you| me| us)? to)? (chase|chasing|nudge|remind|reminding|book|booking|cancel|cancelling|approve|approving)( .*)?',
        '(extend|change|move|push back|put back) (.* )?(deadlines?|due dates?) .*(everyone|everybody|all|districts)( .*)?',
        'tell me about [a-z]+( [a-z]+)? (in|from) (year|reception|class)( .*)?',
        'cancel (my |the |our |a )*(meeting|train|subscription|order|trip)( .*)?',
        '(book|arrange|request|approve) (me |us |a |an |some |my )*(annual leave|leave|holiday|time off|taxi|train|hotel|table|car|flight|meeting room|room)( .*)?',
        '(get|come) back to (me|you|us)( .*)?',
        '(call|ring|phone|email|text) (me|us) back( .*)?',
        '(passwords?|passcodes?|secrets|api keys?|tokens)',
      ],
    ],
  },
];

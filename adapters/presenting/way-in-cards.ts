import { rowFor, type Introduction, type WaitingRow } from '../../bot/access/introduction.ts';
import { shortDay, shortInstant, type Day } from '../../bot/calendar/london.ts';
import { nameInFull, type School } from '../../bot/directory/directory.ts';
import { seenRequest } from '../../cards/actions.ts';
import type { IntroduceView, LetInView } from '../../cards/views.ts';
import { count } from './words.ts';

/** At most so many schools are offered to somebody who named none of them exactly. */
const MOST_CHOICES = 5;
/** As many requests as one card shows. */
const MOST_REQUESTS = 5;

const WHAT_I_AM =
  'I belong to the Specialist Teaching and Learning Service: I tell schools and settings who their link practitioner is and when the next clinic is, and I gather the termly returns of the districts.';

const asking = (
  headline: string,
  lines: string[],
  more: Partial<IntroduceView> = {},
): IntroduceView => ({
  headline,
  lines,
  asksName: true,
  asksChoice: false,
  typed: '',
  choices: [],
  ...more,
});

const told = (headline: string, ...lines: string[]): IntroduceView =>
  asking(headline, lines, { asksName: false });

/** Somebody whom the people list does not know: what this is, and where do they work? */
export const whereDoYouWork = (): IntroduceView =>
  asking('Hello, I do not know you yet', [
    WHAT_I_AM,
    'Which school or setting do you work for? I ask a commissioner of the service to let you in.',
  ]);

export const noSuchSchool = (typed: string): IntroduceView =>
  asking(
    'I do not find that school or setting',
    [
      'Please type its name again, as it stands on your letters; three letters of its own name are the least I go by. If it still is not found, the service’s list does not have it yet: please write to the Specialist Teaching and Learning Service of your district.',
    ],
    { typed },
  );

export const whichSchool = (
  schools: readonly Pick<School, 'name' | 'district'>[],
): IntroduceView =>
  schools.length > MOST_CHOICES
    ? asking('Several schools and settings sound like that', ['Please type a little more of it.'])
    : asking(
        'Which one is it?',
        ['These sound like what you wrote. Is yours none of them? Then say its name again.'],
        {
          asksName: false,
          asksChoice: true,
          choices: namesApart(schools).map((name) => ({ name })),
        },
      );

/** Their names; of schools of one name, each with its district. */
const namesApart = (schools: readonly Pick<School, 'name' | 'district'>[]): string[] =>
  schools.map((school) =>
    schools.some((other) => other !== school && other.name === school.name)
      ? nameInFull(school)
      : school.name,
  );

export const cannotLookUp = (typed: string): IntroduceView =>
  asking(
    'I cannot look that up just now',
    ['The list of schools and settings cannot be read at the moment. Please try again later.'],
    { typed },
  );

export const askedToBeLetIn = ({ name, school }: Introduction): IntroduceView =>
  told(
    `Thank you, ${name.split(' ')[0]}`,
    `The commissioners of the service are asked to let you in as SENCO of ${school}. I write to you here when they have decided.`,
    'Is it another school or setting? Then say its name.',
  );

export const waitingToBeLetIn = ({ school, askedAt }: Introduction): IntroduceView =>
  told(
    'Your request waits for a commissioner',
    `You asked on ${shortInstant(askedAt)} to be let in as SENCO of ${school}. I write to you here when they have decided.`,
    'Is it another school or setting? Then say its name.',
  );

export const mayAskAgain = (until: Day): IntroduceView =>
  told(
    'A commissioner could not let you in',
    `You can ask again from ${shortDay(until)}. If that is a mistake, please write to the Specialist Teaching and Learning Service of your district.`,
  );

export const letInJustNow = ({ school }: Introduction): IntroduceView =>
  told(
    'You are let in',
    `A commissioner let you in as SENCO of ${school} today. It can take a minute until I know you. If I still do not then, your row was changed since: please write to the Specialist Teaching and Learning Service of your district.`,
  );

/** A request with the e-mail address that was typed for it, and why a press did not decide on it. */
export type Request = { introduction: Introduction; email?: string; warning?: string };

/** One request, as the card says that tells of it; decided, it says so. */
export const letInView = (request: Request, rows: readonly WaitingRow[]): LetInView => ({
  headline: 'Somebody asks to be let in',
  empty: '',
  requests: [requestView(request, rows)],
  more: '',
});

/** All that wait; what was just pressed is shown as it is now, whether it waits still or not. */
export function whoWantsInView(
  waiting: readonly Introduction[],
  rows: readonly WaitingRow[],
  pressed?: Request,
): LetInView {
  const isPressed = ({ who }: Introduction): boolean => who === pressed?.introduction.who;
  const first = waiting.slice(0, MOST_REQUESTS);
  const requests = first.map((introduction): Request =>
    pressed && isPressed(introduction) ? pressed : { introduction },
  );
  const shown = pressed && !first.some(isPressed) ? [pressed, ...requests] : requests;
  const left = waiting.slice(MOST_REQUESTS).filter((one) => !isPressed(one)).length;
  const ask = waiting.length === 1 ? 'asks' : 'ask';
  return {
    headline:
      waiting.length === 0
        ? 'Nobody waits to be let in'
        : `${count(waiting.length, 'person', 'people')} ${ask} to be let in`,
    empty:
      shown.length === 0 ? 'Whoever asks is shown to you here, and in a card of their own.' : '',
    requests: shown.map((request) => requestView(request, rows)),
    more: left > 0 ? `and ${left} more, once these are decided` : '',
  };
}

function requestView(
  { introduction, email = '', warning = '' }: Request,
  rows: readonly WaitingRow[],
): LetInView['requests'][number] {
  const { who, name, school, district, askedAt, status } = introduction;
  const canDecide = status === 'open' || status === 'being let in';
  const row = canDecide ? rowFor(introduction, email, rows) : undefined;
  const isOurs = row?.role === 'SENCO';
  return {
    who,
    name,
    school: district === '' ? school : nameInFull({ name: school, district }),
    since: `Asked ${shortInstant(askedAt)}`,
    row: [warning, row ? rowInWords(row, who) : ''].filter((text) => text !== '').join(' '),
    outcome: canDecide ? '' : outcomeOf(introduction),
    canDecide,
    email: email || (row?.email ?? ''),
    fill: row && isOurs ? row.item : '',
    seen: seenRequest(introduction),
  };
}

const rowInWords = ({ name, email, role, organisation }: WaitingRow, who: string): string =>
  role === 'SENCO'
    ? `The people list has ${[name, email].filter((text) => text !== '').join(', ')} as SENCO${organisation ? ` of ${organisation}` : ''}, without an object id. Letting them in fills it in there; no second row is made.`
    : `The people list has ${[name, email].filter((text) => text !== '').join(', ')} as ${role}, without an object id. I do not fill in a row of that role. If it is theirs, put this object id there yourself: ${who}`;

const OUTCOMES = { 'let in': 'Let in', declined: 'Declined' };

/** `Let in by Colin Marsh, Mon 23 Nov, 09:04`. */
export const outcomeOf = ({ status, decided }: Introduction): string =>
  status === 'let in' || status === 'declined'
    ? `${OUTCOMES[status]}${decided ? ` by ${decided.name}, ${shortInstant(decided.at)}` : ''}`
    : '';

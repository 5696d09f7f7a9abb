import { commissioners, firstName, type Person, type Role } from '../../bot/access/people.ts';
import type { HelpView } from '../../cards/views.ts';

type Example = HelpView['examples'][number];
/** What is told of somebody to make their help of it. */
type Entry = Pick<Person, 'role' | 'districts'>;
/** For whom, and of which districts the list has. */
type HelpFor = {
  entries: readonly Entry[];
  districts: readonly { name: string }[];
  isLocal: boolean;
};

const example = (title: string, say = title): Example => ({ title, say });

const WORDS = example('What does actively supported mean?');

/** The first three are what people in this role ask most. A tap only asks: none of them changes anything. */
const EXAMPLES: Record<Role, (entry: Entry, districts: readonly string[]) => Example[]> = {
  'District lead': ({ districts: [district = ''] }) => [
    example('What is due?'),
    example('My open queries'),
    example('My last return'),
    ...(district === '' ? [] : [example(`Show ${district}`)]),
    example('Our school caseload over time'),
    WORDS,
  ],
  Commissioner: (_entry, [one, other]) => [
    example('Who is missing?'),
    example('What changed since Monday?'),
    example('Findings'),
    example('What can be approved?'),
    example('Who is late again?'),
    example('Overdue promises'),
    ...(one === undefined ? [] : [example(`Show ${one}`)]),
    example('Chase a district', 'chase'),
    ...(other === undefined ? [] : [example(`Compare ${one} and ${other}`)]),
    example('School caseload over time'),
    example('Who wants in?'),
    example('Try a rule', 'try rule schoolCaseload >= activelySupportedSchools'),
  ],
  SENCO: () => [
    example('Who is our link practitioner?'),
    example('When is the next clinic?'),
    example('All clinics this term'),
    example('Next virtual clinic with places'),
    example('My bookings'),
    WORDS,
  ],
  'Link practitioner': () => [
    example('My schools'),
    example('My clinics'),
    example('Set me as away'),
    WORDS,
  ],
  "Lead's manager": () => [WORDS],
};

const INTROS: Record<Role, string> = {
  'District lead':
    'I write to you when a return is due, take your answers here, and ask when a figure looks unusual. You see your own district.',
  Commissioner:
    'I tell you who is missing and what looks wrong, chase when you say so, and post a summary in the channel each week. You see every district, and let new SENCOs in.',
  SENCO:
    'I tell you who your link practitioner is and how to reach them, and when the next clinic is; I book a place for you and put it in your calendar.',
  'Link practitioner':
    'I show you your schools, your clinics and who is coming, and tell schools who covers while you are away.',
  "Lead's manager":
    'I write to you when a return of one of your leads is five working days late, or a commissioner asks me to.',
};

const FEW = 3;

const once = (examples: readonly Example[]): Example[] => [
  ...new Map(examples.map((e) => [e.say, e])).values(),
];

function examplesByRole({ entries, districts }: HelpFor): Example[][] {
  const names = districts.map(({ name }) => name);
  return entries.map((entry) => EXAMPLES[entry.role](entry, names));
}

/** What this person can ask for, the likeliest first. Nobody is shown what they may not do. */
const examplesFor = (whom: HelpFor): Example[] => once(examplesByRole(whom).flat());

/** The likeliest three: of somebody with two roles, of each in turn. */
function fewExamplesFor(whom: HelpFor): Example[] {
  const lists = examplesByRole(whom);
  const inTurn = Array.from({ length: FEW }, (_, at) => lists.flatMap((list) => list[at] ?? []));
  return once(inTurn.flat()).slice(0, FEW);
}

const introOf = (entries: readonly Entry[]): string =>
  [...new Set(entries.map(({ role }) => INTROS[role]))].join(' ');

/** Everything that somebody can do. */
export const helpView = (whom: HelpFor): HelpView => ({
  headline: 'What I can do for you',
  intro: `${introOf(whom.entries)} Say it in your own words, or choose one of these.`,
  examples: examplesFor(whom),
  isLocal: whom.isLocal,
});

/** Words, and the likeliest examples below them. */
export const withExamples = (headline: string, intro: string, whom: HelpFor): HelpView => ({
  headline,
  intro,
  examples: fewExamplesFor(whom),
  isLocal: whom.isLocal,
});

/** On first contact: what it does for this person, what it never does, what they can ask. */
export const welcomeView = (name: string, whom: HelpFor): HelpView => ({
  headline: `Hello ${firstName({ name })}, I am the STLS returns bot`,
  intro: '',
  points: [
    { label: 'What I do for you.', text: introOf(whom.entries) },
    {
      label: 'What I never do.',
      text: 'I answer nothing of yours in a channel or a group, show nobody what is not theirs, and hold nothing about any child: please write no child’s name to me.',
    },
    {
      label: 'How to ask.',
      text: 'Say it in your own words, or choose one of these. “Help” shows them again.',
    },
  ],
  examples: examplesFor(whom),
  isLocal: whom.isLocal,
});

const MOST_NAMED = 3;

/** `Colin Marsh or Yusuf Brandt`: who can help; `a commissioner` where the list has none. */
export function whomToAsk(people: readonly Person[]): string {
  const names = [...new Set(commissioners(people).map(({ name }) => name))].slice(0, MOST_NAMED);
  const last = names.pop();
  if (last === undefined) return 'a commissioner';
  return names.length > 0 ? `${names.join(', ')} or ${last}` : last;
}

/** The same with their e-mail addresses. */
export function howToReach(people: readonly Person[]): string {
  const some = commissioners(people).slice(0, MOST_NAMED);
  const each = some.map(({ name, email }) => (email ? `${name}, ${email}` : name));
  return each.length > 0 ? each.join('; ') : 'a commissioner of the service';
}

/** Words that tell nothing of what is wanted. */
const LITTLE = new Set(
  `a an the please to of is are be am was were do does did can could would will shall should you i we it so just
  hi hello ok okay really then well and also for at that this there been some too`.split(/\s+/),
);

/** Words of one meaning here, after the word that stands for them. */
const MEANINGS = `
  my our me us mine ours myself
  link practitioner practitioners teacher teachers worker workers specialist linkperson
  clinic surgery dropin session
  clinics surgeries dropins sessions
  place places slot slots spot spots space spaces seat seats
  free available availability left
  return returns kpi kpis lar lars form forms
  figure figures number numbers data values value
  file filed files filing send sends sent sending submit submitted submits submitting
  late lateness overdue
  school schools setting settings nursery nurseries
  diary calendar outlook calendars
  add put pop stick save
  child children pupil pupils student students boy girl
  query queries queried querying question questions flagged
  explain explanation explanations explaining explained
  odd strange wrong funny weird suspicious dodgy unusual impossible
  cover covering covers covered
  book booked booking bookings books reserve reserved
  cancel cancelled cancelling cancels withdraw
  remind reminder reminders nudge chase chasing prod chased reminding
  promise promised promises promising
  approve approved approval approving approvals
  compare compared comparison comparing contrast
  someone somebody anyone anybody
  everyone everybody
  allocated assigned attached linked
  ill poorly unwell sick
  due outstanding
  trend trends chart charts graph graphs plot
  change changed changes changing
  run running leading doing
  come coming attend attending came comes
  contact contacting reach email ring phone call mobile telephone touch
  in_person face_to_face
  away off absent
  have got has had having
`;
const ALIKE: ReadonlyMap<string, string> = new Map(
  MEANINGS.trim()
    .split('\n')
    .flatMap((line) => {
      const [one = '', ...others] = line.trim().split(' ');
      return others.map((other): [string, string] => [other, one]);
    }),
);
/** Words that stand for others stay as they are. */
const HEADS: ReadonlySet<string> = new Set(ALIKE.values());
const MODE =
  /\b(?:virtual|virtually|online|remote|remotely|on teams|via teams|zoom|face to face|in person)\b/g;
const PHASE = /\b(?:early years|primary|primaries|secondary|secondaries|preschool)\b/g;

const MAY_NAME_EITHER =
  /virtual|online|remote|teams|zoom|face|person|years|primar|secondar|preschool/;

/** The words that tell something, each as the word that stands for all of its meaning. */
export function alike(words: string): string[] {
  const telling: string[] = [];
  for (const word of plainly(words).split(' ')) {
    if (word === '' || LITTLE.has(word)) continue;
    telling.push(ALIKE.get(word) ?? stem(word));
  }
  return telling;
}

function plainly(words: string): string {
  const named = MAY_NAME_EITHER.test(words)
    ? words.replace(MODE, '@mode').replace(PHASE, '@phase')
    : words;
  return named.includes('@')
    ? named.replace(/@(district|school|person|date)[a-z]\b/g, '@$1')
    : named;
}

/** `attach` of `attached`, `wait` of `waiting`: of words that are long enough to have an ending. */
function stem(word: string): string {
  if (word.length < 5 || HEADS.has(word)) return word;
  const bare = withoutEnding(word);
  return ALIKE.get(bare) ?? (bare.length < 3 ? word : endsInTwo(bare) ? bare.slice(0, -1) : bare);
}

function withoutEnding(word: string): string {
  if (word.endsWith('ing')) return word.slice(0, -3);
  return word.endsWith('ed') ? word.slice(0, -2) : word;
}

/** In the same letter twice. */
function endsInTwo(word: string): boolean {
  const last = word.at(-1) ?? '';
  return last === word.at(-2) && last >= 'a' && last <= 'z';
}

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

/** The words that tell something, each as the word that stands for all of its meaning. */
export const alike = (words: string): string[] =>
  words
    .replace(MODE, '@mode')
    .replace(PHASE, '@phase')
    .replace(/@(district|school|person|date)[a-z]\b/g, '@$1')
    .split(' ')
    .filter((word) => word !== '' && !LITTLE.has(word))
    .map((word) => ALIKE.get(word) ?? stem(word));

/** `attach` of `attached`, `wait` of `waiting`: of words that are long enough to have an ending. */
function stem(word: string): string {
  if (word.length < 5 || HEADS.has(word)) return word;
  const bare = word.replace(/(?:ing|ed)$/, '');
  return ALIKE.get(bare) ?? (bare.length < 3 ? word : bare.replace(/([a-z])\1$/, '$1'));
}

import type { Names } from './asking.ts';
import type { Clause } from './clause.ts';
import type { ClinicWish, Command, CommandName } from './command.ts';
import {
  beforeOf,
  isOfClinics,
  lastingWish,
  oneOf,
  optional,
  schoolsMeant,
  wishOf,
  type ClinicCommand,
  type Context,
} from './meaning.ts';
import { measureIn, measureWords } from './measures-in-words.ts';
import {
  clinicWish,
  daysAway,
  daysOfWish,
  formIn,
  onIn,
  sinceIn,
  weekAfter,
  withoutSlots,
} from './slots.ts';

const LEAD_IN =
  '(?:and|ok|okay|so|but|what about|how about|what is|is there|are there|any|a|do you have|have you got|when is|please|,|yes|no)';
const THE_ONE_AFTER = new RegExp(
  `^(?:${LEAD_IN} )*(?:the )?(?:(?:one|clinic|date) after(?: (?:that|this|it))?|next(?: one| after that)?|following(?: one| clinic)?|after (?:that|this)(?: one)?|another(?: one| date)?|(?:any ?thing |something )?later(?: one| date| on)?|(?:any |the )?other (?:ones?|dates?))(?: please)?$`,
);
const NOT_THAT_ONE =
  /^(?:(?:i|we|no) )*can (?:not|no longer) (?:make|do|come to|attend) (?:it|that|this)(?: one| day| date| clinic)?(?: (?:what|when) is(?: the)?)? (?:next|after|the one after|following)\b.*$|^(?:(?:i|we|no) )*can not (?:make|do) (?:that|this) (?:one|day|date)$/;
const ABOUT_IT =
  /^(?:and )?(?:where|what time|when|how long|how many places|are there (?:any )?places|is it|who is running|who runs|who is leading|how do i join|how do i get there)\b(?:.*\b(?:it|that|this|there|left|one|join|start|finish)\b.*)?$/;

/** Nobody goes farther clinic by clinic. */
const FARTHEST = 20;

/** What a clause means after what was said before, where it only makes sense so. */
export function followUp(clause: Clause, asking: Context): Command[] | undefined {
  const clinic = beforeOf(asking.before, isOfClinics);
  if (clinic && (THE_ONE_AFTER.test(clause.words) || NOT_THAT_ONE.test(clause.words))) {
    return [wishedNext(clinic)];
  }
  if (clinic && ALL_OF_THEM.test(clause.words))
    return [{ ...lastingWish(clinic), ...daysOf(clinic), name: 'all clinics' }];
  if (clinic?.name === 'next clinic' && YES.test(clause.words)) {
    return [oneOf([{ ...bookable(clinic), name: 'book clinic' }, wishedNext(clinic)])];
  }
  // How many places are left is asked of that clinic, full or not.
  if (clinic && ABOUT_IT.test(clause.words)) return [{ ...wishOf(clinic), name: 'next clinic' }];
  const last = asking.before.at(-1);
  if (!last || !(isBare(clause) || asksOfMeasure(clause))) return undefined;
  if (isOfClinics(last)) return changedClinic(last, clause, asking);
  const change = CHANGES[last.name] as Change<Command> | undefined;
  const commands = change?.(last, clause, asking) ?? [];
  return commands.length > 0 ? commands : undefined;
}

/** Whoever only agrees may want a place there, or another clinic. */
const YES =
  /^(?:(?:yes|yeah|yep|ok|okay|sure|fine|great|please|go on|go ahead|do it|do that|that one|i will have it|then) ?)+$/;
const ALL_OF_THEM =
  /^(?:please )?(?:list|show|see|give)(?: me)? (?:them )?all(?: of them)?(?: please)?$/;
const daysOf = ({ after, until, on }: ClinicWish): ClinicWish => ({
  ...optional('after', after),
  ...optional('until', until),
  ...optional('on', on),
});
const wishedNext = (last: ClinicCommand): Command => ({
  ...wishOf(last),
  name: 'next clinic',
  nth: Math.min((last.nth ?? 1) + 1, FARTHEST),
});
const bookable = (last: ClinicCommand): ClinicWish => {
  const { free, ...rest } = wishOf(last);
  return free ? rest : wishOf(last);
};

const FILLERS = new Set(
  `and what about how for in the one ones on is are there any that please with only just then ok okay so a
  actually make rather prefer an of do you have also instead it to or at be would by from covers cover covering is no but this which
  another time number not term who until same again phase`.split(/\s+/),
);

/** Whether a clause holds nothing but names, days and the like. */
export function isBare({ words }: Clause): boolean {
  const left = withoutSlots(words);
  return left !== words && left.split(' ').every((word) => word === '' || FILLERS.has(word));
}

type Change<C extends Command> = (last: C, clause: Clause, asking: Context) => Command[];
type Changes = { [N in CommandName]?: Change<Extract<Command, { name: N }>> };

/** What names and days alone make of what was asked for last; of the rest they make nothing. */
const CHANGES: Changes = {
  'show district': ({ name }, { districts: [district] }) => (district ? [{ name, district }] : []),
  'show findings': ({ name }, { districts: [district] }) => (district ? [{ name, district }] : []),
  'which district': ({ of: name }, { districts: [district] }) =>
    district ? [{ name, district }] : [],
  'chase district': (_, clause) => chasedToo(clause),
  'which second district': ({ district }, { districts: [other] }) =>
    other && other !== district
      ? [{ name: 'compare districts', districts: [district, other] }]
      : [],
  'compare districts': (last, { districts: [other], measure: named }) => {
    const measure = optional('measure', named);
    const districts = other ? ([last.districts[0], other] as const) : last.districts;
    return other || measure.measure ? [{ ...last, districts, ...measure }] : [];
  },
  'measure over time': (last, clause, { names }) => {
    const [district] = clause.districts;
    const measure = clause.measure ?? ofOtherPhase(last.measure, clause.words, names.measures);
    if (!district && !measure) return [];
    return [{ ...last, ...optional('measure', measure), ...optional('district', district) }];
  },
  'my last return': (last, { words }) => {
    const form = formIn(words);
    return form ? [{ ...last, form }] : [];
  },
  'what changed': ({ name }, { dates }) => {
    const since = sinceIn(dates);
    return since ? [{ name, since }] : [];
  },
  'my clinics': ({ name }, { dates }) => {
    const on = onIn(dates);
    return on ? [{ name, on }] : [];
  },
  away: (last, { dates, schools, people: [fits] }, { today }) => {
    if (schools.length > 0) return [];
    const days = daysAway(dates, today);
    const isOnlyLonger = dates.some(({ is }) => is === 'until') && last.from;
    const absence = { ...last, ...days, ...(isOnlyLonger ? { from: last.from } : {}) };
    return fits ? [oneOf(fits.map(({ name }) => ({ ...absence, cover: name })))] : [absence];
  },
  'link practitioner': ({ name, about }, clause, asking) => {
    const asked = { name, ...optional('about', about) };
    const fits = clause.schools[0] ?? [];
    const meant = schoolsMeant(fits, clause, asking);
    return meant.length > 0 ? [oneOf(meant.map((one) => ({ ...asked, school: one.name })))] : [];
  },
};

/** `and early years?` after the school caseload. */
function ofOtherPhase(
  measure: string | undefined,
  words: string,
  measures: Names['measures'],
): string | undefined {
  const phase = /\b(?:early years|schools?|settings?|primary|secondary)\b/.exec(words)?.[0];
  if (!measure || !phase) return undefined;
  const other = measureWords(measure).replace(
    /\b(?:early years|schools?|settings?|primary|secondary)\b/,
    phase,
  );
  return measureIn(other, measures);
}

/** Somebody is only chased on plain words. */
function chasedToo({ districts: [district], words }: Clause): Command[] {
  if (!district) return [];
  const chase: Command = { name: 'chase district', district };
  return [/^and\b/.test(words) ? chase : oneOf([chase, { name: 'show district', district }])];
}

/** `and early years caseload`: words that a measure is named by are no fillers. */
const asksOfMeasure = ({ words, measure }: Clause): boolean =>
  measure !== undefined && /^(?:and|what about|how about|now|same for)\b/.test(words);

function changedClinic(last: ClinicCommand, clause: Clause, { today }: Context): Command[] {
  const { dates } = clause;
  const isWeekAfter = dates.some(({ is }) => is === 'the week after');
  const days = isWeekAfter ? weekAfter(last.until ?? last.on ?? today) : daysOfWish(dates, today);
  const kept = dates.length > 0 ? lastingWish(last) : { ...wishOf(last), ...NO_LONGER };
  const name = last.name === 'all clinics' ? last.name : 'next clinic';
  const { nth, ...wish } = { ...kept, ...clinicWish(clause, today), ...days };
  return [{ name, ...wish, ...optional('nth', nth) }];
}
const NO_LONGER = { nth: undefined };

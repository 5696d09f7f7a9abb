import { addDays, type Day } from '../calendar/london.ts';
import type { Asking } from './asking.ts';
import { asWritten } from './as-written.ts';
import type { Clause } from './clause.ts';
import type { ClinicWish, Command } from './command.ts';
import { isForOthers } from './for-others.ts';
import type { Intent } from './intents.ts';
import type { ListedPractitioner } from './names.ts';
import { KINDS, type ListedSchool } from './schools.ts';
import type { When } from './dates.ts';
import {
  clinicWish,
  daysAway,
  daysToChoose,
  formIn,
  isUntold,
  namesHours,
  onIn,
  sinceIn,
} from './slots.ts';

export type Context = Asking & { written: string };

/** The commands that a clause is, once its intent is known. */
export function meant(intent: Intent, clause: Clause, asking: Context): Command[] {
  const { words, districts, dates } = clause;
  const { today } = asking;
  const [district] = districts;
  const measure = optional('measure', clause.measure);
  switch (intent) {
    case 'next clinic':
    case 'all clinics':
      return [asFarAsTold({ name: intent, ...clinicWish(clause, today) }, clause)];
    case 'book clinic':
    case 'cancel booking':
      return [
        isForOthers(clause, asking)
          ? shownFirst({ name: intent, ...bookingWish(clause, asking) })
          : asFarAsTold({ name: intent, ...bookingWish(clause, asking) }, clause),
      ];
    case 'add to calendar':
      return [{ name: intent, ...bookingWish(clause, asking) }];
    case 'link practitioner':
      return linkPractitioner(clause, asking);
    case 'definition':
      return [{ name: intent, of: wordAskedFor(clause, asking.written) }];
    case 'my last return':
      return [{ name: intent, ...optional('form', formIn(words)), ...measure }];
    case 'show district':
    case 'chase district':
      return ofDistricts(intent, clause, asking);
    case 'compare districts':
      return [comparison(clause, asking, measure)];
    case 'measure over time':
      return [{ name: intent, ...measure, ...optional('district', district) }];
    case 'show findings':
      if (districts.length === 0) return [{ name: intent }];
      return districts.slice(0, 3).map((one) => ({ name: intent, district: one }));
    case 'what changed':
      return [{ name: intent, ...optional('since', sinceIn(dates)) }];
    case 'my clinics':
      return [{ name: intent, ...optional('on', onIn(dates)) }];
    case 'away':
      return away(clause, asking);
    case 'help':
    case 'greeting':
    case 'thanks':
    case 'rude':
    case 'not understood':
    case 'my bookings':
    case 'my schools':
    case 'back':
    case 'what is due':
    case 'my open queries':
    case 'who is missing':
    case 'late again':
    case 'overdue promises':
    case 'what can be approved':
    case 'who wants in':
      return [{ name: intent }];
  }
}

export const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

/** One command, or an offer of all that it may be. */
export function oneOf(commands: readonly Command[]): Command {
  const all = distinct(commands);
  const [first] = all;
  return all.length === 1 && first ? first : { name: 'offer', of: all.slice(0, 3) };
}

export const distinct = (commands: readonly Command[]): Command[] => [
  ...new Map(commands.map((command) => [JSON.stringify(command), command])).values(),
];

const CLINIC_FAMILY = [
  'next clinic',
  'all clinics',
  'book clinic',
  'cancel booking',
  'add to calendar',
];
export type ClinicCommand = Extract<Command, ClinicWish> & ClinicWish;

export const isOfClinics = (command: Command): command is ClinicCommand =>
  CLINIC_FAMILY.includes(command.name);

/** What was asked for a moment ago, where it fits. */
export const beforeOf = <C extends Command>(
  before: readonly Command[],
  fits: (command: Command) => command is C,
): C | undefined => before.findLast(fits);

/** `book it` is of the clinic that was spoken of; `book the next clinic` is not. */
function wishOrBefore(clause: Clause, { today, before }: Context): ClinicWish {
  const wish = clinicWish(clause, today);
  if (Object.keys(wish).length > 0 || /\b(?:clinics?|surgery|surgeries)\b/.test(clause.words))
    return wish;
  const last = beforeOf(before, isOfClinics);
  return last ? wishOf(last) : wish;
}

const bookingWish = (clause: Clause, asking: Context): ClinicWish =>
  withoutFree(wishOrBefore(clause, asking));

/** Where somebody says when in words of which no day is made, or several days, the asker chooses. */
function asFarAsTold(command: ClinicCommand, clause: Clause): Command {
  const days = daysToChoose(clause);
  if (days.length > 0) return oneOf(days.map((on) => ({ ...command, on })));
  if (!isUntold(clause)) return command;
  const { name, ...wish } = command;
  const other = name === 'all clinics' ? 'next clinic' : 'all clinics';
  return oneOf([{ ...wish, name: other }, command]);
}

/** A place is the asker's own: of others what there is is shown before anything is changed. */
const shownFirst = (command: ClinicCommand): Command => ({
  name: 'offer',
  of: [
    command.name === 'cancel booking'
      ? { name: 'my bookings' }
      : { name: 'next clinic', ...wishOf(command) },
    command,
  ],
});

/** Whether a place is left is seen when one is booked. */
const withoutFree = (wish: ClinicWish): ClinicWish => {
  const { free, ...rest } = wish;
  return free ? rest : wish;
};

/** What a command says of a clinic. */
export const wishOf = (wish: ClinicWish): ClinicWish => ({
  ...lastingWish(wish),
  ...optional('after', wish.after),
  ...optional('until', wish.until),
  ...optional('on', wish.on),
  ...optional('nth', wish.nth),
});

/** What stays as it is where another day is asked for. */
export const lastingWish = ({ phase, district, mode, free }: ClinicWish): ClinicWish => ({
  ...optional('phase', phase),
  ...optional('district', district),
  ...optional('mode', mode),
  ...optional('free', free),
});

/** Of several schools of that name the asker's own district's, or that of the district they name. */
export function schoolsMeant(
  fits: readonly ListedSchool[],
  { districts }: Clause,
  asking: Pick<Asking, 'districts'>,
): readonly ListedSchool[] {
  for (const wanted of [districts, asking.districts]) {
    const inside = fits.filter(({ district }) => wanted.includes(district));
    if (inside.length > 0 && inside.length < fits.length) return inside;
  }
  return fits;
}

const CONTACT =
  /\b(?:phone|telephone|mobile|number|email address|contact details|details|get hold of|getting hold of|get in touch|getting in touch|get through|reach|reaching|contacting)\b|\bhow (?:do|can|could|should|would) (?:i|we) (?:contact|ring|email|call|phone)\b|(?<![a-z])(?:her|his|their|@person[a-z]) e?mail\b|\bemail (?:of|for) (?:her|him|them|the|our|my|@person[a-z])|^e?mail\b/;
const COVER =
  /\b(?:away|off|on leave|holiday|sick|ill|absent|standing in|stand in|steps? in|stepping in|stepped in|picking up|picks up|picked up|taking over|took over|taken over|filling in|covering|cover for|covers for|back)\b/;

function linkPractitioner(clause: Clause, asking: Context): Command[] {
  const asked: LinkPractitionerCommand = {
    name: 'link practitioner',
    ...optional('about', aboutIn(clause.words)),
  };
  if (clause.schools.length > 0) {
    const each = clause.schools.map((fits) =>
      oneOf(schoolsMeant(fits, clause, asking).map(({ name }) => ({ ...asked, school: name }))),
    );
    return distinct(each);
  }
  const unknownSchool = unlistedSchool(clause.words, asking.written);
  if (unknownSchool) return [{ ...asked, unknownSchool }];
  const last = /\b(?:her|his|their|she|he|they|them|him)\b/.test(clause.words)
    ? beforeOf(asking.before, isLinkPractitioner)
    : undefined;
  return [{ ...asked, ...optional('school', last?.school) }];
}

function aboutIn(words: string): 'contact' | 'cover' | undefined {
  if (CONTACT.test(words)) return 'contact';
  return COVER.test(words) ? 'cover' : undefined;
}

type LinkPractitionerCommand = Extract<Command, { name: 'link practitioner' }>;
const isLinkPractitioner = (command: Command): command is LinkPractitionerCommand =>
  command.name === 'link practitioner';

/** `… for St Nowhere’s Primary`, where no school of the list is named. */
const UNLISTED =
  /\b(?:(?:practitioners?|teachers?|workers?|person|link|contact) (?:for|at|of|in)|covers|looks after|supports) (.+)$/;
const NO_SCHOOL =
  /^(?:our|my|us|me|we|i|the|this|your|her|him|them|a|an|please|is|are|and|at stls|stls|from|while|when|you|whats|what|contact|name|email|phone|number|details|at all|away|off|back|on|for (?:our|my|us|me))\b|@/;

function unlistedSchool(words: string, written: string): string | undefined {
  const rest = UNLISTED.exec(words)?.[1]?.replace(/ please$/, '');
  if (!rest || NO_SCHOOL.test(rest)) return undefined;
  const isNamed = / (?:for|at|of) /.test(words) || rest.split(' ').some((word) => KINDS.has(word));
  return isNamed ? asWritten(rest, written) : undefined;
}

const WORD_ASKED: readonly RegExp[] = [
  /\bwhat (?:does|do) (?:the |a |an )?(.+?) (?:mean|stand for|include|count|cover)\b/,
  /\b(?:meant by|definition of|meaning of|counts as|define|explain) (?:what )?(?:the |a |an )?(.+)$/,
  /\bhow (?:is|are) (?:the |a |an )?(.+?) defined\b/,
  /\bwhat (?:is|are) (?:the |a |an )?(.+)$/,
];

/** A word of the glossary by its name there; any other as it was written. */
function wordAskedFor(clause: Clause, written: string): string {
  const { words, worded } = clause;
  const [, kind, letter = 'a'] = /.*@(word|short)([a-z])/.exec(worded.words) ?? [];
  const entry = worded.entries[letter.charCodeAt(0) - 97];
  if (kind && entry) return kind === 'word' ? entry : asWritten(entry, written);
  const asked = WORD_ASKED.map((pattern) => pattern.exec(words)?.[1]).find(Boolean) ?? words;
  const named = withoutMarks(asked.replace(/ please$/, ''), clause);
  return asWritten(named === '' ? written : named, written);
}

/** Marks say nothing to anybody: what they stand for is named as the lists have it. */
const withoutMarks = (words: string, { districts, schools, people }: Clause): string =>
  words
    .replaceAll(/@district[a-z]/g, () => districts[0] ?? '')
    .replaceAll(/@school[a-z]/g, () => schools[0]?.[0]?.name ?? '')
    .replaceAll(/@person[a-z]/g, () => people[0]?.[0]?.name ?? '')
    .replaceAll(/@[a-z]+/g, '')
    .trim();

/** More than three districts at once are too many to act on. */
const MOST_DISTRICTS = 3;

function ofDistricts(
  name: 'show district' | 'chase district',
  { districts, words }: Clause,
  { before, districts: own }: Context,
): Command[] {
  if (districts.length > 0) {
    return distinct(districts.map((district) => ({ name, district }))).slice(0, MOST_DISTRICTS);
  }
  const [mine] = /\b(?:my|our) (?:district|patch|area)\b/.test(words) ? own : [];
  if (mine) return [{ name, district: mine }];
  const last = /\b(?:them|it|this|that|him|her)\b/.test(words) ? before.at(-1) : undefined;
  if (last && 'district' in last && last.district) return [{ name, district: last.district }];
  return [{ name: 'which district', of: name }];
}

/** `us` is the asker's own district. */
function comparison(
  { districts, words }: Clause,
  { districts: own }: Context,
  measure: { measure?: string },
): Command {
  const mine = /\b(?:we|us|our|ours|my|mine|me)\b/.test(words) ? own.slice(0, 1) : [];
  const named = districts.length > 1 ? districts : [...mine, ...districts];
  const [one, other] = [...new Set(named)];
  if (one && other) return { name: 'compare districts', districts: [one, other], ...measure };
  if (one) return { name: 'which second district', district: one };
  return { name: 'which district', of: 'show district' };
}

/** Where somebody says when in words of which no day is made, the form asks for the days. */
function away(clause: Clause, { today, before }: Context): Command[] {
  const { words, people } = clause;
  if (BACK_ON_A_DAY.test(words) && onIn(clause.dates) === today) return [{ name: 'back' }];
  const dates = isUntold(clause) || namesHours(clause) ? [] : clause.dates;
  const said = EXTENDS.test(words)
    ? longer(dates, today, before)
    : BACK_ON_A_DAY.test(words)
      ? untilTheDayBefore(dates, today)
      : daysAway(dates, today);
  const days = said.until && said.until < today ? {} : said;
  const fits: readonly (ListedPractitioner | undefined)[] = people[0] ?? [undefined];
  return [oneOf(fits.map((one) => ({ name: 'away', ...days, ...optional('cover', one?.name) })))];
}

const BACK_ON_A_DAY = /(?<!\bnot )\bback @date/;
const EXTENDS = /\b(?:extend|lengthen|prolong)\b/;

/** `to Friday` is until Friday, from when somebody was away already or from today. */
function longer(
  dates: readonly When[],
  today: Day,
  before: readonly Command[],
): { from?: Day; until?: Day } {
  const last = beforeOf(before, (one) => one.name === 'away');
  const days = daysAway(dates, today);
  return days.until ? { from: last?.from ?? today, until: days.until } : days;
}

/** Somebody who is back on Monday is away until Sunday. */
function untilTheDayBefore(dates: readonly When[], today: Day): { from?: Day; until?: Day } {
  const back = onIn(dates);
  return back && back > today ? { from: today, until: addDays(back, -1) } : {};
}

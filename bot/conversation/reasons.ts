import type { Day } from '../calendar/london.ts';
import { isTelling, top, type Part, type Reading } from './reading.ts';
import { ALONE, HINT, isSmallTalk } from './scoring.ts';
import { clinicWish } from './slots.ts';

type Read = (words: string) => Reading;

/** What people say of themselves before or after they ask: `I have a boy in year 3 who …`. */
const ABOUT_THEM =
  /^(?:(?:hi|hello|hey|sorry|so|but|as|since|unfortunately|afraid|ok|well|because) )*(?:i|we|my|our|one of|some of|there is|there are|a|the|this) /;
/** They ask all the same. */
const ASKING =
  /^(?:\w+ )?(?:i|we) (?:want|need|would like|wish|will have|have to)(?: to)? (?:book|cancel|know|see|file|find|fill|submit|correct|change|compare|chase|the|a|my|our|advice|help|more)\b|\b(?:please|can you|could you)\b/;
/** Of somebody who was spoken of. */
const OF_OTHERS =
  /^(?:(?:as|since|but|because) )*(?:they|he|she|it) (?:have|has|had|is|are|was|were|promised|said|did|do|does|will|would|keeps?|always|still|never|should|must|told)\b/;
/** More of what is asked: `… and discuss a child`. */
const GOING_ON = /^(?:talk|speak|discuss|chat|bring|see|meet|ask) /;
/** `… so that I can put them in the diary`. */
const PURPOSE =
  /^(?:(?:so|that) )*(?:i|we) (?:can|want to|need to|would like to) (?:put|add|get|write|plan|share|pass|send|tell|let) (?:them|it all|people|staff|my|our|on)\b/;
/** When somebody can not is not when they ask for. */
const NOT_THEN = /\b(?:not|never|out|off|away|busy|unavailable|on leave|can only)\b/;
const NAMED = /@person|@school|\b(?:link|practitioner|specialist)\b/;
const OF_CLINICS = ['next clinic', 'all clinics', 'book clinic'];
const OF_PLACES = ['book clinic', 'cancel booking'];

/** The parts of a message that ask for something, without the reasons that are given for it. */
export function withoutReasons(said: readonly Part[], read: Read, today: Day): Part[] {
  const more = said.filter(({ reading }) => !reading.scored[0] || !isSmallTalk(reading.scored[0]));
  const parts = more.some(({ reading }) => top(reading) >= HINT) ? more : said;
  const kept: Part[] = [];
  for (const [i, part] of parts.entries()) {
    const before = kept.at(-1);
    const others = parts.filter((other) => other !== part && top(other.reading) >= ALONE);
    if (before && isTelling(before.reading) && goesOn(before, part)) continue;
    if (before && (isWish(before, part) || pointsBack(before, part)))
      kept[kept.length - 1] = together(before, part, read);
    else if (pointsBack(part, parts[i + 1]) || !isReason(part, others, today)) kept.push(part);
  }
  return kept.length > 0 ? kept : [...parts];
}

const intentOf = ({ reading }: Part): string =>
  isTelling(reading) ? (reading.scored[0]?.intent ?? '') : '';

const goesOn = (before: Part, { words }: Part): boolean =>
  OF_OTHERS.test(words) ||
  PURPOSE.test(words) ||
  (GOING_ON.test(words) && OF_CLINICS.includes(intentOf(before)));

/** `I want to bring a case to the virtual clinic, can you sign me up` is one wish. */
const isWish = (before: Part, part: Part): boolean =>
  ABOUT_THEM.test(before.words) &&
  intentOf(before) === 'next clinic' &&
  OF_PLACES.includes(intentOf(part));

/** What the second asks, of what both name. */
function together(before: Part, part: Part, read: Read): Part {
  const words = `${before.words} ${part.words}`;
  return { words, reading: { clause: read(words).clause, scored: part.reading.scored } };
}

/** It says nothing that is asked, or what another part says otherwise. */
function isReason(part: Part, others: readonly Part[], today: Day): boolean {
  if (others.length === 0 || !ABOUT_THEM.test(part.words) || ASKING.test(part.words)) return false;
  if (isTelling(part.reading) && part.reading.scored[0]?.fits)
    return isRuledOut(part, others) || isWorry(part, others);
  if (NOT_THEN.test(part.words)) return true;
  const said = Object.keys(clinicWish(part.reading.clause, today));
  return others.some((other) =>
    Object.keys(clinicWish(other.reading.clause, today)).some((slot) => said.includes(slot)),
  );
}

/** `I can not do Wednesday, what else is there?` gives no place back. */
const isRuledOut = (part: Part, others: readonly Part[]): boolean =>
  intentOf(part) === 'cancel booking' &&
  /\bcan (?:not|no longer) (?:do|make|come|attend)\b/.test(part.words) &&
  others.some((other) => OF_CLINICS.includes(intentOf(other)));

/** `I am worried about a boy in year 3` asks for nobody where something else is asked. */
const isWorry = (part: Part, others: readonly Part[]): boolean =>
  intentOf(part) === 'link practitioner' &&
  !NAMED.test(part.words) &&
  others.some((other) => intentOf(other) !== 'link practitioner');

/** `… from Chalkdown, who is the link there?` */
const pointsBack = ({ words }: Part, next: Part | undefined): boolean =>
  words.includes('@school') &&
  ABOUT_THEM.test(words) &&
  next !== undefined &&
  /\b(?:there|their|them|they)\b/.test(next.words);

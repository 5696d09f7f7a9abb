import type { Names } from './asking.ts';
import type { Clause } from './clause.ts';
import { indexOf } from './names.ts';
import { isEnglish } from './spelling.ts';

const PLACES =
  '(?:places?|spots?|slots?|spaces?|seats?|bookings|tickets|people|colleagues|teachers|tas|clinics)';
const SEVERAL = [
  `\\b(?:two|three|four|five|six|[2-6]|both|several|couple of|all) (?:of )?(?:my |our |the |more )?${PLACES}\\b`,
  `\\b(?:more|extra|another) (?:places?|people|colleagues|teachers|seats?)\\b`,
  '\\b(?:us|we) (?:both|two|three|four|all)\\b',
  '\\b(?:both|two|three|four|five|all|[2-6]) of us\\b',
  '^(?:please )?(?:cancel|book) (?:us |me )?(?:everything|all|both|them all|them both)\\b',
  '\\bfor (?:two|three|four|five|both|[2-6])\\b(?! @)',
].map((one) => new RegExp(one));
const SOMEBODY =
  '(?:@person[a-z]|(?:my|our|a|the|another|his|her) (?:\\w+ )?(?:ta|tas|colleagues?|teachers?|assistants?|head|headteacher|deputy|staff|team|nqt|ect|friend)s?|him|her|them|someone(?: else)?|somebody(?: else)?)';
const SOMEBODY_ELSE = new RegExp(
  `\\b(?:for|book|bring|put|sign|cancel) (?:in |on |up |down )?${SOMEBODY}(?! (?:calendar|diary))(?![a-z])`,
);
/** As it was written: an “and” parts clauses. */
const AND_ANOTHER =
  /\b(?:[Mm]e|[Mm]yself|I|i|[Uu]s) (?:and|&|plus|\+) (?:(?:my|our|a|one|two|another) (?!place|spot|clinic|booking)|\p{Lu}\p{Ll}+\b)|\b(?:my|our) \w+ (?:and|&|plus|\+) (?:me|myself|I)\b/u;
const FOR_A_NAME = /\b(?:[Ff]or|[Bb]ook(?= \p{Lu})) (\p{L}{3,})(?=[^\p{L}]|$)/gu;
const OF_A_DAY =
  /^(?:mon|tue|wed|thu|fri|sat|sun|tom|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

/** Whether places of others than the asker's own are spoken of: `two places`, `me and my TA`, `for Wren`. */
export function isForOthers({ words }: Clause, asking: { names: Names; written: string }): boolean {
  if (SEVERAL.some((one) => one.test(words)) || SOMEBODY_ELSE.test(words)) return true;
  if (AND_ANOTHER.test(asking.written)) return true;
  const { known } = indexOf(asking.names).spelling;
  const isStrange = (name: string): boolean =>
    !known.has(name) && !isEnglish(name) && !OF_A_DAY.test(name);
  return [...asking.written.matchAll(FOR_A_NAME)].some(([, name = '']) =>
    isStrange(name.toLowerCase()),
  );
}

import type { Message } from './clause.ts';
import type { When } from './dates.ts';

const AMENDS =
  '(?:(?:[|,]|and|but|or|oh|sorry|apologies|no|oops|whoops|actually|wait|hang on|hold on|i mean|i meant|i should say|i should have said|rather|make (?:that|it)|correction|scratch that|not that|that is|it is|it should be|should be|my mistake|my bad|instead) )';
const WORDS_THAT_AMEND =
  '(?:sorry|apologies|no|oops|whoops|actually|wait|hang on|hold on|i mean|i meant|i should say|i should have said|rather|make (?:that|it)|correction|scratch that|not that|it should be|should be|my mistake|my bad) ';
/** `@datea , sorry i mean @dateb`: of two of a kind the second is meant. */
const CORRECTED = new RegExp(
  `@(date|district|school|person)([a-z]) (?=${AMENDS}*${WORDS_THAT_AMEND})${AMENDS}+(?:on |the |for |from )*@\\1([a-z])`,
);
/** Something is put right between two days, in words of which nobody here makes what is meant. */
const UNCLEAR = new RegExp(`@date[a-z] .*\\b${WORDS_THAT_AMEND}.*@date[a-z]`);

/** A message as its sender put it right: what they took back is not in it. */
export function corrected(message: Message): Message {
  const found = CORRECTED.exec(message.words);
  const [all, kind = '', first = '', second = ''] = found ?? [];
  if (!all) return message;
  const words = message.words.replace(all, `@${kind}${second}`);
  if (kind !== 'date') return corrected({ ...message, words });
  return corrected({ ...message, words, dates: sameRelation(message.dates, first, second) });
}

/** Whether it remains unclear which of several days is meant. */
export const isUnclear = ({ words }: Message): boolean => UNCLEAR.test(words);

/** `until the 9th, sorry, the 16th` is until the 16th. */
function sameRelation(dates: readonly When[], first: string, second: string): readonly When[] {
  const [before, after] = [first, second].map((one) => dates[one.charCodeAt(0) - 97]);
  if (!before || after?.is !== 'on' || !('day' in before)) return dates;
  return dates.map((one) => (one === after ? { ...before, day: after.day } : one));
}

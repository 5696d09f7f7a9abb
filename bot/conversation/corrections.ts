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

/** `Dover, not Swale`, `all except Swale`. */
const LEFT_OUT =
  /(?:(?<=@(date|district)[a-z] (?:[|,] )?)(?:but )?(?:not|instead of|rather than)|\b(?:except|apart from|other than|excluding|but not)) (?:for |on |the )*@(date|district)[a-z]/g;
const TAKEN_BACK =
  /(?:^| )(?:never ?mind|forget (?:it|that)|no wait|wait no|hang on|on second thoughts?|(?:(?:no|actually|oh|wait) |[|,] )(?:[|,] )*(?:please )?do not|scratch that|do not bother)[|, ]*$/;

/** A message as its sender put it right: what they took back or left out is not in it. */
export function corrected(message: Message): Message {
  const words = message.words.replace(LEFT_OUT, (all, before?: string, kind?: string) =>
    before === undefined || before === kind ? '' : all,
  );
  return amended({ ...message, words });
}

function amended(message: Message): Message {
  const found = CORRECTED.exec(message.words);
  const [all, kind = '', first = '', second = ''] = found ?? [];
  if (!all) return message;
  const words = message.words.replace(all, `@${kind}${second}`);
  if (kind !== 'date') return amended({ ...message, words });
  return amended({ ...message, words, dates: sameRelation(message.dates, first, second) });
}

/** Whether it remains unclear which of several days is meant, or whether anything is. */
export const isUnclear = ({ words }: Message): boolean =>
  UNCLEAR.test(words) || TAKEN_BACK.test(words);

/** `until the 9th, sorry, the 16th` is until the 16th. */
function sameRelation(dates: readonly When[], first: string, second: string): readonly When[] {
  const [before, after] = [first, second].map((one) => dates[one.charCodeAt(0) - 97]);
  if (!before || after?.is !== 'on' || !('day' in before)) return dates;
  return dates.map((one) => (one === after ? { ...before, day: after.day } : one));
}

/** A column of a rule's row that holds an expression, as people read it. */
export type Side = 'left side' | 'right side';

/** What is wrong with the text of a side, and where: `at` is the index of the first character of `text`. */
export type TextProblem = { problem: string; text: string; at: number };

/** A row of the rules list that cannot be used, in words for the person who edits it. */
export type RuleProblem = {
  rule: string;
  /** Why, and what to do about it: a sentence without its full stop. */
  problem: string;
  side?: Side;
  /** What of the side cannot stand: `scoolCaseload`. Empty where the side ends too early. */
  text?: string;
  /** Where `text` begins in the side as it is written, from 0. */
  at?: number;
};

/** A row that is switched off and could not be used, and why: words without a full stop. */
export type UnusableRow = { id: string; problem: string };

/** The problem with its place: `left side, at character 12: “scoolCaseload” is no measure or figure`. */
export function problemInWords({ problem, side, text, at }: RuleProblem): string {
  if (side === undefined) return problem;
  if (at === undefined) return `${side}: ${problem}`;
  const place = text === '' ? 'at its end' : `at character ${at + 1}`;
  return `${side}, ${place}: ${problem}`;
}

import { sameAnswer, type Answer } from './answer.ts';

/** What a return says: answers by measure id, and remarks. */
export type Said = { answers: Readonly<Record<string, Answer>>; remarks: string };

/** Two people's changes put together. */
export type Merged = {
  answers: Record<string, Answer>;
  remarks: string;
  /** Ids of the questions that both changed, and differently; `mine` stands in `answers`. */
  clashes: string[];
  /** Whether both changed the remarks, and differently. */
  remarksClash: boolean;
};

/**
 * Puts `mine` and `theirs`, both made from `base`, together: where only one of them changed a
 * question, that change counts. Where the base is not known, every difference is a clash.
 */
export function merge(
  ids: readonly string[],
  base: Said | undefined,
  mine: Said,
  theirs: Said,
): Merged {
  const answers: Record<string, Answer> = {};
  const clashes: string[] = [];
  for (const id of ids) {
    const [was, own, other] = [base?.answers[id], mine.answers[id], theirs.answers[id]];
    const isOwnUnchanged = base !== undefined && sameAnswer(was, own);
    const isOtherUnchanged = base !== undefined && sameAnswer(was, other);
    answers[id] = (isOwnUnchanged ? other : own) ?? { kind: 'blank' };
    if (!sameAnswer(own, other) && !isOwnUnchanged && !isOtherUnchanged) clashes.push(id);
  }
  return { answers, clashes, ...mergedRemarks(base?.remarks, mine.remarks, theirs.remarks) };
}

function mergedRemarks(base: string | undefined, mine: string, theirs: string) {
  const [was, own, other] = [base?.trim(), mine.trim(), theirs.trim()];
  return {
    remarks: own === was ? theirs : mine,
    remarksClash: own !== other && own !== was && other !== was,
  };
}

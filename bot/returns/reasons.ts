import type { Answer } from './answer.ts';
import type { Measure } from './measure.ts';

/**
 * A number column cannot hold *not known* and why. The reason is kept in the return's own
 * Comments, one line for each question, so that it stays with the item and people can read it:
 *
 *     Not known – School caseload [schoolCaseload]: the register was being moved
 */
export type Reasons = Map<string, Extract<Answer, { reason: string }>>;

const LINE = /^(Not known|Not applicable) – .*?\[(\w+)\]: (.+)$/;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Splits a comment into the reasons that the bot wrote and everything else, which is the person's. */
export function readReasons(comments: string): { reasons: Reasons; remarks: string } {
  const reasons: Reasons = new Map();
  const remarks: string[] = [];
  for (const line of comments.split(/\r?\n/)) {
    const match = LINE.exec(line.trim());
    if (match?.[1] && match[2] && match[3]) {
      const kind = match[1] === 'Not known' ? 'not known' : 'not applicable';
      reasons.set(match[2], { kind, reason: match[3] });
    } else {
      remarks.push(line);
    }
  }
  return { reasons, remarks: remarks.join('\n').trim() };
}

/** The comment that holds a person's remarks and the reasons: the inverse of {@link readReasons}. */
export function writeReasons(
  remarks: string,
  reasons: Reasons,
  measures: readonly Measure[],
): string {
  const lines = [...reasons].map(([id, { kind, reason }]) => {
    const question = measures.find((m) => m.id === id)?.question ?? id;
    const word = kind === 'not known' ? 'Not known' : 'Not applicable';
    // Brackets would be taken for those of the id.
    return `${word} – ${oneLine(question.replace(/[[\]]/g, ''))} [${id}]: ${oneLine(reason)}`;
  });
  return [remarks.trim(), ...lines].filter((part) => part !== '').join('\n');
}

import type { RuleProblem } from './rule-problem.ts';
import type { Rule } from './rule.ts';

/** Why a row of a check says more than the check goes by: whoever filled the cell relies on it. */
export function spareCells({ id, operator, right, tolerance }: Rule): RuleProblem | undefined {
  const text = right.trim();
  if (text !== '') {
    const problem = `“${operator}” takes no right side: empty it`;
    return { rule: id, side: 'right side', problem, text, at: right.indexOf(text) };
  }
  if (tolerance === 0) return undefined;
  return { rule: id, problem: `“${operator}” takes no tolerance: empty it` };
}

import { figureOf } from '../returns/answer.ts';
import type { SeenAgain } from './check.ts';
import { answerReader, type CheckedReturn } from './checked-return.ts';
import type { Closing } from './closing.ts';
import type { Finding, Operand } from './finding.ts';
import type { FindingRecord } from './register.ts';
import { appliesTo, isComparison, type Rule } from './rule.ts';

/** The rules by their ids. */
export type RulesByUse = { on: ReadonlyMap<string, Rule>; off: ReadonlySet<string> };

/**
 * Why a finding is not raised any more, where its rule and list could be read. Undefined: it stands.
 * `seenAgain` says what its rule makes of its return now.
 */
export function whyGone(
  { finding, status }: FindingRecord,
  rules: RulesByUse,
  seenAgain: (finding: Finding) => SeenAgain,
): Closing | undefined {
  const rule = rules.on.get(finding.rule);
  if (rule && looksForStrays(rule)) return 'closed by correction';
  if (!rule || !appliesTo(rule, finding.form, finding)) {
    // A commissioner's decision is undone by a person or by other figures, and by no switch.
    return status === 'accepted' ? undefined : whyNotAsked(finding, rule, rules);
  }
  const { checked, outcomes } = seenAgain(finding);
  if (!checked) return 'return taken out';
  if (rule.operator === 'is filed once') return 'closed by correction';
  if (outcomes.length === 0) return status === 'accepted' ? undefined : 'rule no longer applies';
  // That a number of schools is not known now says nothing of the return.
  if (finding.operands.some((one) => isOfDistrict(one) && isTakenOut(one, checked)))
    return undefined;
  if (outcomes.some(({ kind }) => kind === 'skipped')) return 'figure taken out';
  if (restingOn(finding).some((operand) => isTakenOut(operand, checked))) return 'figure taken out';
  return isComparison(rule.operator)
    ? whatChanged(finding.operands.filter((one) => !isAsItWas(one, checked)))
    : 'closed by correction';
}

function whatChanged(changed: readonly Operand[]): Closing {
  if (changed.length === 0) return 'rule changed';
  return changed.every(isOfDistrict) ? 'district changed' : 'closed by correction';
}

const isOfDistrict = ({ name }: Operand): boolean => name.startsWith('district.');

/** An item that names no district or term is put right in the list, or taken out of it. */
const looksForStrays = ({ operator }: Rule): boolean =>
  operator === 'names a known district' || operator === 'names a known term';

function whyNotAsked(finding: Finding, rule: Rule | undefined, { off }: RulesByUse): Closing {
  if (rule) return 'rule no longer applies';
  return off.has(finding.rule) ? 'rule switched off' : 'rule taken out';
}

/** The operands that stand in a list; what is usual, or how many items there are, was worked out. */
const restingOn = ({ operands, measures }: Finding): Operand[] =>
  operands.filter(({ name }) => measures.includes(name) || name.includes('.'));

const isTakenOut = ({ name, value }: Operand, checked: CheckedReturn): boolean => {
  const answer = answerReader(name)(checked);
  return value !== null && figureOf(answer) === undefined && answer?.kind !== 'unreadable';
};

const isAsItWas = ({ name, value }: Operand, checked: CheckedReturn): boolean =>
  (figureOf(answerReader(name)(checked)) ?? null) === value;

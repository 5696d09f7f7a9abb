import { shortInstant } from '../../bot/calendar/london.ts';
import { isCorrectedHere } from '../../bot/findings/correcting.ts';
import { operandsInWords, type Finding, type Operand } from '../../bot/findings/finding.ts';
import { deedOf, needsAnswer, type FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { returnName } from '../../bot/returns/return.ts';
import { findingCode } from '../../cards/actions.ts';
import type { FactView, FindingView } from '../../cards/views.ts';
import { age, shortened } from './words.ts';

/** How many findings fit on a card; the rest is one click away. */
export const MOST_FINDINGS = 5;

/** How many of the values that are doubted are read at a glance. */
const MOST_FACTS = 6;
const MOST_OF_A_LABEL = 120;
const MOST_OF_A_VALUE = 240;

/** What stands in the boxes beside a finding, and why it is no explanation. */
type InBoxes = Pick<FindingView, 'cause' | 'words' | 'refused'>;

const EMPTY: InBoxes = { cause: '', words: '', refused: '' };

/** A finding for its district's lead; `typed` is what was typed beside it and not taken. */
export function findingForLead(
  record: FindingRecord,
  { at, reading }: Look,
  typed: InBoxes | undefined,
): FindingView {
  const { finding } = record;
  const isError = finding.severity === 'error';
  const canExplain = !isError && needsAnswer(record);
  const tested = factsOf(finding, 'tested');
  return {
    id: findingCode(finding.id),
    label: isError ? 'Cannot be right' : 'Please check',
    isError,
    about: finding.term === 0 ? finding.year : returnName(finding),
    age: age(record.raisedAt, at),
    why: whyOf(finding, reading.rules.find(({ id }) => id === finding.rule)?.wording),
    tested: tested.slice(0, MOST_FACTS),
    more: tested.slice(MOST_FACTS),
    against: factsOf(finding, 'compared with'),
    compared: finding.compared ?? '',
    causes: [...finding.knownCauses],
    said: said(record),
    note: noteOf(record),
    ...(canExplain ? (typed ?? { ...explainedBefore(record), refused: '' }) : EMPTY),
    hasHistory: record.history.length > 1,
    canExplain,
    canCorrect: record.status !== 'closed' && isCorrectedHere(finding),
  };
}

const factsOf = ({ operands }: Finding, is: Operand['is']): FactView[] =>
  operands
    .filter((one) => one.is === is)
    .map(({ label, shown }) => ({
      label: shortened(label, MOST_OF_A_LABEL),
      shown: shortened(shown, MOST_OF_A_VALUE),
    }));

/**
 * Why a finding was raised: its message without the values, which stand beside it. A sentence that says
 * more than the values do, as how a cell reads, stays.
 */
export function whyOf({ message, operands }: Finding, wording: string | undefined): string {
  if (!wording || !message.endsWith(wording)) return message;
  const sentence = message.slice(0, -wording.length).trim();
  return sentence === '' || saysOnly(operands, sentence) ? wording : message;
}

const saysOnly = (operands: readonly Operand[], sentence: string): boolean =>
  sentence === `${operandsInWords(operands)}.` ||
  operands.every(
    ({ value, shown, label, is }) =>
      typeof value === 'number' &&
      sentence.includes(shown) &&
      (is === 'compared with' || sentence.includes(label)),
  );

/** The cause and the words of an earlier explanation, as they were chosen and typed. */
function explainedBefore({ explanation = '', finding }: FindingRecord) {
  const cause = finding.knownCauses.find(
    (one) => explanation === one || explanation.startsWith(`${one}. `),
  );
  return {
    cause: cause ?? '',
    words: cause === undefined ? explanation : explanation.slice(cause.length + 2),
  };
}

/** Who asks again, and what is missing. */
function noteOf({ status, history }: FindingRecord): string {
  const last = history.findLast(({ what }) => what === 'sent back');
  if (status !== 'sent back' || !last) return '';
  return `Sent back by ${last.by}, ${shortInstant(last.at)}${last.text ? `: “${last.text}”` : ''}`;
}

/** What was said and decided last, where nothing is asked of the lead now. */
function said(record: FindingRecord): string {
  const { explanation, history, status } = record;
  const words = explanation ? `“${explanation}”` : '';
  const deed = status === 'explained' || status === 'accepted' ? status : 'closed by correction';
  const last = deedOf(record, deed) ?? history.at(-1);
  if (!last) return '';
  const by = `${last.by}, ${shortInstant(last.at)}`;
  switch (status) {
    case 'open':
    case 'sent back':
      return '';
    case 'explained':
      return `Explained by ${by}: ${words}`;
    case 'accepted':
      return `Accepted by ${by}${words ? `. Explanation: ${words}` : ''}`;
    case 'closed':
      return `Closed by correction, ${shortInstant(last.at)}`;
  }
}

/** What waits for a decision first, then errors, then by district and rule, the newest first. */
export const byUrgency = (a: FindingRecord, b: FindingRecord): number =>
  Number(b.status === 'explained') - Number(a.status === 'explained') ||
  a.finding.severity.localeCompare(b.finding.severity) ||
  a.finding.district.localeCompare(b.finding.district) ||
  a.finding.rule.localeCompare(b.finding.rule) ||
  b.raisedAt.getTime() - a.raisedAt.getTime();

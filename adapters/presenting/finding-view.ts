import { shortInstant } from '../../bot/calendar/london.ts';
import { isCorrectedHere } from '../../bot/findings/correcting.ts';
import { explanationInWords } from '../../bot/findings/explanation.ts';
import { closingOf, deedOf, isOpenQuery, type FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { findingCode } from '../../cards/actions.ts';
import type { FindingView } from '../../cards/views.ts';
import { aboutOf, closedInWords, factsOf, labelOf, whoAndWhen, whyOf } from './finding-words.ts';
import { age } from './words.ts';

/** How many of the values that are doubted are read at a glance. */
const MOST_FACTS = 6;
const ROOM = { label: 120, shown: 240 };

/** What stands in the boxes beside a finding, and why it is no explanation. */
type InBoxes = Pick<FindingView, 'cause' | 'words' | 'refused'>;

const EMPTY: InBoxes = { cause: '', words: '', refused: '' };

/** A finding for its district's lead; `typed` is what was typed beside it and not taken. */
export function findingForLead(
  record: FindingRecord,
  { at }: Look,
  typed: InBoxes | undefined,
): FindingView {
  const { finding } = record;
  const isError = finding.severity === 'error';
  const tested = factsOf(finding, 'tested', ROOM);
  return {
    id: findingCode(finding.id),
    label: labelOf(isError),
    isError,
    about: aboutOf(finding),
    age: age(record.raisedAt, at),
    why: whyOf(finding),
    tested: tested.slice(0, MOST_FACTS),
    more: tested.slice(MOST_FACTS),
    against: factsOf(finding, 'compared with', ROOM),
    compared: finding.compared ?? '',
    causes: [...finding.knownCauses],
    said: said(record),
    note: noteOf(record),
    ...(isOpenQuery(record) ? (typed ?? { ...EMPTY, ...record.explanation }) : EMPTY),
    hasHistory: record.history.length > 1,
    canExplain: isOpenQuery(record),
    canCorrect: record.status !== 'closed' && isCorrectedHere(finding),
  };
}

/** Who asks again, and what is missing. */
function noteOf({ status, history }: FindingRecord): string {
  const last = history.findLast(({ what }) => what === 'sent back');
  if (status !== 'sent back' || !last) return '';
  return `Sent back by ${whoAndWhen(last)}${last.text ? `: “${last.text}”` : ''}`;
}

/** What was said and decided last, where nothing is asked of the lead now. */
function said(record: FindingRecord): string {
  const { explanation, history, status } = record;
  const words = explanation ? `“${explanationInWords(explanation)}”` : '';
  const deed = status === 'explained' || status === 'accepted' ? status : closingOf(record);
  const last = (deed && deedOf(record, deed)) ?? history.at(-1);
  if (!last) return '';
  const by = whoAndWhen(last);
  switch (status) {
    case 'open':
    case 'sent back':
      return '';
    case 'explained':
      return `Explained by ${by}: ${words}`;
    case 'accepted':
      return `Accepted by ${by}${words ? `. Explanation: ${words}` : ''}`;
    case 'closed':
      return `${closedInWords(record)}, ${shortInstant(last.at)}`;
  }
}

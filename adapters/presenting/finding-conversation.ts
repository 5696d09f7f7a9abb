import type { Person } from '../../bot/access/people.ts';
import { conversationOf } from '../../bot/findings/conversation.ts';
import type { Finding, Operand } from '../../bot/findings/finding.ts';
import { isOpen, isToDecide, type FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { findingCode, seenCode } from '../../cards/actions.ts';
import type { FactView, FindingCardView } from '../../cards/views.ts';
import {
  aboutOf,
  canAccept,
  districtOf,
  factsOf,
  labelOf,
  statusOf,
  whoAndWhen,
  whyOf,
} from './finding-words.ts';
import { historyView } from './history-view.ts';
import { age, beginning, bytesOf, count, shortened } from './words.ts';

/** How much a card has room for: of the conversation the latest lines, which say the most. */
export const MOST_LINES = 14;
export const MOST_OF_A_LINE = 1200;
export const MOST_OF_A_CONVERSATION = 8000;
export const MOST_OPERANDS = 40;
export const MOST_OF_AN_OPERAND = 80;
const ROOM = { label: MOST_OF_AN_OPERAND, shown: MOST_OF_AN_OPERAND };

/**
 * One finding with its values and its whole history; a commissioner may decide on it there. `note` is what
 * was typed and not taken.
 */
export function findingCardView(
  record: FindingRecord,
  look: Look,
  who: Person,
  note = '',
): FindingCardView {
  const { finding } = record;
  const isDecider = who.role === 'Commissioner';
  const lines = conversationOf(record, look.assessment.register).map((line) => ({
    who: beginning(whoAndWhen(line)),
    text: shortened(line.text, MOST_OF_A_LINE),
  }));
  const conversation = latestOf(lines);
  const earlier = lines.length - conversation.length;
  const history = historyView(finding, look);
  return {
    row: 0,
    id: findingCode(finding.id),
    district: districtOf(finding),
    ...headingOf(record, isDecider),
    about: aboutOf(finding),
    age: age(record.raisedAt, look.at),
    tested: shownOf(finding, 'tested'),
    comparedWith: shownOf(finding, 'compared with'),
    compared: shortened(finding.compared ?? '', MOST_OF_A_LINE),
    why: shortened(whyOf(finding), MOST_OF_A_LINE),
    ...(history ? { history } : {}),
    earlier: earlier > 0 ? `${count(earlier, 'earlier line')} not shown here` : '',
    conversation,
    seen: seenCode(record),
    note,
    canAccept: isDecider && canAccept(record),
    canSendBack: isDecider && isToDecide(record),
    canReopen: isDecider && record.status === 'accepted',
    canShowDistrict: look.reading.districts.some(({ name }) => name === finding.district),
    on: 'finding',
  };
}

function headingOf(
  record: FindingRecord,
  isDecider: boolean,
): Pick<FindingCardView, 'label' | 'tone' | 'status'> {
  const status = statusOf(record, isDecider);
  if (!isOpen(record)) return { label: status, tone: 'good', status: '' };
  const isError = record.finding.severity === 'error';
  return { label: labelOf(isError), tone: isError ? 'attention' : 'default', status };
}

/** As many of the latest lines as fit. */
function latestOf(lines: FindingCardView['conversation']): FindingCardView['conversation'] {
  let room = MOST_OF_A_CONVERSATION;
  const from = lines.findLastIndex((line, i) => {
    room -= bytesOf(line.text);
    return room < 0 || lines.length - i > MOST_LINES;
  });
  return lines.slice(from + 1);
}

/** The values that a card has room for. */
function shownOf(finding: Finding, is: Operand['is']): FactView[] {
  const facts = factsOf(finding, is, ROOM);
  const rest = facts.length - MOST_OPERANDS;
  const shown = facts.slice(0, MOST_OPERANDS);
  return rest > 0 ? [...shown, { label: 'Further figures', shown: String(rest) }] : shown;
}

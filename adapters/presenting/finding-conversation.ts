import type { Person } from '../../bot/access/people.ts';
import { shortInstant } from '../../bot/calendar/london.ts';
import { conversationOf } from '../../bot/findings/conversation.ts';
import type { Finding, Operand } from '../../bot/findings/finding.ts';
import { isToDecide } from '../../bot/findings/grouped.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { findingCode } from '../../cards/actions.ts';
import type { FindingCardView } from '../../cards/views.ts';
import { aboutOf, canAccept, figuresOf, labelOf, statusOf } from './findings-list.ts';
import { age, count, shortened } from './words.ts';

/** The latest lines of a long conversation: a card holds no more. */
const MOST_LINES = 12;
const MOST_OF_A_LINE = 700;
const MOST_OPERANDS = 40;

/** One finding with its values and its whole history; a commissioner may decide on it there. */
export function findingCardView(record: FindingRecord, look: Look, who: Person): FindingCardView {
  const { finding } = record;
  const isDecider = who.role === 'Commissioner';
  const isError = finding.severity === 'error';
  const wording = wordingOf(finding, look);
  const lines = conversationOf(record, look.assessment.register);
  const earlier = Math.max(0, lines.length - MOST_LINES);
  return {
    row: 0,
    id: findingCode(finding.id),
    district: finding.district.trim() || 'No district',
    label: labelOf(isError),
    isError,
    about: aboutOf(finding),
    status: statusOf(record, isDecider),
    age: age(record.raisedAt, look.at),
    tested: shownOf(finding, 'tested'),
    comparedWith: shownOf(finding, 'compared with'),
    compared: finding.compared ?? '',
    figures: shortened(figuresOf(finding, wording), MOST_OF_A_LINE),
    wording: shortened(wording, MOST_OF_A_LINE),
    earlier: earlier > 0 ? `${count(earlier, 'earlier line')} not shown here` : '',
    conversation: lines.slice(earlier).map(({ at, by, text }) => ({
      who: `${by}, ${shortInstant(at)}`,
      text: shortened(text, MOST_OF_A_LINE),
    })),
    canAccept: isDecider && canAccept(record),
    canSendBack: isDecider && isToDecide(record),
    canShowDistrict: look.reading.districts.some(({ name }) => name === finding.district),
    on: 'finding',
  };
}

function wordingOf(finding: Finding, { reading }: Look): string {
  const rules = [...reading.rules, ...reading.rulesOff];
  return rules.find(({ id }) => id === finding.rule)?.wording ?? '';
}

function shownOf({ operands }: Finding, is: Operand['is']): FindingCardView['tested'] {
  const mine = operands.filter((operand) => operand.is === is);
  const rest = mine.length - MOST_OPERANDS;
  const shown = mine.slice(0, MOST_OPERANDS).map((operand) => ({
    label: shortened(operand.label, MOST_OF_A_LABEL),
    shown: shortened(operand.shown, MOST_OF_A_VALUE),
  }));
  return rest > 0 ? [...shown, { label: 'And more figures', shown: String(rest) }] : shown;
}

const MOST_OF_A_LABEL = 120;
const MOST_OF_A_VALUE = 240;

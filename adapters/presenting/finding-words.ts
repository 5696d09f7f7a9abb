import { shortInstant } from '../../bot/calendar/london.ts';
import { closingInWords } from '../../bot/findings/closing.ts';
import type { Finding, Operand } from '../../bot/findings/finding.ts';
import {
  closingOf,
  isOpen,
  isStandingError,
  isToDecide,
  type FindingEvent,
  type FindingRecord,
  type FindingStatus,
} from '../../bot/findings/register.ts';
import { formName, returnName } from '../../bot/returns/return.ts';
import type { FactView } from '../../cards/views.ts';
import { beginning, shortened } from './words.ts';

/** How many findings fit on a card that is about more than them; the rest is one click away. */
export const MOST_FINDINGS = 5;

/** Whether something cannot be right, or only has to be looked at. */
export const labelOf = (isError: boolean): string => (isError ? 'Cannot be right' : 'Please check');

/** `KPI return, Term 1, 2026-27`; an item that names no known term says which year it names. */
export const aboutOf = (finding: Finding): string =>
  shortened(beginning(returnOf(finding)), MOST_OF_A_NAME);

/** A district as cards head findings with it: an item may name anything, or nothing. */
export const districtOf = ({ district }: Pick<Finding, 'district'>): string =>
  shortened(district.trim() || 'No district', MOST_OF_A_NAME);

/** An item that names no known district or term may name something as long as a cell. */
const MOST_OF_A_NAME = 120;

/** `Dover, KPI return, Term 1, 2026-27`. */
export const placeOf = (finding: Finding): string => `${finding.district}, ${returnOf(finding)}`;

const returnOf = (finding: Finding): string =>
  finding.term === 0
    ? [formName(finding.form), finding.year].filter((part) => part !== '').join(', ')
    : returnName(finding);

/** Why a finding was raised, for where its values stand beside it: they are not said again. */
export const whyOf = ({ says, saysMore, why }: Finding): string =>
  [...(saysMore ? [says] : []), why].filter((part) => part !== '').join(' ');

/** How much of an operand a card has room for, in characters. */
type RoomForFacts = { label: number; shown: number };

/** The values that are doubted, or what they were compared with. */
export const factsOf = ({ operands }: Finding, is: Operand['is'], most: RoomForFacts): FactView[] =>
  operands
    .filter((operand) => operand.is === is)
    .map(({ label, shown }) => ({
      label: shortened(label, most.label),
      shown: shortened(shown, most.shown),
    }));

const STANDS: Record<Exclude<FindingStatus, 'closed'>, string> = {
  open: 'Open',
  explained: 'Explained',
  accepted: 'Accepted',
  'sent back': 'Sent back',
};

/** `Closed: it was corrected`, or for whichever reason else. */
export const closedInWords = (record: FindingRecord): string =>
  closingInWords(closingOf(record) ?? 'closed by correction');

/** Where it stands; `For you to decide` for who does. */
export function statusOf(record: FindingRecord, canDecide: boolean): string {
  if (isToDecide(record)) return canDecide ? 'For you to decide' : 'Explained, to be decided';
  if (record.status === 'open' && isStandingError(record)) return 'Open, to be corrected';
  const { status } = record;
  return status === 'closed' ? closedInWords(record) : STANDS[status];
}

/** Whether a commissioner may accept it, explained or as it stands. */
export const canAccept = (record: FindingRecord): boolean =>
  record.finding.severity === 'query' && isOpen(record);

/** `Colin Marsh, Mon 23 Nov, 09:00`. */
export const whoAndWhen = ({ by, at }: Pick<FindingEvent, 'by' | 'at'>): string =>
  `${by}, ${shortInstant(at)}`;

import { shortInstant } from '../../bot/calendar/london.ts';
import { isCorrectedHere } from '../../bot/findings/correcting.ts';
import { explanationInWords } from '../../bot/findings/explanation.ts';
import type { Finding } from '../../bot/findings/finding.ts';
import {
  closingOf,
  deedOf,
  isOpenQuery,
  needsAnswer,
  type FindingDeed,
  type FindingRecord,
} from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import { findingCode } from '../../cards/actions.ts';
import type { FindingView } from '../../cards/views.ts';
import { aboutOf, closedInWords, factsOf, labelOf, whoAndWhen, whyOf } from './finding-words.ts';
import { age, shortened } from './words.ts';

/** How many of the values that are doubted are read at a glance. */
const MOST_FACTS = 6;

/** How much is said of a finding: what there is, or what still lets it be answered. Texts are in bytes. */
const ROOMS = {
  full: { facts: 60, label: 120, shown: 240, text: 2000, causes: 20 },
  brief: { facts: 10, label: 80, shown: 80, text: 400, causes: 8 },
} as const;
export type SaidOfAFinding = keyof typeof ROOMS;

const LONGEST_CAUSE = 240;

/** A known cause as it is chosen on the card. */
const choiceOf = (cause: string): string => shortened(cause, LONGEST_CAUSE);

/** The known cause that was chosen, in full. */
export const causeMeant = ({ knownCauses }: Finding, chosen: string): string =>
  knownCauses.find((cause) => choiceOf(cause) === chosen) ?? chosen;

/** What stands in the boxes beside a finding, and why it is no explanation. */
type InBoxes = Pick<FindingView, 'cause' | 'words' | 'refused'>;

const EMPTY: InBoxes = { cause: '', words: '', refused: '' };

/** A finding for its district's lead; `typed` is what was typed beside it and not taken. */
export function findingForLead(
  record: FindingRecord,
  { at }: Look,
  typed: InBoxes | undefined,
  says: SaidOfAFinding = 'full',
): FindingView {
  const { finding } = record;
  const room = ROOMS[says];
  const isError = finding.severity === 'error';
  const tested = factsOf(finding, 'tested', room);
  const boxes = boxesOf(record, typed);
  return {
    id: findingCode(finding.id),
    label: labelOf(isError),
    isError,
    about: aboutOf(finding),
    age: age(record.raisedAt, at),
    why: shortened(whyOf(finding), room.text),
    tested: tested.slice(0, MOST_FACTS),
    more: tested.slice(MOST_FACTS, room.facts),
    against: factsOf(finding, 'compared with', room).slice(0, room.facts),
    compared: shortened(finding.compared ?? '', room.text),
    causes: choicesOf(finding, boxes.cause).slice(0, room.causes),
    said: shortened(said(record), room.text),
    note: shortened(noteOf(record), room.text),
    ...boxes,
    hasHistory: record.history.length > 1,
    canExplain: isOpenQuery(record),
    canCorrect: record.status !== 'closed' && isCorrectedHere(finding),
  };
}

/** What was typed and not taken or, where a query is asked again, what was said before. */
function boxesOf(record: FindingRecord, typed: InBoxes | undefined): InBoxes {
  if (!isOpenQuery(record)) return EMPTY;
  if (typed) return typed;
  const { cause, words } = { ...EMPTY, ...record.explanation };
  return { cause: choiceOf(cause), words, refused: '' };
}

/** The known causes, that which is chosen first where it would be left out. */
const choicesOf = ({ knownCauses }: Finding, chosen: string): string[] => {
  const choices = [...new Set(knownCauses.map(choiceOf))];
  const fits = choices.indexOf(chosen) < ROOMS.brief.causes;
  return fits ? choices : [...new Set([chosen, ...choices])];
};

const ANSWERS = new Set<FindingDeed>(['explained', 'accepted', 'sent back']);

/** Who asks again, and what is missing: until it is answered, though the figures went away and came back. */
function noteOf(record: FindingRecord): string {
  const last = record.history.findLast(({ what }) => ANSWERS.has(what));
  if (!needsAnswer(record) || last?.what !== 'sent back') return '';
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

import { shortDay, shortInstant } from '../../bot/calendar/london.ts';
import { findTerm, termName } from '../../bot/calendar/terms.ts';
import { isOpenQuery } from '../../bot/findings/register.ts';
import { notCheckedInWords, type Look } from '../../bot/look.ts';
import {
  filedReturns,
  lastFiled,
  stillDue,
  type FiledReturn,
} from '../../bot/oversight/last-return.ts';
import { rowsOf } from '../../bot/oversight/over-time.ts';
import { approvalIn, whoAndWhen } from '../../bot/returns/approval.ts';
import { heldMeasuresOf, type Form } from '../../bot/returns/measure.ts';
import { returnId, returnName, sameReturn } from '../../bot/returns/return.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { ByDistrictView, LastReturnView } from '../../cards/views.ts';
import { answerInWords } from './answer-words.ts';
import { beginning, count, shortened, stateInWords, statusLine } from './words.ts';

type ReturnView = LastReturnView['returns'][number];

/** How many returns are shown with their figures, and how much is said of each. Texts are in bytes. */
type Room = { withFigures: number; ofAnAnswer: number };

const ROOMS: readonly [Room, ...Room[]] = [
  { withFigures: 6, ofAnAnswer: 160 },
  { withFigures: 4, ofAnAnswer: 40 },
  { withFigures: 2, ofAnAnswer: 40 },
  { withFigures: 0, ofAnAnswer: 0 },
];
const MOST_FIGURES = 25;
const MOST_OF_A_QUESTION = 80;

/** Older clients refuse a card above this. */
const LARGEST_CARD = 28 * 1024;

/** What was filed last of some districts, with as many of the figures as a card has room for. */
export function lastReturnCard(districts: readonly string[], look: Look, form?: Form): Card {
  const made = (room: Room) =>
    renderCard('last-return', lastReturnView(districts, look, form, room));
  const [first, ...smaller] = ROOMS;
  let card = made(first);
  for (const room of smaller) {
    if (Buffer.byteLength(JSON.stringify(card)) < LARGEST_CARD) return card;
    card = made(room);
  }
  return card;
}

/** What was filed last of some districts, of one form or of both. */
function lastReturnView(
  districts: readonly string[],
  look: Look,
  form?: Form,
  room: Room = ROOMS[0],
): LastReturnView {
  const filed = districts.flatMap((district) => lastFiled(district, look, form));
  const due = districts.flatMap((district) => stillDue(district, look, form));
  const where = districts.join(', ');
  const named = (district: string) => (districts.length > 1 ? `${district}, ` : '');
  return {
    headline: filed.length > 0 ? `${where}: what was filed last` : `${where}: nothing is filed yet`,
    intro: filed.length > 0 ? '' : nothingInWords(look),
    returns: filed.map((one, at) => returnView(one, at, named(one.district), { look, room })),
    due: due.map(
      (one) =>
        `${named(one.district)}${returnName(one)}: ${lower(statusLine(one, look.reading.terms, look.at))}`,
    ),
    notes: [
      ...(filed.length > room.withFigures ? [NO_ROOM] : []),
      ...notCheckedInWords(look.reading.notChecked),
    ],
  };
}

const NO_ROOM =
  'There is no room for the figures of all. Please ask for the last KPI return, or the last activity report, alone.';

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const nothingInWords = ({ reading }: Look): string =>
  reading.notChecked.length > 0
    ? 'Not every list could be read, so there may be more.'
    : 'That is as far as the lists go back.';

type Beside = { look: Look; room: Room };

function returnView(
  filed: FiledReturn,
  at: number,
  named: string,
  { look, room }: Beside,
): ReturnView {
  return {
    id: `r${at}`,
    title: beginning(`${named}${returnName(filed)}`),
    stands: standsOf(filed, look),
    isShown: at === 0,
    sections: at < room.withFigures ? sectionsOf(filed, { look, room }) : [],
  };
}

/** When it was first filed, where it stands, who approved it, and what waits for an answer. */
function standsOf(filed: FiledReturn, look: Look): string[] {
  const term = findTerm(look.reading.terms, filed);
  const due = term ? ` (due ${shortDay(term.due)})` : '';
  const timely = filed.timely === undefined ? '' : filed.timely ? ', on time' : ', late';
  const approval = approvalIn(look.remembered.approvals.get(returnId(filed)));
  const open = look.situation.findings.filter(
    (one) => isOpenQuery(one) && sameReturn(one.finding, filed),
  ).length;
  return [
    ...(filed.firstFiled ? [`First filed ${shortInstant(filed.firstFiled)}${timely}${due}`] : []),
    filed.state === 'approved' && approval
      ? `Approved by ${whoAndWhen(approval)}`
      : stateInWords(filed.state),
    ...(open > 0 ? [`${count(open, 'query waits', 'queries wait')} for your answer`] : []),
  ];
}

function sectionsOf(
  { filed, ...key }: FiledReturn,
  { look, room }: Beside,
): ReturnView['sections'] {
  const measures = heldMeasuresOf(look.reading.measures, key.form, key).slice(0, MOST_FIGURES);
  return [...Map.groupBy(measures, ({ section }) => section)].map(([title, own]) => ({
    title: shortened(title, MOST_OF_A_QUESTION),
    answers: own.map(({ id, question, unit }) => ({
      question: shortened(question, MOST_OF_A_QUESTION),
      answer: shortened(answerInWords(filed.answers[id], unit), room.ofAnAnswer),
    })),
  }));
}

/** One figure of what was filed last, and the one before it. */
export function lastFigureView(
  id: string,
  districts: readonly string[],
  look: Look,
): ByDistrictView | undefined {
  const measure = rowsOf(look.reading.measures, id).at(-1);
  if (!measure) return undefined;
  return {
    headline: `${measure.question}, as filed last`,
    intro: measure.definition,
    groups: districts.map((district) => ({
      title: district,
      district: '',
      lines: figureLines(filedReturns(district, measure.form, look.situation.statuses), id, look),
      more: '',
    })),
    notes: notCheckedInWords(look.reading.notChecked),
  };
}

type Line = ByDistrictView['groups'][number]['lines'][number];

/** The last two returns that asked for it, the later first. */
function figureLines(filed: readonly FiledReturn[], id: string, { reading }: Look): Line[] {
  const asked = filed.flatMap((one) => {
    const measure = heldMeasuresOf(reading.measures, one.form, one).find((m) => m.id === id);
    return measure ? [{ one, measure }] : [];
  });
  if (asked.length === 0)
    return [{ what: '', text: 'No return with this figure is filed.', beside: '' }];
  return asked
    .slice(-2)
    .toReversed()
    .map(({ one, measure }, at) => ({
      what: answerInWords(one.filed.answers[id], measure.unit),
      text: `  ${termName(one)}`,
      beside: at === 0 ? '' : '  the one before',
    }));
}

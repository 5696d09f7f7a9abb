import {
  daysBetween,
  londonDay,
  longDay,
  shortDay,
  shortInstant,
  type Day,
} from '../../bot/calendar/london.ts';
import { findTerm, type Term } from '../../bot/calendar/terms.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import type { Return } from '../../bot/returns/return.ts';
import type { Measure } from '../../bot/returns/measure.ts';
import type { ReturnState } from '../../bot/returns/state.ts';

/** With a capital: `The bot`, `Budget sheet`. */
export const beginning = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** `1 return`, `3 returns`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

/** What a text takes on a card, in bytes: quotation marks and other alphabets take more than letters. */
export const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

const MORE = '…';
/** No character takes more. */
const MOST_OF_A_CHARACTER = 6;

/** As much of a text as a card has room for, in bytes; of plain English that is as many letters. */
export function shortened(text: string, most: number): string {
  if (text.length * MOST_OF_A_CHARACTER <= most || bytesOf(text) <= most) return text;
  let room = most - bytesOf(MORE);
  let end = 0;
  for (const character of text) {
    room -= bytesOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return `${text.slice(0, end).trimEnd()}${MORE}`;
}

/** `Overdue since Wed 18 Nov`, `Due today`, `Due on Fri 20 Nov`. */
function dueInWords(due: Day, at: Date): string {
  const days = daysBetween(londonDay(at), due);
  if (days < 0) return `Overdue since ${shortDay(due)}`;
  return days === 0 ? 'Due today' : `Due on ${shortDay(due)}`;
}

/** `Due Wednesday 18 November 2026, 5 days ago`. */
export function dueLine(term: Term | undefined, at: Date): string {
  if (!term) return '';
  const days = daysBetween(term.due, londonDay(at));
  const ago = days > 0 ? `, ${count(days, 'day')} ago` : days === 0 ? ', today' : '';
  return `Due ${longDay(term.due)}${ago}`;
}

/** `Raised today`, `Raised 3 days ago`. */
export function age(raisedAt: Date, at: Date): string {
  const days = daysBetween(londonDay(raisedAt), londonDay(at));
  return days <= 0 ? 'Raised today' : `Raised ${count(days, 'day')} ago`;
}

const STATES: Record<ReturnState, string> = {
  missing: 'Missing',
  'part filed': 'Part filed',
  filed: 'Filed',
  'filed with open queries': 'Filed, with open queries',
  approved: 'Approved',
  amended: 'Amended after approval',
};

export const stateInWords = (state: ReturnState): string => STATES[state];

const whenInWords = ({ due, locks }: Term, at: Date): string =>
  londonDay(at) > locks ? `Not received; locked on ${longDay(locks)}` : dueInWords(due, at);

/** Where one return stands, with what keeps it there. */
export function statusLine(status: ReturnStatus, terms: readonly Term[], at: Date): string {
  const term = findTerm(terms, status);
  const when = term ? whenInWords(term, at) : '';
  if (status.state === 'missing') return when;
  if (status.state === 'part filed') {
    const why =
      status.blank.length > 0
        ? `${count(status.blank.length, 'question')} blank`
        : 'something cannot be right';
    return `Part filed (${why}). ${when}`;
  }
  if (!status.firstFiled) return stateInWords(status.state);
  const late = status.timely === false ? ', late' : '';
  const isDecidedOn = status.state === 'approved' || status.state === 'amended';
  const what = isDecidedOn ? 'Filed' : stateInWords(status.state);
  return `${what} ${shortInstant(status.firstFiled)}${late}`;
}

/** `%` or `£` beside a box, or nothing. */
export function unitSign({ unit }: Measure): string {
  if (unit === 'money') return '£';
  return unit === 'count' || unit === 'decimal' ? '' : '%';
}

/** Tells somebody who was answering that the return in the list is another one now. */
export const changedMeanwhile = (held: Return | undefined): string =>
  held
    ? `This return was changed in the list on ${shortInstant(held.modifiedAt)} while you were answering. Your answers are kept: please look through them, and file again to replace what is there.`
    : 'This return was taken out of the list while you were answering. Your answers are kept: please file again.';

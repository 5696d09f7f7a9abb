import type { ParsedComponents } from 'chrono-node';
import { GB } from 'chrono-node/en';
import { addDays, mondayOf, type Day } from '../calendar/london.ts';

/** Days in words: what somebody means by `after 1 December`, `next week` or `7–11 Dec`. */
export type When =
  | { is: 'on' | 'after' | 'from' | 'until' | 'since'; day: Day }
  | { is: 'within'; first: Day; last: Day }
  /** The week after the one that was spoken of. */
  | { is: 'the week after' };

/** Words in which `@datea`, `@dateb` … stand for the days that are named. */
type Dated = { words: string; dates: readonly When[] };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;
const SHORT_MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*';
const WEEKDAY = '(?:mon|tues?|weds?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';
/** Only words with such a word in them may hold a day. */
const HOLDS_A_DAY = new RegExp(
  `\\b(?:week|weekof|month|christmas|easter|new year|fortnight|(?:last|past) \\d+ days|today|tomorrow|yesterday|${WEEKDAY}|${MONTHS.join('|')}` +
    `|\\d{1,2}(?:st|nd|rd|th)|\\d+[/-]\\d+|\\d+(?:st|nd|rd|th)? (?:of )?${SHORT_MONTH}|${SHORT_MONTH} \\d+` +
    '|in (?:\\w+) (?:days?|weeks?))\\b',
);
/** Weekdays in short are days only with nothing else that they could be. */
const DAY_TEXT = new RegExp(
  `\\d|\\b(?:today|tomorrow|yesterday|${WEEKDAY}|in \\w+ (?:days?|weeks?))\\b`,
);

/** The last place is yet to come. */
const IS_PAST = /\b(?:since|yesterday|last(?! (?:place|slot|space|spot|seat|clinic|one|few)))\b/;

type Span = { first: Day; last: Day };
type Said = { today: Day; isPast: boolean };

/** What a library of dates does not know, or takes otherwise here. */
const OWN: readonly (readonly [RegExp, (said: Said, match: RegExpExecArray) => Span])[] = [
  [/\bweek after next\b/, ({ today }) => weekOf(today, 2)],
  [/\bthis week\b|(?<=\b(?:end|rest|remainder) of )the week\b/, ({ today }) => weekOf(today, 0)],
  [/\bnext week\b/, ({ today }) => weekOf(today, 1)],
  [/\blast week\b/, ({ today }) => weekOf(today, -1)],
  [
    /\bthis month\b|(?<=\b(?:end|rest|remainder) of )the month\b/,
    ({ today }) => monthOf(today, Number(today.slice(5, 7))),
  ],
  [/\bnext month\b/, ({ today }) => monthOf(today, (Number(today.slice(5, 7)) % 12) + 1)],
  [
    /\b(?:last|past) (\d{1,3}) days\b/,
    ({ today }, [, days]) => ({ first: addDays(today, -Number(days)), last: today }),
  ],
  [/\b(?:a|one) fortnight\b/, ({ today }) => dayOnly(addDays(today, 14))],
  [/\bchristmas\b(?: day)?/, ({ today }) => dayOnly(yearly('12-25', today))],
  [/\bnew year\b(?: day)?/, ({ today }) => dayOnly(yearly('01-01', today))],
  [/\beaster\b(?! term)/, ({ today }) => dayOnly(easterFrom(today))],
  [
    new RegExp(
      `(?<!\\d |\\d(?:st|nd|rd|th) |of )\\b(?:(${MONTHS.filter((m) => m !== 'may' && m !== 'march').join('|')})|(?<=in |until |till |during |for |of )(may|march))\\b(?! \\d)`,
    ),
    ({ today }, [, plain, other]) =>
      monthOf(today, MONTHS.findIndex((m) => m === (plain ?? other)) + 1),
  ],
];

/** `between 1 and 4 December`. */
const BETWEEN = /\bbetween (?:the )?\d{1,2}(?:st|nd|rd|th)? and (?=(?:the )?\d)/;
/** `7 and 8 December`, `the 2nd or the 9th of December`. */
const TWO_DAYS = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)? (and|or) (?:the )?(\\d{1,2}(?:st|nd|rd|th)? (?:of )?(${SHORT_MONTH}))\\b`,
);
const ISO = /\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g;

/** `the 16th` where no month follows. */
const DAY_OF_MONTH = new RegExp(
  `\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?${SHORT_MONTH}\\b)`,
  'g',
);

const weekOf = (today: Day, later: number): Span => {
  const monday = addDays(mondayOf(today), 7 * later);
  return { first: monday, last: addDays(monday, 6) };
};
const dayOnly = (day: Day): Span => ({ first: day, last: day });

/** This year’s, or where it has gone by the next. */
const yearly = (monthAndDay: string, today: Day): Day => {
  const year = Number(today.slice(0, 4));
  const day = `${year}-${monthAndDay}`;
  return day >= today ? day : `${year + 1}-${monthAndDay}`;
};

/** Easter Sunday of this year, or where it has gone by of the next. */
function easterFrom(today: Day): Day {
  const year = Number(today.slice(0, 4));
  const easter = easterOf(year);
  return easter >= today ? easter : easterOf(year + 1);
}

/** The Gregorian computus, in the letters of Meeus, Jones and Butcher. */
function easterOf(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return isoDay(year, Math.floor(n / 31), (n % 31) + 1);
}

function monthOf(today: Day, month: number): Span {
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  const first = isoDay(year, month, 1);
  return { first, last: addDays(isoDay(year + Math.floor(month / 12), (month % 12) + 1, 1), -1) };
}

const isoDay = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Finds the days that are named in words (lower case, without punctuation inside a date). */
export function datesIn(words: string, today: Day): Dated {
  if (!HOLDS_A_DAY.test(words)) return { words, dates: [] };
  const spans: Span[] = [];
  const said = { today, isPast: IS_PAST.test(words) };
  const taken = withChrono(withOwn(words, said, spans), said, spans);
  return related(taken, spans);
}

function withOwn(words: string, said: Said, spans: Span[]): string {
  let left = words
    .replace(/\bweds\b/g, 'wednesday')
    .replace(/\b(?:between|from) now (?:and|to|until|till) /g, 'until ')
    .replace(/\bweek (?:of|from) (?=(?:the )?\d)/g, 'weekof ')
    .replace(/\b(?:in|for|on|during) the weekof\b/g, 'weekof')
    .replace(/\b(?:the )?week after\b(?! next)(?: that)?/, '@weekafter');
  left = left.replace(TWO_DAYS, '$1 $4 $2 $3');
  left = left.replace(BETWEEN, (between) => between.replace(' and ', ' to '));
  left = left.replace(ISO, (day: string) => mark(dayOnly(day), spans));
  for (const [pattern, read] of OWN) {
    const match = pattern.exec(left);
    if (match) left = put(left, match.index, match[0].length, read(said, match), spans);
  }
  return left.replace(DAY_OF_MONTH, (ordinal, number: string) => {
    const day = dayOfMonth(Number(number), said);
    return day ? mark(dayOnly(day), spans) : ordinal;
  });
}

/** The nearest 16th from today, or before it. */
function dayOfMonth(wanted: number, { today, isPast }: Said): Day | undefined {
  const step = isPast ? -1 : 1;
  let day = today;
  for (let i = 0; i < 62; i++, day = addDays(day, step)) {
    if (Number(day.slice(8)) === wanted) return day;
  }
  return undefined;
}

/** Only between a weekday and its day a comma is within a date. */
const COMMA_APART = new RegExp(`(?<!\\b${WEEKDAY} ),(?! (?:${WEEKDAY}|\\d{4})\\b)`, 'g');

function withChrono(written: string, said: Said, spans: Span[]): string {
  const { today, isPast } = said;
  if (!DAY_TEXT.test(written)) return written;
  const words = written.replace(COMMA_APART, '¦');
  const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
  const found = GB.parse(words, reference, { forwardDate: !isPast });
  return found
    .filter(({ text, start }) => DAY_TEXT.test(text) && namesADay(start))
    .toReversed()
    .reduce((left, { index, text, start, end }) => {
      const days = [start, ...(end ? [end] : [])].map((one) => settled(dayOf(one), text, said));
      const hour = /\b(?:morning|afternoon|evening|am|pm)\b/.exec(text)?.[0];
      const named = days.map((day) => mark(dayOnly(day), spans)).join(' to ');
      // A comma beside a weekday is taken for its own.
      const [before, after] = [/^,/, /,\s*$/].map((comma) => (comma.test(text) ? ' , ' : ''));
      const marks = `${before}${named}${hour ? ` ${hour}` : ''}${after}`;
      return `${left.slice(0, index)}${marks}${left.slice(index + text.length)}`;
    }, words)
    .replaceAll('¦', ',');
}

/** An hour alone is no day. */
const namesADay = (parts: ParsedComponents): boolean =>
  parts.isCertain('day') || parts.isCertain('weekday');

const dayOf = (parts: ParsedComponents): Day =>
  isoDay(parts.get('year') ?? 0, parts.get('month') ?? 1, parts.get('day') ?? 1);

/** `since Thursday` was last week where it is Monday now. */
function settled(day: Day, text: string, { today, isPast }: Said): Day {
  if (!isPast || day <= today) return day;
  if (new RegExp(`^(?:on )?${WEEKDAY}$`).test(text)) return addDays(day, -7);
  return /\d{4}/.test(text) ? day : `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

const put = (words: string, at: number, length: number, span: Span, spans: Span[]): string =>
  `${words.slice(0, at)}${mark(span, spans)} ${words.slice(at + length)}`.replace(/ +/g, ' ');

function mark(span: Span, spans: Span[]): string {
  spans.push(span);
  return `@span${letter(spans.length - 1)}`;
}

const letter = (index: number): string => String.fromCharCode(97 + (index % 26));
const numbered = (mark: string | undefined): number => (mark ?? 'a').charCodeAt(0) - 97;

/** The words before a day say how it is meant. */
const RELATED =
  /(?:\b(after|since|from|starting|until|till|til|up to|before|by|on|for|in|during|between|past|later than|weekof) )?(?:the )?((?:end|close|rest|remainder) of (?:the )?(?:day )?(?:on )?)?(?:@span([a-z])(?: (to|until|till|til|through|and|-) (?:the )?@span([a-z]))?|@weekafter)/g;

function related(words: string, spans: readonly Span[]): Dated {
  const dates: When[] = [];
  const add = (when: When): string => `@date${letter(dates.push(when) - 1)} `;
  const spanOf = (named: string | undefined) => (named ? spans[numbered(named)] : undefined);
  const marked = words.replace(
    RELATED,
    (_, how?: string, end?: string, one?: string, joint?: string, other?: string) => {
      const [first, last] = [spanOf(one), spanOf(other)];
      if (joint === 'and' && how !== 'between' && first && last && areApart(first, last))
        return `${add(whenOf(how, first))}${add(whenOf(how, last))}`;
      return add(whenOf(how === 'before' && end ? 'until' : how, first, last));
    },
  );
  return { words: marked.replace(/ +/g, ' ').trim(), dates };
}

/** `Monday and Wednesday` leave a day between them. */
const areApart = (one: Span, other: Span): boolean =>
  one.first === one.last && addDays(one.last, 1) !== notBefore(one.first, other.first);

/** `next Monday and Tuesday` ends in the week in which it begins. */
function notBefore(first: Day, last: Day): Day {
  if (last >= first) return last;
  const later = addDays(last, 7);
  return later >= first ? later : first;
}

function whenOf(how: string | undefined, one: Span | undefined, other?: Span): When {
  if (!one) return { is: 'the week after' };
  const isAfter = how === 'after' || how === 'past' || how === 'later than';
  if (other) {
    const first = isAfter ? addDays(one.last, 1) : one.first;
    return { is: 'within', first, last: notBefore(first, other.last) };
  }
  if (isAfter) return { is: 'after', day: one.last };
  if (how === 'weekof') return { is: 'within', ...weekOf(one.first, 0) };
  if (how === 'since') return { is: 'since', day: one.first };
  if (how === 'before') return { is: 'until', day: addDays(one.first, -1) };
  if (how && ['until', 'till', 'til', 'by', 'up to'].includes(how))
    return { is: 'until', day: one.last };
  if (how === 'from' || how === 'starting') return { is: 'from', day: one.first };
  return one.first === one.last ? { is: 'on', day: one.first } : { is: 'within', ...one };
}

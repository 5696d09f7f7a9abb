import { addDays, mondayOf, type Day } from '../calendar/london.ts';
import type { Phase } from '../directory/directory.ts';
import type { Clause } from './clause.ts';
import type { ClinicWish } from './command.ts';
import type { When } from './dates.ts';

const PHASE_WORDS: readonly (readonly [RegExp, Phase])[] = [
  [/\bearly years\b|\bnurser(?:y|ies)\b|\bpreschools?\b|\bsettings?\b/, 'Early years'],
  [/\bprimar(?:y|ies)\b|\bjuniors?\b|\binfants?\b/, 'Primary'],
  [/\bsecondar(?:y|ies)\b/, 'Secondary'],
];
const MODE_WORDS: readonly (readonly [RegExp, 'virtual' | 'in person'])[] = [
  [
    /\b(?:virtual|virtually|online|remote|remotely|on teams|via teams|teams|zoom|video|webinar)\b/,
    'virtual',
  ],
  [/\b(?:in person|face to face|on site|onsite|in the room|physical)\b/, 'in person'],
];
const FREE_WORDS =
  /\b(?:with|has|have|are|is|any|got|still|many|next|some)\b.*\b(?:places?|spaces?|room|slots?|spots?|seats?|availability|available)\b|\b(?:free|available|not full)\b/;
const BARE_FREE = /\b(?:places?|spaces?) (?:left|free|available)\b/;
const NTH = /\bnumber([2-9]|1\d|20)\b/;
const NTH_WORDS: Readonly<Record<string, number>> = { second: 2, third: 3, fourth: 4, fifth: 5 };

/** Days that nobody here can tell. */
const UNTOLD_DAY =
  /\bhalf term\b|\b(?:end|start|beginning|middle) of (?:the |this |next )?(?:term|month|year)\b|\b(?:next|last|spring|summer|autumn) term\b|\bterm [1-6]\b|\bweekends?\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d+[/-]\d+\b|\b(?:after|before|during|over) the (?:break|holidays?)\b/;
/** Hours, by which nothing is looked up. */
const HOUR =
  /\bin (?:the )?(?:morning|afternoon|evening)s?\b|\b(?:morning|afternoon|evening|twilight|lunchtime) (?:clinics?|ones?|slots?|places?|dropins?|sessions?)\b|\b\d{1,2} ?(?:am|pm)\b|\b(?:after|before) school\b|\bat lunch(?:time)?\b|@date[a-z] (?:morning|afternoon|evening|am|pm|at \d)\b/;

/** Whether a clause says when in words of which no day is made. */
export const isUntold = ({ words, dates }: Clause): boolean =>
  UNTOLD_DAY.test(words) || (dates.length === 0 && HOUR.test(words));

/** Whether somebody names hours of a day. */
export const namesHours = ({ words }: Clause): boolean => HOUR.test(words);

/** Several days of which one is asked for: `on the 2nd or the 9th`. */
export const daysToChoose = ({ dates }: Clause): Day[] => {
  const days = [...new Set(dates.flatMap((when) => (when.is === 'on' ? [when.day] : [])))];
  return days.length > 1 && days.length === dates.length ? days.slice(0, 3) : [];
};

/** What a clause says of a clinic. Whether a place must be left is only asked where one is looked for. */
export function clinicWish({ words, districts, schools, dates }: Clause, today: Day): ClinicWish {
  const district = districts[0] ?? schools[0]?.[0]?.district;
  const phase = onlyOne(PHASE_WORDS, words);
  const mode = onlyOne(MODE_WORDS, words);
  const nth = nthIn(words);
  return {
    ...(phase ? { phase } : {}),
    ...(district ? { district } : {}),
    ...daysOfWish(dates, today),
    ...(mode ? { mode } : {}),
    ...(asksForFree(words) ? { free: true } : {}),
    ...(nth ? { nth } : {}),
  };
}

/** Somebody who asks whether it is one or the other wants neither left out. */
function onlyOne<T>(named: readonly (readonly [RegExp, T])[], words: string): T | undefined {
  const found = named.filter(([pattern]) => pattern.test(words));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** How many places are left is asked of full clinics too. */
const asksForFree = (words: string): boolean =>
  !words.includes('how many') && (FREE_WORDS.test(words) || BARE_FREE.test(words));

function nthIn(words: string): number | undefined {
  const number = NTH.exec(words)?.[1];
  if (number) return Number(number);
  if (/\bclinic after next\b/.test(words)) return 2;
  const word = /\b(second|third|fourth|fifth) (?:next )?(?:clinic|one)\b/.exec(words)?.[1];
  return word ? NTH_WORDS[word] : undefined;
}

type WishDays = Pick<ClinicWish, 'after' | 'until' | 'on'>;

export const daysOfWish = (dates: readonly When[], today: Day): WishDays =>
  dates.reduce<WishDays>((days, when) => ({ ...days, ...wishDay(when, today) }), {});

function wishDay(when: When, today: Day): WishDays {
  switch (when.is) {
    case 'on':
      return { on: when.day };
    case 'after':
      return { after: when.day };
    case 'from':
    case 'since':
      return { after: addDays(when.day, -1) };
    case 'until':
      return { until: when.day };
    case 'within':
      return {
        ...(when.first > today ? { after: addDays(when.first, -1) } : {}),
        until: when.last,
      };
    case 'the week after':
      return weekAfter(today);
  }
}

/** The week after the one of that day, as days of a wish. */
export const weekAfter = (day: Day): { after: Day; until: Day } => {
  const sunday = addDays(mondayOf(day), 6);
  return { after: sunday, until: addDays(sunday, 7) };
};

/** First and last day away. Somebody who only says until when is away from today; single days are for the form. */
export function daysAway(dates: readonly When[], today: Day): { from?: Day; until?: Day } {
  if (dates.filter(({ is }) => is === 'on').length > 1) return {};
  return dates.reduce<{ from?: Day; until?: Day }>((days, when) => {
    switch (when.is) {
      case 'on':
        return { from: when.day, until: when.day, ...days };
      case 'after':
        return { ...days, from: addDays(when.day, 1) };
      case 'from':
      case 'since':
        return { ...days, from: when.day };
      case 'until':
        return { from: today, ...days, until: when.day };
      case 'within':
        return { from: when.first > today ? when.first : today, until: when.last };
      case 'the week after':
        return { from: addDays(weekAfter(today).after, 1), until: weekAfter(today).until };
    }
  }, {});
}

/** From when on somebody wants to know what changed. */
export function sinceIn(dates: readonly When[]): Day | undefined {
  const [when] = dates;
  if (!when || when.is === 'the week after' || when.is === 'until') return undefined;
  return when.is === 'within' ? when.first : when.day;
}

export const onIn = (dates: readonly When[]): Day | undefined =>
  dates.flatMap((when) => (when.is === 'on' ? [when.day] : []))[0];

export function formIn(words: string): 'KPI' | 'LAR' | undefined {
  if (/\bkpis?\b/.test(words)) return 'KPI';
  return /\blars?\b|\b(?:local )?activity reports?\b/.test(words) ? 'LAR' : undefined;
}

/** The words of a clause without what its slots are made of. */
export const withoutSlots = (words: string): string =>
  [...PHASE_WORDS, ...MODE_WORDS]
    .reduce((left, [pattern]) => left.replace(pattern, ' '), words)
    .replace(/\b(?:second|third|fourth|fifth)\b/g, ' ')
    .replace(/\b(?:with )?(?:places?|spaces?|room|availability|free|available|left)\b/g, ' ')
    .replace(/@(?:district|school|person|date)[a-z]/g, ' ')
    .replace(/\b(?:kpi|lar|local activity report|clinics?|schools?)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

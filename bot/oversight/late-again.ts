import { endOfDay, londonDay, startOfDay, type Day } from '../calendar/london.ts';
import { compareTerms, sameTerm, type Term, type TermKey } from '../calendar/terms.ts';
import { standingFor } from '../chase/arrangement.ts';
import type { ReturnStatus } from '../chase/situation.ts';
import type { Look, Saving } from '../look.ts';
import { OWED_FORMS, type Form } from '../returns/measure.ts';
import { returnId, type ReturnKey } from '../returns/return.ts';

/**
 * How a return of one term was, held against its due day. One that came in on time and was never
 * complete is not called late: by then its term was over.
 */
export type Timekeeping = TermKey & { due: Day } & (
    | { was: 'on time' | 'filed late'; filed: Date }
    | {
        was:
          | 'not filed yet'
          | 'part filed'
          | 'never received'
          | 'never complete'
          | 'not asked for'
          | 'not known';
      }
  );

const LATE: readonly Timekeeping['was'][] = [
  'filed late',
  'not filed yet',
  'part filed',
  'never received',
];

export const wasLate = ({ was }: Timekeeping): boolean => LATE.includes(was);

/** A district that is late for a form in the last term that was due, and what went before. */
export type Latecomer = {
  district: string;
  form: Form;
  /** The last terms that were due, the latest first. */
  terms: readonly Timekeeping[];
  /** How many terms running, this one included. What was not asked for is passed over. */
  running: number;
  /** In how many of the terms that are known. */
  late: number;
  known: number;
};

export type LateAgain = {
  /** The last term whose due day is over; undefined where there is none. */
  term: Term | undefined;
  /** Late before, too: those who are most terms running first. */
  again: Latecomer[];
  /** Late this once, as far as is known. */
  once: Latecomer[];
  /** What was filed before that is known by when its item was made; undefined where nothing is older. */
  watchedSince: Date | 'not yet' | undefined;
};

/** As many terms as a year has. */
const TERMS_BACK = 6;

/** Who is late for the last term that was due, and was late before. */
export function lateAgain(look: Look): LateAgain {
  const terms = termsDue(look);
  const [term] = terms;
  const late = term ? latecomers(terms, look).filter(isLateNow) : [];
  return {
    term,
    again: late.filter((one) => one.late > 1).sort(worstFirst),
    once: late.filter((one) => one.late === 1),
    watchedSince: watchedSince(terms, look),
  };
}

/** The last terms whose due day is over, the latest first. */
const termsDue = ({ reading, at }: Look): Term[] =>
  reading.terms
    .filter(({ due }) => due < londonDay(at))
    .toSorted((a, b) => compareTerms(b, a))
    .slice(0, TERMS_BACK);

function latecomers(terms: readonly Term[], look: Look): Latecomer[] {
  const known: Known = {
    look,
    statuses: new Map(look.situation.statuses.map((one) => [returnId(one), one])),
    saving: new Map(latestFirst(look.remembered.saving).map((one) => [returnId(one.key), one])),
  };
  return look.reading.districts.flatMap(({ name }) =>
    OWED_FORMS.map((form) => {
      const kept = terms.map((term) =>
        timekeepingOf({ form, district: name, ...keyOf(term) }, term, known),
      );
      return { district: name, form, terms: kept, ...countLate(kept) };
    }),
  );
}

const keyOf = ({ year, term }: TermKey): TermKey => ({ year, term });

const isLateNow = ({ terms: [first] }: Latecomer): boolean => first !== undefined && wasLate(first);

const worstFirst = (a: Latecomer, b: Latecomer): number =>
  b.running - a.running || b.late - a.late || a.district.localeCompare(b.district);

/** Counts lateness over terms, the latest first. */
export function countLate(
  terms: readonly Timekeeping[],
): Pick<Latecomer, 'running' | 'late' | 'known'> {
  const asked = terms.filter(({ was }) => was !== 'not asked for');
  const end = asked.findIndex((one) => !wasLate(one));
  return {
    running: end < 0 ? asked.length : end,
    late: asked.filter(wasLate).length,
    known: asked.filter(({ was }) => was !== 'not known').length,
  };
}

/** Of two answers to one return that wait to be saved the first counts. */
const latestFirst = (saving: readonly Saving[]): Saving[] =>
  saving.toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());

/** What a look knows of returns, by their ids. */
type Known = {
  look: Look;
  statuses: ReadonlyMap<string, ReturnStatus>;
  saving: ReadonlyMap<string, Saving>;
};

function timekeepingOf(key: ReturnKey, term: Term, { look, statuses, saving }: Known): Timekeeping {
  const { situation, at } = look;
  const of = { ...keyOf(term), due: term.due };
  if (situation.unread.has(key.form)) return { ...of, was: 'not known' };
  const id = returnId(key);
  const status = statuses.get(id);
  if (status?.firstFiled) return filedOn(of, status.firstFiled);
  const received = saving.get(id);
  if (received) return filedOn(of, received.receivedAt);
  if (standingFor(key, situation).withdrawn) return { ...of, was: 'not asked for' };
  if (londonDay(at) <= term.locks) {
    return { ...of, was: status?.filed ? 'part filed' : 'not filed yet' };
  }
  if (!status?.filed)
    return { ...of, was: wasGathered(key, look) ? 'never received' : 'not known' };
  const { createdAt } = status.filed;
  return createdAt > endOfDay(term.due)
    ? { ...of, was: 'filed late', filed: createdAt }
    : { ...of, was: 'never complete' };
}

const filedOn = (of: TermKey & { due: Day }, filed: Date): Timekeeping => ({
  ...of,
  was: filed <= endOfDay(of.due) ? 'on time' : 'filed late',
  filed,
});

/** Where no district filed a form in a term, nobody was asked for it as far as the lists tell. */
const wasGathered = ({ form, year, term }: ReturnKey, { reading }: Look): boolean =>
  reading.returns.some((one) => one.form === form && sameTerm(one, { year, term }));

/** When the bot first kept anything; undefined where it was there for the whole of these terms. */
function watchedSince(terms: readonly Term[], look: Look): LateAgain['watchedSince'] {
  const oldest = terms.at(-1);
  if (!oldest) return undefined;
  const { findings, deliveries } = look.remembered;
  const kept = [
    ...[...findings.values()].map(({ raisedAt }) => raisedAt),
    ...deliveries.map(({ decidedAt }) => decidedAt),
  ];
  const [any] = kept;
  if (!any) return 'not yet';
  const first = kept.reduce((one, other) => (other < one ? other : one), any);
  return first > startOfDay(oldest.starts) ? first : undefined;
}

import { expect, test } from 'vitest';
import { decideAlerts } from '../../../bot/chase/alerts.ts';
import { decideChases } from '../../../bot/chase/decide.ts';
import type { ChaseEntry } from '../../../bot/chase/history.ts';
import type { Situation } from '../../../bot/chase/situation.ts';
import {
  bankHolidays,
  calendar,
  commissioner,
  loggedOf,
  manager,
  personOf,
  situationOf,
  statusOf,
  T1,
  terms,
} from '../made.ts';

const people = [personOf({ managerEmail: manager.email }), manager, commissioner];

/** Term 1 is due on Wednesday 25 November instead of the 18th. */
const moved = {
  terms: terms.map((term) =>
    term.year === T1.year && term.term === T1.term ? { ...term, due: '2026-11-25' } : term,
  ),
  bankHolidays,
};

/** Who was told at which stage on some days, each in turn. */
function told(days: readonly string[], over: (day: string) => Partial<Situation>): string[][] {
  const log: ChaseEntry[] = [];
  return days.map((day) => {
    const at = `2026-${day}T09:00:00Z`;
    const now = situationOf(at, { people, statuses: [statusOf()], log: [...log], ...over(day) });
    const { messages } = decideChases(now);
    const all = [...messages, ...decideAlerts(now, messages)].filter(({ logs }) => logs.length > 0);
    log.push(...loggedOf(all, at));
    return all.map(({ kind, stage }) => `${kind} ${stage}`);
  });
}

test('all are told at the stages of a due day that was moved, though they were told at those before', () => {
  const until = (last: string) => (day: string) => ({ calendar: day <= last ? calendar : moved });
  expect(
    told(['11-19', '11-20', '11-24', '11-25', '11-26', '11-30', '12-02', '12-09'], until('11-19')),
  ).toEqual([
    ['chase +1'],
    [],
    ['chase -1'],
    [],
    ['chase +1'],
    ['chase +3'],
    ['chase +5', 'manager +5'],
    ['chase +10', 'alert +10'],
  ]);
});

test('the manager and the commissioners are told again, where the due day was moved after they were told', () => {
  const locks = (all: typeof terms) => all.map((term) => ({ ...term, locks: '2026-12-18' }));
  const before = { terms: locks(terms), bankHolidays };
  const after = { terms: locks(moved.terms), bankHolidays };
  expect(
    told(['11-25', '11-26', '12-02', '12-03', '12-09', '12-10'], (day) => ({
      calendar: day === '11-25' || day === '12-02' ? before : after,
    })),
  ).toEqual([
    ['chase +5', 'manager +5'],
    ['chase +1'],
    ['chase +10', 'alert +10'],
    ['manager +5'],
    ['chase +10', 'alert +10'],
    [],
  ]);
});

import { leads, leadsOf, managerEmails, personWithEmail, type Person } from './access/people.ts';
import type { Held } from './assess.ts';
import { addDays, londonDay, longDay } from './calendar/london.ts';
import { calendarProblems, gapProblems } from './calendar/terms.ts';
import type { CheckReport } from './findings/check.ts';
import { problemInWords } from './findings/rule-problem.ts';

/** What a calendar that cannot be right leads to. */
const STOPPED = 'Until the terms list is put right, nobody is chased.';

/** How long before the last term ends its end is told. */
const WARNING_DAYS = 28;

/** Why the calendar cannot be right, or is not known. */
export const calendarUnknown = ({ terms, unusableTerms }: Held, at: Date): string[] => [
  ...calendarProblems(terms),
  ...gapProblems(terms, londonDay(at)),
  ...unusableTerms.map(
    (title) =>
      `The row “${title}” of the terms list cannot be used, so it is not known which days are working days.`,
  ),
];

/** What commissioners have to mend in their lists, in words that name the row and the remedy. */
export function listProblems(held: Held, report: CheckReport, at: Date): string[] {
  return [
    ...calendarUnknown(held, at).map((problem) => `${problem} ${STOPPED}`),
    ...endOfTerms(held, at),
    ...peopleProblems(held),
    ...held.rowProblems,
    ...report.problems.map((p) => `Rule ${p.rule} is left out: ${problemInWords(p)}.`),
    ...neverRun(report),
  ];
}

/**
 * Rules that fail wherever they are tried, such as a division by zero. An answer that cannot be read
 * has a rule of its own, and a column that cannot has a line of its own.
 */
function neverRun({ couldNotRun }: CheckReport): string[] {
  const failed = couldNotRun.flatMap(({ rule, outcome }) =>
    outcome.kind === 'could not run' && outcome.because === 'the rule'
      ? [{ rule, reason: outcome.reason }]
      : [],
  );
  return [...Map.groupBy(failed, (f) => f.rule)].map(
    ([rule, all]) => `Rule ${rule} could not be run on ${all.length} returns: ${all[0]?.reason}.`,
  );
}

/** After the last term no day is a working day, so nobody is chased. */
function endOfTerms({ terms }: Held, at: Date): string[] {
  const last = terms
    .map((term) => term.ends)
    .sort()
    .at(-1);
  if (!last || last >= addDays(londonDay(at), WARNING_DAYS)) return [];
  return [
    `The terms list ends on ${longDay(last)}. Nobody is chased after that: please add the next terms.`,
  ];
}

function peopleProblems({ districts, people }: Held): string[] {
  const unled = districts.filter(({ name }) => leadsOf(people, name).length === 0);
  return [
    ...unled.map(
      ({ name }) => `${name} has no lead in the people list, so nobody is chased for it.`,
    ),
    ...leads(people)
      .filter((lead) => lead.id === '')
      .map(
        (lead) =>
          `${lead.name} has no Entra object id in the people list and cannot be written to.`,
      ),
    ...leads(people).flatMap((lead) => managerProblems(lead, people)),
  ];
}

const managerProblems = (lead: Person, people: readonly Person[]): string[] =>
  managerEmails(lead).flatMap((email) => {
    const manager = personWithEmail(people, email);
    if (!manager) return [`The manager of ${lead.name}, ${email}, is not in the people list.`];
    return manager.id === ''
      ? [
          `${manager.name}, the manager of ${lead.name}, has no Entra object id in the people list and cannot be written to.`,
        ]
      : [];
  });

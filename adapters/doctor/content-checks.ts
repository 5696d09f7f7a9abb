import { commissioners, leads, leadsOf, managerOf } from '../../bot/access/people.ts';
import { check, type CheckReport } from '../../bot/findings/check.ts';
import { listProblems } from '../../bot/list-problems.ts';
import type { Reading } from '../../bot/look.ts';
import { ServiceRefused } from '../errors.ts';
import { BOT_LISTS, DISTRICTS, PEOPLE, RULES, TERMS } from '../sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from '../sharepoint/council-lists.ts';
import { listNamed } from '../sharepoint/provision-lists.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';
import type { Check } from './examine.ts';
import { listed, NotChecked, ok, orFine, problem, type Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** What the lists say: whether it can be read, and whether it is enough to work with. */
export const CONTENT_CHECKS: readonly Check<Subject>[] = [
  { id: 'reading', needs: ['site'], look: readingFindings },
  { id: 'council-columns', needs: ['reading'], look: withReading(driftFindings) },
  { id: 'rows', needs: ['reading'], look: withReading(rowFindings) },
  { id: 'rules', needs: ['reading'], look: withReading(ruleFindings) },
  { id: 'terms', needs: ['reading'], look: withReading(termFindings) },
  { id: 'districts', needs: ['reading'], look: withReading(districtFindings) },
  { id: 'people', needs: ['reading'], look: withReading(peopleFindings) },
  { id: 'object-ids', needs: ['reading'], look: withReading(objectIdFindings) },
];

async function readingFindings(subject: Subject): Promise<Finding[]> {
  const { notChecked, rowProblems } = await readingOf(subject);
  const there = await subject.lists();
  const own = BOT_LISTS.filter(({ displayName }) => listNamed(there, displayName));
  const unread = [
    ...notChecked
      .filter(({ list }) => listNamed(there, list))
      .map(({ list, reason }) => `${list}${UNREAD}${reason}`),
    ...rowProblems.filter((text) =>
      own.some(({ displayName }) => text.startsWith(`${displayName}${UNREAD}`)),
    ),
  ];
  return orFine(
    unread.map((text) => told(text, 'Let the bot read the list as it reads the site.')),
    'every list that is there can be read',
  );
}

const UNREAD = ' could not be read: ';

/** What is not on the site has been told already. */
async function readingOf(subject: Subject): Promise<Reading> {
  try {
    return await subject.reading();
  } catch (error) {
    if (!(error instanceof ListsUnavailable)) throw error;
    const isAbsent = error.cause instanceof ServiceRefused && error.cause.status === 404;
    if (isAbsent) throw new NotChecked('waits for “bot-lists”, above', { cause: error });
    throw error;
  }
}

type LookAtReading = (reading: Reading, subject: Subject) => readonly Finding[];

function withReading(look: LookAtReading) {
  return async (subject: Subject) => look(await subject.reading(), subject);
}

/** A problem as the bot words it for commissioners: what, and often “Please …”. */
function told(text: string, otherwise: string): Finding {
  const [what = '', ...wishes] = text.replace(/\.$/, '').split(/[.:] [Pp]lease /);
  return problem(what, wishes.map((wish) => `Please ${wish}.`).join(' ') || otherwise);
}

const MOST_OF_A_KIND = 12;

function few(problems: readonly Finding[]): Finding[] {
  const more = problems.length - MOST_OF_A_KIND;
  if (more <= 0) return [...problems];
  const rest = problem(`${more} more of the same kind`, 'Mend these and ask again.');
  return [...problems.slice(0, MOST_OF_A_KIND), rest];
}

const isAbout = (beginnings: readonly string[]) => (text: string) =>
  beginnings.some((beginning) => text.startsWith(beginning));

/** Columns of the council's that are gone or hold something else than the measures say. */
function driftFindings({ rowProblems, districts }: Reading): Finding[] {
  const drifted = rowProblems
    .filter(isAbout(COUNCIL_LISTS.map(({ list }) => list)))
    // Where no district is listed, that is told once.
    .filter((text) => districts.length > 0 || !text.includes(DISTRICTS));
  return orFine(
    few(drifted.map((text) => told(text, 'Put the column back as it was.'))),
    'every measure has its column',
  );
}

function rowFindings({ rowProblems }: Reading): Finding[] {
  const rows = rowProblems.filter(isAbout(BOT_LISTS.map((list) => `${list.displayName}: `)));
  return orFine(
    few(rows.map((text) => told(text, `Correct the row in ${text.split(':')[0]}.`))),
    'every row of the bot’s lists can be used',
  );
}

const NO_REPORT: CheckReport = { findings: [], outcomes: [], problems: [] };

/** Rules that cannot be read, and rules that fail wherever they are tried. */
function ruleFindings(reading: Reading, { now }: Subject): Finding[] {
  const districts = new Map(reading.districts.map((d) => [d.name, d.figures]));
  const report = check(reading.rules, { ...reading, districts });
  const only = { ...reading, people: [], districts: [], rowProblems: [] };
  const others = new Set(listProblems(only, NO_REPORT, now()));
  return orFine(
    few(
      listProblems(only, report, now())
        .filter((text) => !others.has(text))
        .map((text) => told(text, `Correct the rule in ${RULES}.`)),
    ),
    'every rule can be run',
  );
}

function termFindings(reading: Reading, { now }: Subject): Finding[] {
  const only = { ...reading, people: [], districts: [], rowProblems: [] };
  return orFine(
    listProblems(only, NO_REPORT, now()).map((text) =>
      told(text, `Correct the rows of ${TERMS}, or add to them.`),
    ),
    'the terms follow one another, and do not end soon',
  );
}

function districtFindings({ districts, people }: Reading): Finding[] {
  if (districts.length === 0) {
    return [
      problem('no district is listed, so no return is owed', `Add a row for each to ${DISTRICTS}.`),
    ];
  }
  const unled = districts.filter(({ name }) => leadsOf(people, name).length === 0);
  const names = listed(unled.map(({ name }) => name));
  return unled.length === 0
    ? [ok(`all ${districts.length} have a lead`)]
    : [
        problem(
          `nobody is chased for ${names}: no lead`,
          `Add a row with the role “District lead” and that district to ${PEOPLE}.`,
        ),
      ];
}

function peopleFindings({ people }: Reading): Finding[] {
  const unmanaged = leads(people).filter((p) => p.managerEmail !== '' && !managerOf(people, p));
  return orFine(
    [
      ...(commissioners(people).length > 0
        ? []
        : [
            problem(
              'nobody is a commissioner, so nobody is told what looks wrong',
              `Add a row with the role “Commissioner” to ${PEOPLE}.`,
            ),
          ]),
      ...unmanaged.map(({ name, managerEmail }) =>
        problem(
          `the manager of ${name}, ${managerEmail}, is not in the people list`,
          `Add the manager to ${PEOPLE}, or correct the manager’s e-mail of ${name} there.`,
        ),
      ),
    ],
    `${leads(people).length} leads, ${commissioners(people).length} commissioners`,
  );
}

/** The bot writes to leads, managers and commissioners, and knows everybody who writes to it, by this id alone. */
function objectIdFindings({ people }: Reading): Finding[] {
  const unknown = people.filter(({ id }) => id === '');
  const names = listed([...new Set(unknown.map(({ name }) => name))]);
  return unknown.length === 0
    ? [ok('everybody has one')]
    : [
        problem(
          `no Entra object id, so the bot does not know them: ${names}`,
          `Put each person’s Entra object id into ${PEOPLE}; Microsoft Entra shows it on the user’s page.`,
        ),
      ];
}

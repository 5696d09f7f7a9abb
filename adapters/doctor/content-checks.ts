import {
  commissioners,
  leads,
  leadsOf,
  managerEmails,
  personWithEmail,
} from '../../bot/access/people.ts';
import { check, type CheckReport } from '../../bot/findings/check.ts';
import { listProblems } from '../../bot/list-problems.ts';
import type { Reading } from '../../bot/look.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { BOT_LISTS, DISTRICTS, PEOPLE, RULES, TERMS } from '../sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from '../sharepoint/council-lists.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';
import { named } from '../sharepoint/site-memory.ts';
import {
  firstLineOf,
  listed,
  NotChecked,
  ok,
  orFine,
  problem,
  type Diagnosis,
} from './diagnosis.ts';
import type { Check } from './examine.ts';
import type { Subject } from './subject.ts';
import { fromList, isOfOne, listOf } from './worded.ts';

/** What the lists say: whether it can be read, and whether it is enough to work with. */
export const CONTENT_CHECKS: readonly Check<Subject>[] = [
  { id: 'reading', needs: ['site'], look: readingDiagnoses },
  { id: 'council-columns', needs: ['reading'], look: withReading(driftDiagnoses) },
  { id: 'rows', needs: ['reading'], look: withReading(rowDiagnoses) },
  { id: 'rules', needs: ['reading'], look: withReading(ruleDiagnoses) },
  { id: 'terms', needs: ['reading'], look: withReading(termDiagnoses) },
  { id: 'districts', needs: ['reading'], look: withReading(districtDiagnoses) },
  { id: 'people', needs: ['reading'], look: withReading(peopleDiagnoses) },
  { id: 'object-ids', needs: ['reading'], look: withReading(objectIdDiagnoses) },
];

async function readingDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const { notChecked } = await readingOf(subject);
  const there = await subject.lists();
  const council = notChecked.filter(({ list }) => named(list, there));
  const own = await Promise.all(
    BOT_LISTS.filter(({ displayName }) => named(displayName, there)).map(({ displayName: list }) =>
      whyUnread(list, subject),
    ),
  );
  return orFine(
    [...council, ...own.flat()].map(({ list, reason }) =>
      fromList(
        `${list} could not be read: ${reason}`,
        'Let the bot read the list as it reads the site.',
      ),
    ),
    'every list that is there can be read',
  );
}

/** Why a list of the bot's own cannot be read, if so: the reading goes on without some, and only says so in words. */
async function whyUnread(
  list: string,
  subject: Subject,
): Promise<{ list: string; reason: string }[]> {
  try {
    await subject.site().items(list);
    return [];
  } catch (error) {
    if (!(error instanceof ServiceRefused) && !(error instanceof NetworkFailed)) throw error;
    return [{ list, reason: firstLineOf(error) }];
  }
}

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

type LookAtReading = (reading: Reading, subject: Subject) => readonly Diagnosis[];

function withReading(look: LookAtReading) {
  return async (subject: Subject) => look(await subject.reading(), subject);
}

const MOST_OF_A_KIND = 12;

function few(problems: readonly Diagnosis[]): Diagnosis[] {
  const more = problems.length - MOST_OF_A_KIND;
  if (more <= 0) return [...problems];
  const rest = problem(`${more} more of the same kind`, 'Mend these and ask again.');
  return [...problems.slice(0, MOST_OF_A_KIND), rest];
}

const COUNCILS = COUNCIL_LISTS.map(({ list }) => list);
const OWN = BOT_LISTS.map(({ displayName }) => displayName);

/** Columns of the council's that are gone or hold something else than the measures say. */
function driftDiagnoses({ rowProblems, districts }: Reading): Diagnosis[] {
  const drifted = rowProblems
    .filter(isOfOne(COUNCILS))
    // Where no district is listed, that is told once.
    .filter((text) => districts.length > 0 || !text.includes(DISTRICTS));
  return orFine(
    few(drifted.map((text) => fromList(text, 'Put the column back as it was.'))),
    'every measure has its column',
  );
}

function rowDiagnoses({ rowProblems }: Reading): Diagnosis[] {
  const rows = rowProblems.filter(isOfOne(OWN));
  return orFine(
    few(rows.map((text) => fromList(text, `Correct the row in ${listOf(OWN, text)}.`))),
    'every row of the bot’s lists can be used',
  );
}

const NO_REPORT: CheckReport = {
  findings: [],
  outcomes: [],
  couldNotRun: [],
  problems: [],
  seenAgain: () => ({ checked: undefined, outcomes: [] }),
};

/** Rules that cannot be read, and rules that fail wherever they are tried. */
function ruleDiagnoses(reading: Reading, { now }: Subject): Diagnosis[] {
  const report = check(reading.rules, reading);
  const only = { ...reading, people: [], districts: [], rowProblems: [] };
  const others = new Set(listProblems(only, NO_REPORT, now()));
  return orFine(
    few(
      listProblems(only, report, now())
        .filter((text) => !others.has(text))
        .map((text) => fromList(text, `Correct the rule in ${RULES}.`)),
    ),
    'every rule can be run',
  );
}

function termDiagnoses(reading: Reading, { now }: Subject): Diagnosis[] {
  const only = { ...reading, people: [], districts: [], rowProblems: [] };
  return orFine(
    listProblems(only, NO_REPORT, now()).map((text) =>
      fromList(text, `Correct the rows of ${TERMS}, or add to them.`),
    ),
    'the terms follow one another, and do not end soon',
  );
}

function districtDiagnoses({ districts, people }: Reading): Diagnosis[] {
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

function peopleDiagnoses({ people }: Reading): Diagnosis[] {
  const unmanaged = leads(people).flatMap((lead) =>
    managerEmails(lead)
      .filter((email) => !personWithEmail(people, email))
      .map((email) => ({ name: lead.name, email })),
  );
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
      ...unmanaged.map(({ name, email }) =>
        problem(
          `the manager of ${name}, ${email}, is not in the people list`,
          `Add the manager to ${PEOPLE}, or correct the manager’s e-mail of ${name} there.`,
        ),
      ),
    ],
    `${leads(people).length} leads, ${commissioners(people).length} commissioners`,
  );
}

/** The bot writes to leads, managers and commissioners, and knows everybody who writes to it, by this id alone. */
function objectIdDiagnoses({ people }: Reading): Diagnosis[] {
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

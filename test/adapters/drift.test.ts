import { describe, expect, test } from 'vitest';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { writeReturn, type AnswersToWrite } from '../../adapters/sharepoint/write-return.ts';
import { assess, type Assessment, type Remembered } from '../../bot/assess.ts';
import type { Reading } from '../../bot/look.ts';
import { measuresOf } from '../../bot/returns/measure.ts';
import { countingById, returnId, type ReturnKey } from '../../bot/returns/return.ts';
import { councilSite } from '../../infra/local/demo/council-site.ts';
import type { SeedColumn } from '../../infra/local/sharepoint/seed.ts';
import { changeRow, demoSites, itemsOf, KPI, LAR, removeList, type DemoSite } from './demo-site.ts';

const sites = demoSites({ since: '2025-26' });
const MONDAY = new Date('2026-11-23T09:00:00Z');
const open = () => sites.open(() => MONDAY);
const NOTHING: Remembered = {
  findings: new Map(),
  approvals: new Map(),
  filings: new Map(),
};
const MEASURES = 'STLS Bot Measures';
const CASELOAD = 'School_x0020_Caseload';
const DOVER: ReturnKey = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 };

type Looked = { reading: Reading; seen: Assessment };

/** One look, with what an earlier one learnt. */
async function look({ site }: DemoSite, before?: Looked): Promise<Looked> {
  const reading = await readHeld(site);
  const remembered = before
    ? { ...NOTHING, findings: before.seen.register, filings: before.seen.newFilings }
    : NOTHING;
  return { reading, seen: assess(reading, remembered, MONDAY) };
}

const statesIn = ({ seen }: Looked) =>
  seen.statuses.map((status) => `${returnId(status)} ${status.state}`);
const answersIn = ({ reading }: Looked) =>
  Object.fromEntries(reading.returns.map((r) => [`${r.list} ${r.itemId}`, r.answers]));
const outcomesOf = (rule: string, { seen }: Looked) =>
  seen.report.outcomes.filter((o) => o.rule === rule);

type Facet = Record<string, unknown>;
const NUMBER: Facet = { number: {} };
const TEXT: Facet = { text: { allowMultipleLines: false } };

async function removeColumn({ graph }: DemoSite, list: string, name: string): Promise<void> {
  const { status } = await graph.send('DELETE', graph.list(list, `/columns/${name}`));
  expect(status).toBe(204);
}

async function makeColumn({ graph }: DemoSite, list: string, name: string, facet: Facet) {
  const { status } = await graph.send('POST', graph.list(list, '/columns'), { name, ...facet });
  expect(status).toBe(201);
}

/** The same internal name, and another type, as when a column is deleted and made anew. */
async function retype(demo: DemoSite, list: string, name: string, facet: Facet): Promise<void> {
  await removeColumn(demo, list, name);
  await makeColumn(demo, list, name, facet);
}

/** What a column holds now, to be put back: by item id. */
const cellsOf = async ({ site }: DemoSite, list: string, name: string) =>
  (await site.items(list)).flatMap(({ id, fields }) =>
    name in fields ? [{ id, cell: fields[name] }] : [],
  );

async function putBack(
  { graph }: DemoSite,
  list: string,
  name: string,
  cells: Awaited<ReturnType<typeof cellsOf>>,
): Promise<void> {
  for (const { id, cell } of cells) {
    const path = graph.list(list, `/items/${id}/fields`);
    expect((await graph.send('PATCH', path, { [name]: cell })).status).toBe(200);
  }
}

test('a column that is called something else now changes nothing', async () => {
  const demo = await open();
  const before = await look(demo);
  for (const name of [CASELOAD, 'District', 'Term', 'Comments']) {
    await demo.graph.send('PATCH', demo.graph.list(KPI, `/columns/${name}`), {
      displayName: `Our own name for ${name}`,
    });
  }
  const after = await look(demo, before);
  expect(after.reading).toEqual(before.reading);
  expect(after.seen.changed).toEqual([]);
  expect(after.seen.problems).toEqual([]);
});

describe('a column of a measure that is deleted', () => {
  const RULE = 'supported-within-caseload-schools';

  test('is told in one line; its checks could not run, and nothing else is thought of anybody', async () => {
    const demo = await open();
    const before = await look(demo);
    await removeColumn(demo, KPI, CASELOAD);
    const after = await look(demo, before);
    expect(after.seen.problems).toEqual([
      expect.stringMatching(
        /^STLS KPI Returns has no column with the internal name School_x0020_Caseload, so “School caseload” \(schoolCaseload\) is not asked, .* could not run\. Please make it again/,
      ),
    ]);
    expect(statesIn(after), 'nothing became missing or part filed').toEqual(statesIn(before));
    expect(after.seen.changed, 'findings stay as they are').toEqual([]);
    const outcomes = outcomesOf(RULE, after);
    expect(outcomes).toHaveLength(outcomesOf(RULE, before).length);
    expect(new Set(outcomes.map(({ outcome }) => outcome.kind))).toEqual(
      new Set(['could not run']),
    );
    expect(after.seen.newFilings).toEqual(new Map());
    const asked = measuresOf(after.reading.measures, 'KPI', DOVER).map(({ id }) => id);
    expect(asked).not.toContain('schoolCaseload');
    expect(asked).toHaveLength(18);
  });

  test('and made again is as it was, without a restart', async () => {
    const demo = await open();
    const before = await look(demo);
    const cells = await cellsOf(demo, KPI, CASELOAD);
    await removeColumn(demo, KPI, CASELOAD);
    const during = await look(demo, before);
    await makeColumn(demo, KPI, CASELOAD, NUMBER);
    await putBack(demo, KPI, CASELOAD, cells);
    const after = await look(demo, during);
    expect(after.seen.problems).toEqual([]);
    expect(answersIn(after)).toEqual(answersIn(before));
    expect(statesIn(after)).toEqual(statesIn(before));
    expect(after.seen.changed).toEqual([]);
    expect(outcomesOf(RULE, after)).toEqual(outcomesOf(RULE, before));
  });

  test('has its reasons kept in the comments while others are filed', async () => {
    const demo = await open();
    const filing = await filingOf(demo, {
      schoolCaseload: { kind: 'not known', reason: 'the register was being moved' },
      eyCaseload: { kind: 'number', value: 95, raw: '95' },
    });
    await writeReturn(demo.site, filing, undefined);
    const cells = await cellsOf(demo, KPI, CASELOAD);
    await removeColumn(demo, KPI, CASELOAD);
    await writeReturn(demo.site, await filingOf(demo, {}, 'Said anew.'), await doversReturn(demo));
    await makeColumn(demo, KPI, CASELOAD, NUMBER);
    await putBack(demo, KPI, CASELOAD, cells);
    const back = await doversReturn(demo);
    expect(back?.answers['schoolCaseload']).toEqual({
      kind: 'not known',
      reason: 'the register was being moved',
    });
    expect(back?.remarks).toBe('Said anew.');
    expect(back?.answers['eyCaseload'], 'it was filed blank').toEqual({ kind: 'blank' });
  });
});

describe('a column of a measure that is another type now', () => {
  test.each<[string, string, Facet, string]>([
    ['a number is text', CASELOAD, TEXT, 'holds text and not numbers'],
    ['text is a number', 'field_8', NUMBER, 'holds numbers and not text'],
    ['a number is yes or no', CASELOAD, { boolean: {} }, 'holds yes or no and not numbers'],
    ['a number is a date', CASELOAD, { dateTime: {} }, 'holds dates and not numbers'],
    ['a number is a choice', CASELOAD, { choice: { choices: ['1'] } }, 'holds choices and not'],
  ])('%s: it is told so, and nothing is guessed', async (_, name, facet, says) => {
    const demo = await open();
    const before = await look(demo);
    await retype(demo, KPI, name, facet);
    const after = await look(demo, before);
    expect(after.seen.problems).toEqual([expect.stringContaining(says)]);
    expect(after.seen.problems[0]).toContain(`(internal name ${name})`);
    expect(statesIn(after)).toEqual(statesIn(before));
    expect(after.seen.changed).toEqual([]);
  });

  test('is used as it is where its row does not say how it is stored', async () => {
    const demo = await open();
    await changeRow(demo, MEASURES, 'schoolCaseload', { StoredAs: null });
    await changeRow(demo, MEASURES, 'primarySchoolsSupportedPct', { StoredAs: null });
    await retype(demo, KPI, CASELOAD, TEXT);
    await retype(demo, KPI, 'field_8', NUMBER);
    const filing = await filingOf(demo, {
      schoolCaseload: { kind: 'number', value: 1178, raw: '' },
      primarySchoolsSupportedPct: { kind: 'number', value: 82.5, raw: '' },
    });
    await writeReturn(demo.site, filing, undefined);
    const [item] = await itemsOf(demo.site, KPI, ['Dover', '2026-27', 'Term 1']);
    expect(item?.fields).toMatchObject({ [CASELOAD]: '1178', field_8: 82.5 });
    const back = await doversReturn(demo);
    expect(back?.answers['schoolCaseload']).toMatchObject({ kind: 'number', value: 1178 });
    expect(back?.answers['primarySchoolsSupportedPct']).toMatchObject({ value: 82.5 });
    expect((await readHeld(demo.site)).rowProblems).toEqual([]);
  });

  test('between the reading and the writing takes nothing, and nothing is dropped', async () => {
    const demo = await open();
    const filing = await filingOf(demo, {
      schoolCaseload: { kind: 'number', value: 178, raw: '178' },
    });
    await retype(demo, KPI, CASELOAD, { boolean: {} });
    await expect(writeReturn(demo.site, filing, undefined)).rejects.toThrow(/holds yes or no/);
    await removeColumn(demo, KPI, CASELOAD);
    await expect(writeReturn(demo.site, filing, undefined)).rejects.toThrow(/has no column/);
    expect(await itemsOf(demo.site, KPI, ['Dover', '2026-27', 'Term 1'])).toEqual([]);
  });
});

describe('a new choice', () => {
  const choices = (columns: readonly SeedColumn[], name: string) =>
    columns.find((column) => column.name === name)?.choices ?? [];

  test.each([
    ['District', 'Medway', /offers “Medway”, which no row of STLS Bot Districts names/],
    ['Term', 'Summer', /offers “Summer”, which is no term from 1 to 6/],
  ])('of %s is told before anybody files under it', async (name, added, says) => {
    const demo = await open();
    const before = await look(demo);
    const all = [...choices(seedColumns(KPI), name), added];
    const column = demo.graph.list(KPI, `/columns/${name}`);
    await demo.graph.send('PATCH', column, { choice: { choices: all } });
    const after = await look(demo, before);
    expect(after.seen.problems).toEqual([expect.stringMatching(says)]);
    expect(answersIn(after)).toEqual(answersIn(before));
  });
});

describe('a column that says whose return it is', () => {
  test.each([
    [KPI, 'District'],
    [KPI, 'Academic_x0020_Year'],
    [KPI, 'Term'],
    [LAR, 'Comments'],
    ['STLS Budget and Spend', 'As_x0020_Of_x0020_Term'],
    ['STLS AET Training', 'As_x0020_Of'],
    ['STLS AET Training', 'Phase'],
  ])(
    'of %s and is deleted, %s: the list could not be checked, and nobody is missing',
    async (...where) => {
      const [list, name] = where;
      const demo = await open();
      const before = await look(demo);
      await removeColumn(demo, list, name);
      const after = await look(demo, before);
      const [unread, ...others] = after.reading.notChecked;
      expect(others).toEqual([]);
      expect(unread).toMatchObject({
        list,
        reason: `it has no column with the internal name ${name}. Please make it again with that internal name`,
      });
      const form = unread?.forms[0];
      expect(after.seen.statuses.filter((s) => s.form === form)).toEqual([]);
      expect(after.reading.strays.filter((s) => s.form === form)).toEqual([]);
      expect(after.seen.changed, 'findings stay as they are').toEqual([]);
    },
  );

  test('and is a date now could not be checked either', async () => {
    const demo = await open();
    await retype(demo, KPI, 'Term', { dateTime: {} });
    const { reading } = await look(demo);
    expect(reading.notChecked).toEqual([
      {
        list: KPI,
        reason:
          'its column “Term” (internal name Term) holds dates and not text. Please change its type back',
        forms: ['KPI'],
      },
    ]);
  });

  test('and is made again is read as before', async () => {
    const demo = await open();
    const before = await look(demo);
    const cells = await cellsOf(demo, LAR, 'Term');
    await removeColumn(demo, LAR, 'Term');
    const during = await look(demo, before);
    await makeColumn(demo, LAR, 'Term', TEXT);
    await putBack(demo, LAR, 'Term', cells);
    const after = await look(demo, during);
    expect(after.reading.notChecked).toEqual([]);
    expect(answersIn(after)).toEqual(answersIn(before));
    expect(statesIn(after)).toEqual(statesIn(before));
  });

  test('or who submitted it: reading goes on, writing leaves it out, and that is told', async () => {
    const demo = await open();
    const before = await look(demo);
    await removeColumn(demo, KPI, 'Submitted_x0020_By');
    const after = await look(demo, before);
    expect(after.seen.problems).toEqual([
      expect.stringMatching(
        /^STLS KPI Returns: who submitted a return is neither read nor written/,
      ),
    ]);
    expect(answersIn(after)).toEqual(answersIn(before));
    await writeReturn(demo.site, await filingOf(demo, {}, 'All is well.'), undefined);
    expect(await doversReturn(demo)).toMatchObject({ remarks: 'All is well.', submittedBy: '' });
  });

  test('is written as the column offers it', async () => {
    const demo = await open();
    const terms = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'];
    await retype(demo, KPI, 'Term', { choice: { choices: terms } });
    await writeReturn(demo.site, await filingOf(demo, {}), undefined);
    expect(await itemsOf(demo.site, KPI, ['Dover', '2026-27', 'T1'])).toHaveLength(1);
    expect(await doversReturn(demo)).toMatchObject(DOVER);
  });
});

test('a list that is deleted and made again is read again, and then holds what is put there', async () => {
  const demo = await open();
  const before = await look(demo);
  await removeList(demo, LAR);
  const during = await look(demo, before);
  expect(during.reading.notChecked).toMatchObject([{ list: LAR }]);
  expect(during.seen.changed).toEqual([]);
  const columns = seedColumns(LAR).map(({ name, type }) => ({
    name,
    ...(type === 'number' ? NUMBER : { text: { allowMultipleLines: type === 'note' } }),
  }));
  await demo.graph.send('POST', `/sites/${demo.graph.site}/lists`, {
    displayName: LAR,
    columns,
    list: { template: 'genericList' },
  });
  await demo.graph.add(LAR, {
    District: 'Dover',
    Academic_x0020_Year: '2026-27',
    Term: 'T1',
    Clinics_x0020_EY: 4,
  });
  await look(demo, during);
  const after = await look(demo, during);
  expect(after.reading.notChecked).toEqual([]);
  expect(after.seen.problems).toEqual([]);
  const returns = after.reading.returns.filter((r) => r.form === 'LAR');
  expect(returns).toMatchObject([{ district: 'Dover', answers: { clinicsEY: { value: 4 } } }]);
});

function seedColumns(list: string): readonly SeedColumn[] {
  const seed = councilSite().lists.find(({ displayName }) => displayName === list);
  if (!seed) throw new Error(`The demo has no list ${list}.`);
  return seed.columns;
}

/** Dover’s KPI return, as the questions are now. */
async function filingOf(
  { site }: DemoSite,
  answers: AnswersToWrite['answers'],
  remarks = '',
): Promise<AnswersToWrite> {
  const measures = measuresOf((await readHeld(site)).measures, 'KPI', DOVER);
  return { key: DOVER, measures, answers, remarks, submittedBy: 'priya.raman@stls.example' };
}

const doversReturn = async ({ site }: DemoSite) =>
  countingById((await readHeld(site)).returns).get(returnId(DOVER));

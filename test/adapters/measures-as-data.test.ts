import { describe, expect, test } from 'vitest';
import { renderCard, type Card } from '../../cards/render.ts';
import { summaryView } from '../../adapters/presenting/summary-card.ts';
import { look } from '../../adapters/service/service.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { returnId } from '../../bot/returns/return.ts';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { changeRow, itemsOf, KPI, LAR } from './demo-site.ts';
import { boxesOn, wordsOn } from './reading-cards.ts';
import { at, idOf, install, press, sweepAt, worlds, type Typed, type World } from './world.ts';

const { open } = worlds({ since: '2025-26', columnsForMs: 0 });
const MONDAY = '2026-11-23T09:00';
const MEASURES = 'STLS Bot Measures';
const RULES = 'STLS Bot Rules';
const COLUMN = 'Children_x0020_waiting';

/** The row that a commissioner adds for a question of their own. */
const WAITING = {
  Title: 'childrenWaiting',
  Form: 'KPI',
  Question: 'Children waiting',
  Definition: 'Children referred this term who have not been seen.',
  Section: 'Children supported',
  Unit: 'count',
  StoredAs: 'number',
  ListName: KPI,
  ColumnName: COLUMN,
  Required: false,
  Position: 105,
  FirstTerm: '2026-27 T1',
};

async function addColumn({ graph }: World, displayName: string): Promise<void> {
  const body = { displayName, number: {} };
  expect((await graph.send('POST', graph.list(KPI, '/columns'), body)).status).toBe(201);
}

async function removeRow({ graph, site }: World, list: string, title: string): Promise<void> {
  const row = (await site.items(list)).find(({ fields }) => fields['Title'] === title);
  const { status } = await graph.send('DELETE', graph.list(list, `/items/${row?.id}`));
  expect(status).toBe(204);
}

async function summaryOf({ service }: World): Promise<Card> {
  const view = summaryView(await look(service, at(MONDAY)));
  if (!view) throw new Error('There is no summary.');
  return renderCard('summary', view);
}

/** Dover’s answers to the questions that the service starts with, and to others. */
function typed(more: Typed): Typed {
  const asked = starterMeasures.filter((m) => m['Form'] === 'KPI' && !m['LastTerm']);
  const known = asked.map((m) => [
    `answer.${String(m['Title'])}`,
    DOVER_ANSWERS[String(m['Question'])] ?? '',
  ]);
  return { ...(Object.fromEntries(known) as Typed), ...more };
}

/** Priya’s card after a sweep. */
async function leadsCard(world: World) {
  await sweepAt(world, MONDAY);
  const shown = world.teams.of(idOf('Priya')).at(-1);
  if (!shown) throw new Error('Priya has no card.');
  return shown;
}

test('a column and a row make a question, a check and a line of the summary; without the row they go', async () => {
  const world = await open(MONDAY);
  await install(world, 'Priya');
  await addColumn(world, 'Children waiting');
  await world.graph.add(MEASURES, WAITING);
  await world.graph.add(RULES, {
    Title: 'waiting-within-caseload',
    Form: 'KPI',
    LeftSide: 'childrenWaiting',
    Operator: '≤',
    RightSide: 'schoolCaseload',
    Severity: 'error',
    MissingValues: 'skip if any is missing',
    Wording: 'Nobody waits who is not on the caseload.',
    Enabled: true,
  });

  const card = await leadsCard(world);
  expect(boxesOn(card.card)).toHaveProperty(['answer.childrenWaiting']);
  expect(wordsOn(card.card)).toContain('Children referred this term who have not been seen.');

  const title = 'File this return';
  const wrong = typed({ 'answer.childrenWaiting': '500' });
  const stopped = await press(world, 'Priya', card, { title, typed: wrong });
  expect(wordsOn(stopped.inPlace)).toContain(
    '“Children waiting” is 500 and “School caseload” is 178. Nobody waits who is not',
  );

  const right = typed({ 'answer.childrenWaiting': '12' });
  const filed = await press(world, 'Priya', card, { title, typed: right });
  expect(wordsOn(filed.inPlace)).toContain('Received, thank you');
  const [item] = await itemsOf(world.site, KPI, ['Dover', '2026-27', 'Term 1']);
  expect(item?.fields).toMatchObject({ [COLUMN]: 12, School_x0020_Caseload: 178 });
  expect(wordsOn(await summaryOf(world))).toContain('Children waiting: \n12 (1 of 12)');

  await removeRow(world, MEASURES, 'childrenWaiting');
  const after = await look(world.service, at(MONDAY));
  expect(after.assessment.problems).toEqual([
    'Rule waiting-within-caseload is left out: left side, at character 1: “childrenWaiting” is no measure or figure.',
  ]);
  expect(wordsOn(await summaryOf(world))).not.toContain('Children waiting');
  const dover = after.reading.returns.find((r) => returnId(r) === 'KPI|Dover|2026-27|1');
  expect(dover?.answers).not.toHaveProperty('childrenWaiting');
  const [kept] = await itemsOf(world.site, KPI, ['Dover', '2026-27', 'Term 1']);
  expect(kept?.fields, 'the list keeps what it holds').toMatchObject({ [COLUMN]: 12 });
});

test('wording, definition and order follow their rows', async () => {
  const world = await open(MONDAY);
  await install(world, 'Priya');
  await changeRow(world, MEASURES, 'schoolCaseload', {
    Question: 'Children on the books',
    Definition: 'Said in our own words.',
    Position: 1,
  });
  const words = wordsOn((await leadsCard(world)).card);
  expect(words).toContain('Said in our own words.');
  expect(words).not.toContain('School caseload');
  expect(words.indexOf('Children on the books')).toBeLessThan(
    words.indexOf('Early years settings supported'),
  );
});

describe('a row that cannot be used', () => {
  const line = (id: string, why: string) =>
    expect.stringMatching(new RegExp(`^STLS Bot Measures: the row “${id}” is left out: .*${why}`));

  test.each([
    ['twice in the same terms', { ColumnName: COLUMN }, 'the same id in the same terms'],
    ['in another’s column', { Title: 'waiting' }, 'earlier row “schoolCaseload” uses the column'],
    ['on the other form’s list', { Title: 'waiting', ListName: LAR }, 'are held in STLS KPI Retur'],
    ['in a column of SharePoint’s own', { Title: 'waiting', ColumnName: 'Title' }, 'SharePoint’s'],
    ['in a key column', { Title: 'waiting', ColumnName: 'Comments' }, 'says whose return it is'],
    [
      'with its terms the wrong way round',
      { Title: 'waiting', LastTerm: '2025-26 T1', ColumnName: COLUMN },
      'comes after its last',
    ],
  ])('is named with the remedy, and the rest goes on: %s', async (_, cells, why) => {
    const world = await open(MONDAY);
    await addColumn(world, 'Children waiting');
    const before = await readHeld(world.site);
    const row = { ...WAITING, Title: 'schoolCaseload', ColumnName: 'School_x0020_Caseload' };
    await world.graph.add(MEASURES, { ...row, ...cells });
    const after = await readHeld(world.site);
    const id = 'Title' in cells ? 'waiting' : 'schoolCaseload';
    expect(after.rowProblems).toEqual([line(id, why)]);
    expect(after.measures, 'the first row counts').toEqual(before.measures);
    expect(after.returns).toEqual(before.returns);
    expect(after.unusableMeasures).toEqual(id === 'waiting' ? ['waiting'] : []);
  });

  test('is the later one of two that clash, whatever order SharePoint gives', async () => {
    const world = await open(MONDAY);
    const row = { ...WAITING, Title: 'schoolCaseload', ColumnName: 'School_x0020_Caseload' };
    await world.graph.add(MEASURES, row);
    const { site } = world;
    const backwards = { ...site, items: async (l: string) => (await site.items(l)).toReversed() };
    for (const given of [site, backwards]) {
      const caseload = (await readHeld(given)).measures.find(({ id }) => id === 'schoolCaseload');
      expect(caseload?.question).toBe('School caseload');
    }
  });

  test('names a column that is not there, and its rules could not run', async () => {
    const world = await open(MONDAY);
    await world.graph.add(MEASURES, WAITING);
    const { rowProblems, unreadMeasures } = await readHeld(world.site);
    expect(rowProblems).toEqual([
      expect.stringMatching(/^STLS KPI Returns has no column .* Children_x0020_waiting, so “Chil/),
    ]);
    expect(unreadMeasures.map(({ id }) => id)).toEqual(['childrenWaiting']);
  });
});

test('a measure that moved to another column keeps its past, and is asked in the new one', async () => {
  const world = await open(MONDAY);
  await addColumn(world, 'Children waiting');
  await changeRow(world, MEASURES, 'schoolCaseload', { LastTerm: '2025-26 T6' });
  await world.graph.add(MEASURES, {
    ...WAITING,
    Title: 'schoolCaseload',
    Question: 'School caseload, as counted from 2026',
  });
  const [item] = await itemsOf(world.site, KPI, ['Ashford', '2026-27', 'Term 1']);
  const path = world.graph.list(KPI, `/items/${item?.id}/fields`);
  await world.graph.send('PATCH', path, { [COLUMN]: 900 });
  const { reading, assessment } = await look(world.service, at(MONDAY));
  expect(assessment.problems).toEqual([]);
  const caseload = (id: string) =>
    reading.returns.find((r) => returnId(r) === id)?.answers['schoolCaseload'];
  expect(caseload('KPI|Ashford|2026-27|1')).toMatchObject({ value: 900 });
  expect(caseload('KPI|Ashford|2025-26|6')).toMatchObject({ kind: 'number' });
  expect(assessment.report.findings, 'held against its past in the other column').toContainEqual(
    expect.objectContaining({
      rule: 'outlier',
      district: 'Ashford',
      says: expect.stringContaining('“School caseload, as counted from 2026” is 900; it was'),
    }),
  );
});

test('the summary with the figures of both forms is under 28 KB', async () => {
  const world = await open(MONDAY);
  const card = await summaryOf(world);
  const words = wordsOn(card);
  expect(words).toMatch(/School caseload: \n[\d,]+ \(10 of 12\)/);
  expect(words).toMatch(/Targets formally reviewed \(%\): \nmean [\d.]+% \(\d+ of 12\)/);
  expect(words).toContain('Clinics for schools');
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
});

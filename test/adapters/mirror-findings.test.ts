import { describe, expect, test, vi } from 'vitest';
import { UnexpectedAnswer } from '../../adapters/errors.ts';
import { findingsMirror, mirrorFindings } from '../../adapters/service/mirror-findings.ts';
import { listMirrors } from '../../adapters/service/mirror-lists.ts';
import { look } from '../../adapters/service/service.ts';
import { CHASE_LOG, FINDINGS, READ_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { accept, explain, undoDecision, type Answered } from '../../bot/findings/answering.ts';
import { reconcile, type FindingRecord } from '../../bot/findings/register.ts';
import { findingAt, recordOf } from '../bot/made.ts';
import { patientSiteAt, removeList, siteAt } from './demo-site.ts';
import { at, install, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const priya = { id: 'lead-dover', name: 'Priya Raman' };
const colin = { id: 'commissioner', name: 'Colin Marsh' };

type Row = Record<string, unknown>;

/** The rows as anybody else reads them. */
const rowsIn = async ({ url }: World): Promise<Row[]> =>
  (await siteAt(url).items(FINDINGS)).map(({ fields }) => ({ ...fields }));

const registerOf = (...records: readonly FindingRecord[]) =>
  new Map(records.map((record) => [record.finding.id, record]));

function done(answered: Answered): FindingRecord {
  if (!answered.ok) throw new Error(answered.reason);
  return answered.record;
}

describe('the findings in SharePoint', () => {
  test('are a row each, which follows what is said and decided, until it is closed', async () => {
    const world = await open(MONDAY);
    const mirrored = async (record: FindingRecord): Promise<Row> => {
      expect(await mirrorFindings(world.service, registerOf(record))).toEqual({
        written: 1,
        left: 0,
      });
      const [row = {}, ...more] = await rowsIn(world);
      expect(more).toEqual([]);
      return row;
    };
    const finding = findingAt({ knownCauses: ['sickness'] });
    const raised = recordOf({ finding, raisedAt: at('2026-11-19T10:00') });
    const row = {
      Title: 'Dover KPI 2026-27 T1: “Question a” is 9 and “Question b” is 5',
      RuleId: 'a-within-b',
      Severity: 'query',
      District: 'Dover',
      Form: 'KPI',
      AcademicYear: '2026-27',
      Term: 1,
      ReturnId: 'KPI|Dover|2026-27|1',
      Figures: '“Question a” is 9 and “Question b” is 5',
      Message: 'A is above B. A cannot be above B.',
      Status: 'open',
      RaisedAt: '2026-11-19T10:00:00Z',
      FindingId: findingAt().id,
      FindingKey: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    expect(await mirrored(raised)).toEqual(row);
    const explained = done(explain(raised, 'Two weeks of it.', priya, at(MONDAY), 'sickness'));
    const accepted = done(accept(explained, colin, at('2026-11-23T10:00'), 'As agreed.'));
    const said = {
      Cause: 'sickness',
      Explanation: 'sickness. Two weeks of it.',
      ExplainedBy: 'Priya Raman',
      ExplainedAt: '2026-11-23T09:00:00Z',
    };
    const decided = {
      AcceptedBy: 'Colin Marsh',
      AcceptedAt: '2026-11-23T10:00:00Z',
      DecisionNote: 'As agreed.',
    };
    expect(await mirrored(accepted)).toEqual({ ...row, ...said, ...decided, Status: 'accepted' });
    const undone = done(undoDecision(accepted, colin, at('2026-11-23T11:00')));
    expect(await mirrored(undone)).toEqual({ ...row, ...said, Status: 'explained' });
    const [closed = undone] = reconcile(
      registerOf(undone),
      [],
      at(MONDAY),
      () => 'closed by correction',
    );
    expect(await mirrored(closed)).toMatchObject({
      Status: 'closed',
      ClosedAt: '2026-11-23T11:00:00Z',
      ClosedBecause: 'it was corrected',
    });
  });

  test('name what they were before the figures changed', async () => {
    const world = await open(MONDAY);
    const before = registerOf(recordOf());
    const other = { ...findingAt({ a: 10 }), phase: 'Primary' as const };
    const changed = reconcile(before, [other], at(MONDAY), () => 'closed by correction');
    await mirrorFindings(world.service, registerOf(...changed));
    const rows = await rowsIn(world);
    const [earlier, now] = ['closed', 'open'].map((s) => rows.find(({ Status }) => Status === s));
    expect(now).toMatchObject({ FollowsKey: earlier?.['FindingKey'], Phase: 'Primary' });
  });

  test('are those of the demo’s lists, and a look with nothing new asks SharePoint for nothing', async () => {
    const world = await open(MONDAY);
    const { look: first } = await sweepAt(world, MONDAY);
    await mirrorFindings(world.service, first.assessment.register);
    const titles = (await rowsIn(world)).map(({ Title }) => String(Title));
    expect(titles).toHaveLength(first.assessment.register.size);
    for (const title of titles) expect(title).toMatch(/^[A-Z].* 20\d\d-\d\d T\d: “.+” is .+/);
    const second = await look(world.service, at(MONDAY));
    expect(second.assessment.changed).toEqual([]);
    world.emulator.requests.reset();
    await mirrorFindings(world.service, second.assessment.register);
    expect(world.emulator.requests.read().total).toBe(0);
  });

  test('are made once, though an answer is lost or what was remembered of them is', async () => {
    const world = await open(MONDAY);
    const service = { ...world.service, site: patientSiteAt(world.url) };
    const many = registerOf(...[6, 7, 8].map((a) => recordOf({ finding: findingAt({ a }) })));
    world.emulator.faults.order([
      { kind: 'dropped after', list: FINDINGS, method: 'POST', times: 2 },
    ]);
    expect(await mirrorFindings(service, many)).toEqual({ written: 3, left: 0 });
    for (const { key } of await world.memory.mirroredFindings.all())
      await world.memory.mirroredFindings.remove(key);
    expect(await mirrorFindings(world.service, many)).toEqual({ written: 3, left: 0 });
    expect(await rowsIn(world)).toHaveLength(3);
  });

  test('that were raised last come first, a hundred a look', async () => {
    const world = await open(MONDAY);
    const records = Array.from({ length: 104 }, (_, i) =>
      recordOf({ finding: findingAt({ a: 6 + i }), raisedAt: new Date(Date.UTC(2026, 8, 1, i)) }),
    );
    expect(await mirrorFindings(world.service, registerOf(...records))).toMatchObject({ left: 4 });
    const figures = (await rowsIn(world)).map(({ Figures }) => String(Figures));
    expect(figures).toHaveLength(100);
    for (const a of [6, 7, 8, 9])
      expect(figures).not.toContain(`“Question a” is ${a} and “Question b” is 5`);
  });

  test('are looked up when there is something to write, and not with every look', async () => {
    const world = await open(MONDAY);
    const mirror = findingsMirror(world.service);
    const lookUps = vi.spyOn(world.memory.mirroredFindings, 'all');
    const record = recordOf({ finding: findingAt() });
    for (let looks = 0; looks < 4; looks += 1) await mirror(registerOf(record));
    expect(lookUps).toHaveBeenCalledTimes(2);
    await mirror(registerOf({ ...record, status: 'accepted' }));
    expect((await rowsIn(world)).map(({ Status }) => Status)).toEqual(['accepted']);
    expect(lookUps).toHaveBeenCalledTimes(3);
  });

  test('are not among the lists whose changes make the bot look', () => {
    expect(READ_LISTS).not.toContain(FINDINGS);
  });
});

test('a list of findings that is not there is logged once, and keeps no line from the chase log', async () => {
  const world = await open(MONDAY);
  await install(world, 'Priya');
  await removeList(world, FINDINGS);
  const { look: now } = await sweepAt(world, MONDAY);
  const warn = vi.spyOn(world.service.log, 'warn');
  const mirror = listMirrors(world.service);
  await mirror(now);
  await mirror(now);
  expect(warn.mock.calls.map(([, message]) => message)).toEqual([
    'the findings in SharePoint wait to be written',
  ]);
  expect((await siteAt(world.url).items(CHASE_LOG)).length).toBeGreaterThan(0);
});

test('a finding of which only the values were kept is read, and the next look says how they are shown', async () => {
  const world = await open(MONDAY);
  const { look: now } = await sweepAt(world, MONDAY);
  const [record = recordOf()] = now.assessment.register.values();
  const { id } = record.finding;
  const values = Object.fromEntries(
    record.finding.operands.map(({ name, value }) => [name, value]),
  );
  const { question: _question, ...finding } = record.finding;
  const older = { ...record, finding: { ...finding, operands: values } };
  await world.memory.findings.put(id, older as never);
  expect((await world.memory.findings.get(id))?.finding.operands).toMatchObject(
    Object.entries(values).map(([name, value]) => ({ name, value })),
  );
  const after = await look(world.service, at(MONDAY));
  expect(after.assessment.register.get(id)?.finding).toEqual(record.finding);
});

test.each([
  ['a deed that is none', { history: [{ at: at(MONDAY), by: 'the bot', what: 'forgotten' }] }],
  ['a finding of no return', { finding: { operands: [] } }],
])('a record of a finding with %s is not read', async (_what, damaged) => {
  const world = await open(MONDAY);
  const record = recordOf();
  await world.memory.findings.put(record.finding.id, { ...record, ...damaged } as never);
  await expect(world.memory.findings.get(record.finding.id)).rejects.toThrow(UnexpectedAnswer);
  expect(await world.memory.findings.all()).toEqual([]);
});

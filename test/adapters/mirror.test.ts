import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ServiceRefused } from '../../adapters/errors.ts';
import {
  chaseLogMirror,
  forgetMirrored,
  mirrorChaseLog,
} from '../../adapters/service/mirror-chase-log.ts';
import { inOneCell, type Mirroring } from '../../adapters/service/mirror.ts';
import { allRows } from '../../adapters/service/outbox.ts';
import type { Core } from '../../adapters/service/service.ts';
import { CHASE_LOG, READ_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import type { Site } from '../../adapters/sharepoint/site.ts';
import { withdrawn, type Delivery } from '../../bot/chase/delivery.ts';
import { findingAt } from '../bot/made.ts';
import { patientSiteAt, removeList, siteAt } from './demo-site.ts';
import { at, idOf, install, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const DOVER = { form: 'KPI' as const, district: 'Dover', year: '2026-27', term: 1 };
const RETURN = 'KPI|Dover|2026-27|1';
const QUERY = findingAt({ id: 'outlier', a: 212 }).id;

/** A message to Dover's lead: about the KPI return, and about a query. */
const chase = (over: Partial<Delivery> = {}): Delivery => ({
  id: `chase|${idOf('Priya')}|2026-11-23`,
  kind: 'chase',
  person: idOf('Priya'),
  district: 'Dover',
  stage: '+3',
  returns: [DOVER],
  findings: [QUERY],
  logs: [
    { about: RETURN, stage: '+3', because: 'missing, 3 working days after it was due' },
    { about: QUERY, stage: 'query +2', because: 'asked on Thu 19 Nov and not answered' },
  ],
  decidedAt: at(MONDAY),
  status: 'sent',
  settledAt: at('2026-11-23T09:01'),
  attempts: 1,
  opened: false,
  ...over,
});

const put = ({ memory }: World, ...deliveries: Delivery[]): Promise<void> =>
  memory.outbox.putAll(deliveries.map((one) => [one.id, one]));

/** Who was chased by now, and who is who. */
const chasedIn = async ({ service }: World) => ({
  deliveries: await allRows(service),
  people: (await readHeld(service.site)).people,
  at: service.clock.now(),
});

const mirror = async (world: World, core: Core = world.service): Promise<Mirroring> =>
  mirrorChaseLog(core, await chasedIn(world));

/** The rows as anybody else reads them. */
const rowsIn = async ({ url }: World): Promise<readonly Record<string, unknown>[]> =>
  (await siteAt(url).items(CHASE_LOG)).map(({ fields }) => ({ ...fields }));

const titlesIn = async (world: World): Promise<string[]> =>
  (await rowsIn(world)).map(({ Title }) => String(Title)).sort();

async function deleteRow({ graph, site }: World, title: string): Promise<void> {
  const row = (await site.items(CHASE_LOG)).find(({ fields }) => fields['Title'] === title);
  await graph.send('DELETE', graph.list(CHASE_LOG, `/items/${row?.id}`));
}

describe('the chase log in SharePoint', () => {
  test('has a row for each thing that a message is about', async () => {
    const world = await open(MONDAY);
    await put(world, chase({ askedBy: idOf('Colin') }));
    expect(await mirror(world)).toEqual({ written: 2, left: 0 });
    const [kpi, query] = await rowsIn(world);
    expect(kpi).toEqual({
      Title: 'Dover KPI 2026-27 T1 +3',
      PersonName: 'Priya Raman (demo)',
      PersonEmail: expect.stringContaining('@'),
      PersonRole: 'District lead',
      District: 'Dover',
      Form: 'KPI',
      AcademicYear: '2026-27',
      Term: 1,
      ReturnId: RETURN,
      Stage: '+3',
      Because: 'missing, 3 working days after it was due',
      Outcome: 'sent',
      DecidedAt: '2026-11-23T09:00:00Z',
      SettledAt: '2026-11-23T09:01:00Z',
      AskedBy: expect.stringContaining('Colin'),
      MessageId: `chase|${idOf('Priya')}|2026-11-23`,
      LogKey: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(query).toMatchObject({
      Title: 'Dover KPI 2026-27 T1 query +2',
      ReturnId: RETURN,
      RuleId: 'outlier',
      FindingId: QUERY,
    });
  });

  test('follows a sweep of the demo’s lists: who was chased, and who has no bot installed', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    const { look } = await sweepAt(world, MONDAY);
    await chaseLogMirror(world.service)(look.reading.people);
    const rows = (await rowsIn(world)).map(
      ({ Title, PersonName, Outcome }) =>
        `${String(Title)}: ${String(PersonName)}, ${String(Outcome)}`,
    );
    expect(rows).toHaveLength(8);
    expect(rows).toContain('Dover KPI 2026-27 T1 +3: Priya Raman (demo), sent');
    expect(rows).toContain('Swale LAR 2026-27 T1 +3: Bettina Larch (demo), no bot installed');
  });

  test('has what managers and commissioners were told, and no row for what is about nothing', async () => {
    const world = await open(MONDAY);
    const [log] = chase().logs;
    const escalated = { kind: 'alert' as const, id: 'alert|c|2026-11-23', person: idOf('Colin') };
    await put(
      world,
      chase({ kind: 'manager', id: 'manager|m|2026-11-23', logs: log ? [log] : [] }),
      chase({ ...escalated, logs: [{ about: RETURN, stage: '+10', because: 'late' }] }),
      chase({ ...escalated, id: 'alert|d|2026-11-23', logs: [] }),
      chase({ kind: 'summary', id: 'summary|2026-11-23', person: '', logs: [] }),
    );
    await mirror(world);
    const roles = (await rowsIn(world)).map(
      ({ PersonRole, Stage }) => `${String(PersonRole)} ${String(Stage)}`,
    );
    expect(roles.sort()).toEqual(['Commissioner +10', "Lead's manager +3"]);
  });

  test('is asked for nothing while nothing is new, and written to once for what is', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    await mirror(world);
    const now = await chasedIn(world);
    world.emulator.requests.reset();
    expect(await mirrorChaseLog(world.service, now)).toEqual({ written: 0, left: 0 });
    expect(world.emulator.requests.read().total).toBe(0);
  });

  test('follows what becomes of a message, in the same rows', async () => {
    const world = await open(MONDAY);
    const waiting = chase({ status: 'waiting', settledAt: undefined });
    await put(world, waiting);
    await mirror(world);
    expect((await rowsIn(world)).map(({ Outcome }) => Outcome)).toEqual(['waiting', 'waiting']);
    await put(world, withdrawn(waiting, 'already filed', at('2026-11-23T09:02')));
    expect(await mirror(world)).toEqual({ written: 2, left: 0 });
    const rows = await rowsIn(world);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      Outcome: 'withdrawn',
      OutcomeReason: 'already filed',
      SettledAt: '2026-11-23T09:02:00Z',
    });
  });

  test('says so of what came in between deciding and sending', async () => {
    const world = await open(MONDAY);
    await put(world, chase({ status: 'waiting', settledAt: undefined }));
    await mirror(world);
    await put(world, chase({ logs: chase().logs.slice(0, 1) }));
    await mirror(world);
    expect(await rowsIn(world)).toMatchObject([
      { Stage: '+3', Outcome: 'sent' },
      { Outcome: 'withdrawn', OutcomeReason: 'no longer outstanding when it was sent' },
    ]);
    expect(await mirror(world)).toEqual({ written: 0, left: 0 });
  });

  test('a row that somebody deleted is there again with the next that is written', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    await mirror(world);
    await deleteRow(world, 'Dover KPI 2026-27 T1 +3');
    await put(
      world,
      chase({ id: `chase|${idOf('Priya')}|2026-11-24`, logs: chase().logs.slice(1) }),
    );
    await mirror(world);
    expect(await titlesIn(world)).toEqual([
      'Dover KPI 2026-27 T1 +3',
      'Dover KPI 2026-27 T1 query +2',
      'Dover KPI 2026-27 T1 query +2',
    ]);
  });

  test('a backlog is written a hundred rows a look', async () => {
    const world = await open(MONDAY);
    const many = Array.from({ length: 130 }, (_, i) =>
      chase({ id: `chase|p${i}|2026-11-23`, logs: chase().logs.slice(0, 1) }),
    );
    await put(world, ...many);
    expect(await mirror(world)).toEqual({ written: 100, left: 30 });
    expect(await mirror(world)).toEqual({ written: 30, left: 0 });
    expect(await rowsIn(world)).toHaveLength(130);
  });

  test('is not among the lists whose changes make the bot look', () => {
    expect(READ_LISTS).not.toContain(CHASE_LOG);
    expect(READ_LISTS).toContain('STLS Bot Settings');
  });
});

describe('no row is made twice', () => {
  test.each(['504 after', 'dropped after', 'truncated'] as const)(
    'where the answer to making it is lost: %s',
    async (kind) => {
      const world = await open(MONDAY);
      await put(world, chase());
      const service = { ...world.service, site: patientSiteAt(world.url) };
      world.emulator.faults.order([{ kind, list: CHASE_LOG, method: 'POST', times: 1 }]);
      expect(await mirror(world, service)).toEqual({ written: 2, left: 0 });
      expect(await rowsIn(world)).toHaveLength(2);
    },
  );

  test('where another process makes it between reading the list and writing to it', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    const { site } = world.service;
    const other = { ...world.service, site: siteAt(world.url) };
    let isOvertaken = false;
    const create: Site['create'] = async (...row) => {
      if (!isOvertaken) await mirror(world, other);
      isOvertaken = true;
      return site.create(...row);
    };
    const overtaken = await mirror(world, { ...world.service, site: { ...site, create } });
    expect(overtaken).toEqual({ written: 2, left: 0 });
    expect(await rowsIn(world)).toHaveLength(2);
  });

  test('where what was remembered of the list is lost', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    await mirror(world);
    for (const { key } of await world.memory.mirrored.all())
      await world.memory.mirrored.remove(key);
    expect(await mirror(world)).toEqual({ written: 2, left: 0 });
    expect(await rowsIn(world)).toHaveLength(2);
  });
});

describe('while SharePoint does not take it', () => {
  test('a list that is not there is logged once, and written when it is there', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    await removeList(world, CHASE_LOG);
    const warn = vi.spyOn(world.service.log, 'warn');
    const mirrored = chaseLogMirror(world.service);
    const { people } = await chasedIn(world);
    await mirrored(people);
    await mirrored(people);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toMatchObject({
      problem: expect.stringContaining(CHASE_LOG),
      left: 2,
    });
  });

  test('a column that somebody deleted is told, and asked for in vain three times a look at most', async () => {
    const world = await open(MONDAY);
    const days = ['19', '20', '23'].map((day) => chase({ id: `chase|p|2026-11-${day}` }));
    await put(world, ...days);
    await world.graph.send('DELETE', world.graph.list(CHASE_LOG, '/columns/Because'));
    world.emulator.requests.reset();
    const { written, left, problem } = await mirror(world);
    expect({ written, left }).toEqual({ written: 0, left: 6 });
    expect(problem).toContain('Because');
    expect(world.emulator.requests.read().byMethod['POST']).toBe(3);
  });

  test('rows that it refuses, however many, keep no other from being written', async () => {
    const world = await open(MONDAY);
    const isRefused = (title: unknown) => String(title).includes('KPI');
    const about = (form: string, i: number) =>
      chase({
        id: `chase|p|2026-11-${10 + i}`,
        decidedAt: at(`2026-11-${10 + i}T09:00`),
        logs: [{ about: `${form}|Dover|2026-27|1`, stage: '+3', because: 'missing' }],
      });
    const forms = ['LAR', 'LAR', 'LAR', 'KPI', 'KPI', 'KPI'];
    await put(world, ...forms.map(about));
    const { site } = world.service;
    const create: Site['create'] = (list, fields, isIt) =>
      isRefused(fields['Title'])
        ? Promise.reject(new ServiceRefused('Microsoft Graph', 400, 'invalidRequest', 'No.'))
        : site.create(list, fields, isIt);
    const refusing = { ...world.service, site: { ...site, create } };
    const gone = [await mirror(world, refusing), await mirror(world, refusing)];
    expect(gone.every(({ problem }) => problem?.includes('No.'))).toBe(true);
    expect(gone.at(-1)?.left).toBe(3);
    expect((await titlesIn(world)).filter(isRefused)).toEqual([]);
    expect(await titlesIn(world)).toHaveLength(3);
    expect(await mirror(world)).toEqual({ written: 3, left: 0 });
    expect(await titlesIn(world)).toHaveLength(6);
  });

  test('what it took is not written again, and the rest comes at the next look', async () => {
    const world = await open(MONDAY);
    await put(world, chase());
    world.emulator.faults.order([{ kind: '503 bare', list: CHASE_LOG, method: 'POST', every: 2 }]);
    const first = await mirror(world, { ...world.service, site: siteAt(world.url) });
    world.emulator.faults.clear();
    await mirror(world);
    expect(await rowsIn(world)).toHaveLength(2);
    expect(first.written).toBeGreaterThan(0);
  });
});

test('a text that is too long for a cell is cut between two characters', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 });
  const isWhole = (cell: string) => cell.isWellFormed() && cell.length <= 255;
  fc.assert(
    fc.property(text, (long) => isWhole(inOneCell(long)) && long.startsWith(inOneCell(long))),
  );
  expect(inOneCell(`${'q'.repeat(254)}😀`)).toBe('q'.repeat(254));
  expect(inOneCell(`${'q'.repeat(253)}😀`)).toBe(`${'q'.repeat(253)}😀`);
});

describe('what is over a year old', () => {
  const LATER = '2028-01-10T09:00';

  test('is forgotten once it is in SharePoint, where it stays', async () => {
    const world = await open(LATER);
    await put(
      world,
      chase(),
      chase({ id: 'chase|p|2028-01-10', decidedAt: at(LATER), settledAt: at(LATER) }),
    );
    const before = await chasedIn(world);
    expect(await forgetMirrored(world.service, before)).toBe(0);
    await mirror(world);
    expect(await forgetMirrored(world.service, before)).toBe(1);
    expect((await world.memory.outbox.all()).map(({ key }) => key)).toEqual(['chase|p|2028-01-10']);
    expect(await world.memory.mirrored.all()).toHaveLength(2);
    expect(await mirror(world)).toEqual({ written: 0, left: 0 });
    expect(await rowsIn(world)).toHaveLength(4);
  });
});

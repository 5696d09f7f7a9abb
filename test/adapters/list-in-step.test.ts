import { gzipSync } from 'node:zlib';
import { BlobServiceClient } from '@azure/storage-blob';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { COUNCIL_LISTS } from '../../adapters/sharepoint/council-lists.ts';
import { MEASURES, READ_LISTS } from '../../adapters/sharepoint/bot-lists.ts';
import { readHeld } from '../../adapters/sharepoint/read-held.ts';
import type { Site } from '../../adapters/sharepoint/site.ts';
import { openSnapshots } from '../../adapters/storage/snapshots.ts';
import { newAccount } from './azurite.ts';
import { changeRow, demoSites, KPI, LAR, siteAt, type DemoSite } from './demo-site.ts';

const sites = demoSites({ since: '2025-26' });
const open = () => sites.open(() => new Date('2026-11-23T09:00:00Z'));

const idsIn = async (site: Site, list = KPI): Promise<string[]> =>
  (await site.items(list)).map(({ id }) => id);

/** What a look at all lists costs. */
async function costOf({ emulator }: DemoSite, look: () => Promise<unknown>) {
  emulator.requests.reset();
  await look();
  return emulator.requests.read();
}

const ADMINISTRATOR = { authorization: 'Bearer loopback-administrator' };
const remove = (demo: DemoSite, list: string, id: string) =>
  demo.graph.send('DELETE', demo.graph.list(list, `/items/${id}`), undefined, ADMINISTRATOR);

describe('a list that is kept in step', () => {
  test('is read whole once; from then on each look costs one delta query a list', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const before = await readHeld(site);
    const lists = READ_LISTS.length + COUNCIL_LISTS.length;
    await readHeld(site);
    const cost = await costOf(demo, async () => {
      expect(await readHeld(site), 'what did not change is not read again').toBe(before);
    });
    expect(cost.byKind).toEqual({ delta: lists });
    expect(cost.resourceUnits.total, 'a delta query with its link is one unit').toBe(lists);
    expect(new Set(Object.values(cost.byList).map((kinds) => kinds['delta']))).toEqual(
      new Set([1]),
    );
  });

  test('shows what was added, changed and removed since', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const [first, second, ...rest] = await idsIn(site);
    const { id } = await demo.graph.add(KPI, { District: 'Dover' });
    await demo.graph.send('PATCH', demo.graph.list(KPI, `/items/${second}/fields`), {
      Comments: 'Changed.',
    });
    await remove(demo, KPI, first ?? '');
    const now = await site.items(KPI);
    expect(now.map((item) => item.id)).toEqual([second, ...rest, id]);
    expect(now[0]?.fields['Comments']).toBe('Changed.');
  });

  test('is read anew where SharePoint has forgotten the link, and nothing deleted stays', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const [first, ...rest] = await idsIn(site);
    await remove(demo, KPI, first ?? '');
    demo.emulator.forgetDeltaTokens();
    const cost = await costOf(demo, async () => expect(await idsIn(site)).toEqual(rest));
    expect(cost.byKind['delta'], 'refused once, then read').toBe(2);
  });

  test('is as it was where a page fails for good, and in step again afterwards', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const before = await idsIn(site);
    const { id } = await demo.graph.add(KPI, { District: 'Dover' });
    demo.emulator.faults.order([{ kind: '503 bare', list: KPI }]);
    await expect(site.items(KPI)).rejects.toMatchObject({ status: 503 });
    demo.emulator.faults.clear();
    expect(await idsIn(site)).toEqual([...before, id]);
  });

  test('shows what the bot itself has just written, before SharePoint tells of it', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const [item] = await site.items(KPI);
    await site.update(KPI, item?.id ?? '', { Comments: 'Mine.' }, item?.etag ?? '');
    demo.emulator.faults.order([{ kind: '503 bare', path: 'delta' }]);
    const [now] = await site.within(300).items(KPI);
    expect(now?.fields['Comments']).toBe('Mine.');
    expect(now?.etag).not.toBe(item?.etag);
  });

  test('is found under the name in its address after somebody renamed it', async () => {
    const demo = await open();
    const before = await idsIn(siteAt(demo.url));
    await demo.graph.send('PATCH', demo.graph.list(KPI), { displayName: 'Termly figures' });
    expect(await idsIn(siteAt(demo.url))).toEqual(before);
  });
});

describe('columns', () => {
  test('that are new are known with the row that names them', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    await readHeld(site);
    await demo.graph.send('POST', demo.graph.list(LAR, '/columns'), { name: 'Visits', number: {} });
    await demo.graph.add(MEASURES, {
      Title: 'visits',
      Form: 'LAR',
      Question: 'Visits',
      Unit: 'count',
      ListName: LAR,
      ColumnName: 'Visits',
      Position: 999,
    });
    const { measures, rowProblems } = await readHeld(site);
    expect(rowProblems).toEqual([]);
    expect(measures.map(({ id }) => id)).toContain('visits');
  });

  test('that go and come back do not bring their old cells back', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const column = demo.graph.list(KPI, '/columns/School_x0020_Caseload');
    const caseloads = async () => {
      const { items } = await site.read(KPI);
      return items.filter(({ fields }) => fields['School_x0020_Caseload'] !== undefined).length;
    };
    expect(await caseloads()).toBeGreaterThan(0);
    await demo.graph.send('DELETE', column);
    await demo.graph.send('POST', demo.graph.list(KPI, '/columns'), {
      name: 'School_x0020_Caseload',
      displayName: 'School Caseload',
      number: {},
    });
    // A submission makes the bot look at the columns again; so does time.
    await demo.graph.add(KPI, { District: 'Dover', School_x0020_Caseload: 7 });
    expect(await caseloads(), 'only what was filed since').toBe(1);
  });
});

describe('somebody who waits', () => {
  test('is answered with the items of a moment ago where SharePoint is slow', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    const before = await idsIn(site);
    demo.emulator.faults.order([{ kind: 'slow body', stallMilliseconds: 60_000 }]);
    const began = performance.now();
    expect(await idsIn(site.within(200))).toEqual(before);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('is not answered with what is older than a minute', async () => {
    const demo = await open();
    const site = siteAt(demo.url, {});
    await idsIn(site);
    demo.emulator.faults.order([{ kind: '503 bare' }]);
    const now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 61_000);
    onTestFinished(() => clock.mockRestore());
    await expect(site.within(200).items(KPI)).rejects.toThrow(
      /503|took too long|could not be reached/,
    );
  });
});

describe('the copy of a list in Blob Storage', () => {
  const snapshotsIn = (connectionString: string) => openSnapshots({ connectionString });
  const blobIn = async (connectionString: string) => {
    const container =
      BlobServiceClient.fromConnectionString(connectionString).getContainerClient('stls-lists');
    for await (const { name } of container.listBlobsFlat())
      return container.getBlockBlobClient(name);
    throw new Error('No copy was kept.');
  };

  test('makes the first look of the next process cost one query a list', async () => {
    const demo = await open();
    const connectionString = newAccount();
    const first = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    const before = await readHeld(first);
    await first.keep();
    const { id } = await demo.graph.add(KPI, { District: 'Dover' });
    const second = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    const cost = await costOf(demo, async () => {
      const after = await readHeld(second);
      expect(after.returns.map((one) => one.answers)).toEqual(
        before.returns.map((one) => one.answers),
      );
      expect(await idsIn(second)).toContain(id);
    });
    const unitsOfDeltas = cost.byKind['delta'];
    expect(unitsOfDeltas, 'one a list, and one more for the list asked twice').toBe(
      READ_LISTS.length + COUNCIL_LISTS.length + 1,
    );
  });

  test.each([
    ['is damaged', gzipSync('nonsense')],
    ['is no archive', Buffer.from('nonsense')],
    ['is of another format', gzipSync('{"format":99,"path":"x","link":"y"}\n')],
    ['is empty', Buffer.alloc(0)],
  ])('is read anew from SharePoint where it %s', async (_how, damaged) => {
    const demo = await open();
    const connectionString = newAccount();
    const first = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    const before = await idsIn(first);
    await first.keep();
    await (await blobIn(connectionString)).upload(damaged, damaged.length);
    const second = siteAt(demo.url, {
      snapshots: snapshotsIn(connectionString),
      onSnapshotFailure: () => undefined,
    });
    expect(await idsIn(second)).toEqual(before);
  });

  test('is not needed: where storage is away the list is read from SharePoint', async () => {
    const demo = await open();
    const told: unknown[] = [];
    const away = {
      load: () => Promise.reject(new Error('away')),
      save: () => Promise.reject(new Error('away')),
    };
    const site = siteAt(demo.url, {
      snapshots: away,
      onSnapshotFailure: (error) => told.push(error),
    });
    expect((await idsIn(site)).length).toBeGreaterThan(0);
    await site.keep();
    expect(told).toHaveLength(2);
  });

  test('keeps every cell to the letter', async () => {
    const demo = await open();
    const connectionString = newAccount();
    const odd = {
      District: 'Dover',
      Comments: `Ünïcode 🙂\n“quotes”\t\u2028${'x'.repeat(10_000)}`,
    };
    const { id } = await demo.graph.add(KPI, odd);
    const first = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    const before = await first.items(KPI);
    await first.keep();
    const second = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    const after = await second.items(KPI);
    expect(after).toEqual(before);
    expect(after.find((item) => item.id === id)?.fields['Comments']).toContain('Ünïcode 🙂');
  });

  test('holds its link and its items together, however often it is kept', async () => {
    const demo = await open();
    const connectionString = newAccount();
    const failures: unknown[] = [];
    const first = siteAt(demo.url, {
      snapshots: snapshotsIn(connectionString),
      onSnapshotFailure: (error) => failures.push(error),
    });
    await first.items(KPI);
    await Promise.all([first.keep(), first.keep(), first.keep()]);
    await changeRow(demo, 'STLS Bot Settings', 'quiet from', { Value: '17:30' });
    await Promise.all([first.keep(), first.items(KPI), first.keep()]);
    expect(failures, 'copies that storage refused').toEqual([]);
    const second = siteAt(demo.url, { snapshots: snapshotsIn(connectionString) });
    expect(await second.items(KPI)).toEqual(await first.items(KPI));
  });
});

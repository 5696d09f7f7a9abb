import { describe, expect, test } from 'vitest';
import { reportOf, type SweepReport } from '../../adapters/service/sweep-report.ts';
import { sweep } from '../../adapters/service/sweep.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { COUNCIL_LISTS } from '../../adapters/sharepoint/council-lists.ts';
import { faultKinds, type FaultRule } from '../../infra/local/sharepoint/fault-rules.ts';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { patientSiteAt, siteAt } from './demo-site.ts';
import { idOf, install, send, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const TUESDAY = '2026-11-24T09:00';

const ANSWERS = Object.fromEntries(
  starterMeasures
    .filter((m) => m['Form'] === 'KPI' && !m['LastTerm'])
    .map((m) => [`answer.${m['Title']}`, DOVER_ANSWERS[String(m['Question'])] ?? '']),
);

/** What commissioners and scripts are told of two days, and what the lists hold afterwards. */
type Story = { monday: SweepReport; tuesday: SweepReport; items: Record<string, unknown[]> };

/**
 * Two days: a sweep from nothing, a lead who files a new return and one who corrects what is held,
 * and a sweep on the next day.
 */
async function twoDays(world: World): Promise<Story> {
  const service = world.withParts({ site: patientSiteAt(world.url), pressMs: 25_000 });
  await install(world, 'Priya', 'Colin', 'Kofi');
  const monday = reportOf(await sweep(service));
  const form = { form: 'KPI', year: '2026-27', term: 1, ...ANSWERS };
  await send(service, pressedBy('Priya'), 'return.submit', {
    ...form,
    district: 'Dover',
    version: '',
  });
  const held = (await siteAt(world.url).items('STLS KPI Returns')).findLast(
    ({ fields }) => fields['District'] === 'Thanet' && fields['Academic_x0020_Year'] === '2026-27',
  );
  await send(service, pressedBy('Kofi'), 'return.submit', {
    ...form,
    district: 'Thanet',
    version: held?.etag ?? '',
  });
  world.moveTo(TUESDAY);
  const tuesday = reportOf(await sweep(service));
  world.emulator.faults.clear();
  return { monday, tuesday, items: await itemsIn(world) };
}

const pressedBy = (name: string) => ({ actor: idOf(name), activityId: '' });

/** Every item of the council's lists: its cells, and how often it was changed. */
async function itemsIn({ url }: World): Promise<Story['items']> {
  const site = siteAt(url);
  const lists = COUNCIL_LISTS.map(async ({ list }): Promise<[string, unknown[]]> => {
    const items = await site.items(list);
    return [list, items.map(({ id, fields, etag }) => ({ id, fields, times: etag.split(',')[1] }))];
  });
  return Object.fromEntries(await Promise.all(lists));
}

/** The same story where nothing fails; told once for all. */
let undisturbed: Promise<Story> | undefined;

describe('where requests to SharePoint fail', () => {
  test.each(faultKinds)(
    'one in ten, with %s: the report is the same, and nothing is written twice',
    async (kind) => {
      undisturbed ??= twoDays(await open(MONDAY));
      const expected = await undisturbed;
      const world = await open(MONDAY);
      const rule: FaultRule = { kind, every: 10, retryAfterSeconds: 0, stallMilliseconds: 60_000 };
      world.emulator.faults.order([rule]);
      const story = await twoDays(world);
      expect(world.emulator.requests.read().failedByOrder, 'some did fail').toBeGreaterThan(0);
      expect(story.monday).toEqual(expected.monday);
      expect(story.tuesday).toEqual(expected.tuesday);
      expect(story.items).toEqual(expected.items);
    },
    90_000,
  );

  test('in every way at once: the report is the same, and nothing is written twice', async () => {
    undisturbed ??= twoDays(await open(MONDAY));
    const expected = await undisturbed;
    const world = await open(MONDAY);
    world.emulator.faults.order(
      faultKinds.map((kind, i) => ({
        kind,
        rate: 0.04,
        seed: i,
        retryAfterSeconds: 0,
        stallMilliseconds: 60_000,
      })),
    );
    expect(await twoDays(world)).toEqual(expected);
  }, 90_000);

  test('for good: nobody is called missing, and the lists that could not be read are named', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Colin');
    world.emulator.faults.order([{ kind: '503 bare', list: 'STLS KPI Returns' }]);
    const { returns, notChecked, messages } = reportOf(await sweepAt(world, MONDAY));
    expect(notChecked.map(({ list }) => list)).toEqual(['STLS KPI Returns']);
    expect(returns.filter(({ form }) => form === 'KPI')).toEqual([]);
    expect(messages.flatMap((m) => m.returns).filter(({ form }) => form === 'KPI')).toEqual([]);
  });
});

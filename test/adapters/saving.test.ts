import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { createRunner } from '../../adapters/service/run.ts';
import { look } from '../../adapters/service/service.ts';
import { sweep } from '../../adapters/service/sweep.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { returnId } from '../../bot/returns/return.ts';
import type { FaultKind } from '../../infra/local/sharepoint/fault-rules.ts';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { changeRow, itemsOf, KPI, patientSiteAt, siteAt } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import {
  at,
  bringBack,
  idOf,
  install,
  keep,
  send,
  sweepAt,
  worlds,
  type Kept,
  type World,
} from './world.ts';

const { open } = worlds({ since: '2025-26', columnsForMs: 0 });
const MONDAY = '2026-11-23T09:00';
const DOVER = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 };
const ID = 'KPI|Dover|2026-27|1';

const ANSWERS = Object.fromEntries(
  starterMeasures
    .filter((m) => m['Form'] === 'KPI' && !m['LastTerm'])
    .map((m) => [`answer.${m['Title']}`, DOVER_ANSWERS[String(m['Question'])] ?? '']),
);

const isDovers = ({ finding }: FindingRecord): boolean => returnId(finding) === ID;

const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;
const dovers = ({ site }: World) => itemsOf(site, KPI, ['Dover', '2026-27', 'Term 1']);
const cardOf = (world: World, name: string): string =>
  wordsOn(world.teams.of(idOf(name)).at(-1)?.card);

let swept: Kept | undefined;

/** Monday’s cards are out; presses give SharePoint a moment, and no more, unless they are patient. */
async function monday({ patient = false } = {}): Promise<World> {
  const world = await open(MONDAY);
  world.service.pressMs = patient ? 15_000 : 600;
  if (swept) {
    await bringBack(world, swept);
    return world;
  }
  await install(world, 'Priya', 'Colin', 'Oskar');
  await sweepAt(world, MONDAY);
  swept = await keep(world);
  return world;
}

/** What the lead’s card sends, as `changes` have it; the version is the one that the card shows. */
async function file(
  world: World,
  name: string,
  { version = '', ...changes }: Record<string, string> = {},
): Promise<Acted> {
  const activityId = world.teams.of(idOf(name)).at(-1)?.activityId ?? '';
  const fields = { ...DOVER, version, ...ANSWERS, ...changes };
  return send(world.service, { actor: idOf(name), activityId }, 'return.submit', fields);
}

/** Hamish leads Dover too. */
const withTwoLeads = (world: World) =>
  changeRow(world, PEOPLE, 'Hamish Quill (demo)', { Districts: 'Sevenoaks\nDover' });

const CANNOT_WRITE: FaultKind[] = ['503 bare', '500', 'dropped before'];

describe('answers that SharePoint does not take now', () => {
  test.each(CANNOT_WRITE)('are received, and saved later, once: %s', async (kind) => {
    const world = await monday();
    world.emulator.faults.order([{ kind, list: KPI, method: 'POST' }]);
    const told = await file(world, 'Priya');
    expect(wordsOn(told.inPlace)).toContain('Received, saving');
    expect(wordsOn(told.inPlace)).toContain('there is nothing more to do');
    world.emulator.faults.clear();
    expect(await dovers(world)).toEqual([]);
    world.moveTo('2026-11-24T09:05');
    await sweepAt(world, '2026-11-24T09:05');
    expect(await dovers(world)).toHaveLength(1);
    expect(cardOf(world, 'Priya')).toContain('Received, thank you');
    await sweepAt(world, '2026-11-24T09:10');
    expect(await dovers(world)).toHaveLength(1);
  });

  test('count as filed when they were received, and nobody is chased for them', async () => {
    const world = await monday();
    world.emulator.faults.order([{ kind: '503 bare', list: KPI, method: 'POST' }]);
    await file(world, 'Priya');
    world.moveTo('2026-11-25T09:00');
    const { decision } = await sweepAt(world, '2026-11-25T09:00');
    const about = decision.messages.filter((m) => m.kind === 'chase').flatMap((m) => m.returns);
    expect(about.filter(({ district }) => district === 'Dover')).toEqual([]);
    world.emulator.faults.clear();
    await sweepAt(world, '2026-11-25T09:10');
    const { firstFiled } = (await world.memory.filings.get(ID)) ?? {};
    expect(firstFiled).toEqual(at(MONDAY));
  });

  test('are told to the commissioners while they wait, with what keeps them', async () => {
    const world = await monday();
    world.emulator.grant('read');
    await file(world, 'Priya');
    await sweepAt(world, MONDAY);
    const card = cardOf(world, 'Colin');
    expect(card).toContain('Dover, KPI return, Term 1, 2026-27: received on Mon 23 Nov, 09:00');
    expect(card).toContain('not saved in SharePoint yet');
    expect(card).toContain('SharePoint does not let the bot read or change it');
  });

  test('are received while a sweep still waits for SharePoint', async () => {
    const world = await monday();
    const runner = createRunner(world.withParts({ site: patientSiteAt(world.url) }));
    world.emulator.faults.order([{ kind: 'slow body', stallMilliseconds: 60_000 }]);
    const sweeping = runner.sweepNow();
    const told = await runner.inTurn(() => file(world, 'Priya'));
    expect(said(told)).toContain('Received, saving');
    world.emulator.faults.clear();
    await sweeping;
    await runner.sweepNow();
    expect(await dovers(world)).toHaveLength(1);
  });

  test('are not missing to a sweep that read the lists while they were being saved', async () => {
    const world = await monday();
    const [begun, isRead] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const read = async (list: string) => {
      const whole = await world.site.read(list);
      if (list === KPI) isRead.resolve();
      return whole;
    };
    const runner = createRunner(world.withParts({ site: { ...world.site, read } }));
    const filing = runner.inTurn(async () => {
      begun.resolve();
      await isRead.promise;
      await file(world, 'Priya');
    });
    await begun.promise;
    const [{ look }] = await Promise.all([runner.sweepNow(), filing]);
    const dover = look.assessment.statuses.find((status) => returnId(status) === ID);
    expect(dover?.state).not.toBe('missing');
  });

  test('by another process, just after the lists were read, are nothing that went', async () => {
    const world = await monday();
    const unusual = { 'answer.schoolCaseload': '1312' };
    const read = async (list: string) => {
      const whole = await world.site.read(list);
      if (list === KPI) await file(world, 'Priya', unusual);
      return whole;
    };
    const { assessment } = await look({ ...world, site: { ...world.site, read } }, at(MONDAY));
    const kept = await world.memory.findings.all();
    expect(kept.some(({ value }) => value.finding.rule === 'outlier' && isDovers(value))).toBe(
      true,
    );
    expect(assessment.changed.filter(isDovers)).toEqual([]);
  });

  test('and never will are back on the card, and the others are saved', async () => {
    const world = await monday();
    const { ServiceRefused } = await import('../../adapters/errors.ts');
    const refused = new ServiceRefused('Microsoft Graph', 400, 'invalidRequest', 'not so');
    const refusing = () => Promise.reject(refused);
    const hurried = { ...world.site, create: refusing, within: () => hurried };
    const told = await file({ ...world, service: world.withParts({ site: hurried }) }, 'Priya');
    expect(wordsOn(told.inPlace)).toContain('SharePoint did not take these answers');
    expect(await world.memory.submissions.all()).toEqual([]);
  });

  test('keep nobody else’s from being saved where the bot itself fails on them', async () => {
    const world = await monday();
    world.emulator.faults.order([{ kind: '503 bare', list: KPI, method: 'POST' }]);
    await file(world, 'Priya');
    world.emulator.faults.clear();
    const [kept] = await world.memory.submissions.all();
    const broken = { ...kept?.value, key: { ...DOVER, form: 'AET' }, person: idOf('Priya') };
    await world.memory.submissions.put('a first one', broken as never);
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
  });

  test('are kept over a restart', async () => {
    const world = await monday();
    world.emulator.faults.order([{ kind: '503 bare', list: KPI, method: 'POST' }]);
    await file(world, 'Priya');
    world.emulator.faults.clear();
    const restarted = world.withParts({ site: siteAt(world.url) });
    await sweep(restarted);
    expect(await dovers(world)).toHaveLength(1);
  });

  test('are received even where no list can be read, and saved when they can', async () => {
    const world = await monday();
    const service = world.withParts({ site: siteAt(world.url) });
    world.emulator.faults.order([{ kind: '503 bare' }]);
    const told = await file({ ...world, service }, 'Priya');
    expect(said(told)).toContain('Received, saving');
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
    expect(cardOf(world, 'Priya')).toContain('Received, thank you');
  });

  test('of somebody who may not file are refused when they can be looked at', async () => {
    const world = await monday();
    const service = world.withParts({ site: siteAt(world.url) });
    world.emulator.faults.order([{ kind: '503 bare' }]);
    await file({ ...world, service }, 'Oskar');
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toEqual([]);
    expect(await world.memory.submissions.all()).toEqual([]);
    expect(cardOf(world, 'Oskar')).toContain('KPI return, Term 1, 2026-27 is not filed');
  });

  test('that cannot be true are back on the card when they can be checked', async () => {
    const world = await monday();
    const service = world.withParts({ site: siteAt(world.url) });
    world.emulator.faults.order([{ kind: '503 bare' }]);
    const wrong = { 'answer.activelySupportedSchools': '212', 'answer.schoolCaseload': '189' };
    await file({ ...world, service }, 'Priya', wrong);
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toEqual([]);
    expect(cardOf(world, 'Priya')).toMatch(/212.*189/);
  });
});

describe('what happens while answers wait', () => {
  const WAITS = { kind: '503 bare', list: KPI, method: 'POST' } as const;

  test('a second press makes no second item, though the first was made and nobody heard of it', async () => {
    const world = await monday();
    world.emulator.faults.order([
      { kind: 'dropped after', list: KPI, method: 'POST', times: 1 },
      { kind: '503 bare', list: KPI, method: 'GET', path: 'delta' },
    ]);
    expect(said(await file(world, 'Priya'))).toContain('Received, saving');
    expect(said(await file(world, 'Priya'))).toContain('Received, saving');
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
  });

  test('a write that may still be carried out is not made again until it is surely over', async () => {
    const world = await monday();
    world.service.unclearMs = 60_000;
    world.emulator.faults.order([{ kind: 'dropped before', list: KPI, method: 'POST' }]);
    await file(world, 'Priya');
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect(await dovers(world), 'not yet').toEqual([]);
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + 61_000);
    onTestFinished(() => clock.mockRestore());
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
  });

  test('a column that goes keeps its answer waiting, and the answer is not lost', async () => {
    const world = await monday();
    world.emulator.faults.order([WAITS]);
    await file(world, 'Priya');
    world.emulator.faults.clear();
    const { graph } = world;
    await graph.send('DELETE', graph.list(KPI, '/columns/School_x0020_Caseload'));
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toEqual([]);
    expect(cardOf(world, 'Colin')).toContain('does not take the answer to “School caseload”');
    await graph.send('POST', graph.list(KPI, '/columns'), {
      name: 'School_x0020_Caseload',
      displayName: 'School Caseload',
      number: {},
    });
    await sweepAt(world, MONDAY);
    const [item] = await dovers(world);
    expect(item?.fields['School_x0020_Caseload']).toBe(178);
  });

  test('a row that is missing by mistake throws nothing away', async () => {
    const world = await monday();
    world.emulator.faults.order([WAITS]);
    await file(world, 'Priya');
    world.emulator.faults.clear();
    const priya = (await world.site.items(PEOPLE)).find(({ fields }) =>
      String(fields['Title']).startsWith('Priya'),
    );
    const wrong = { EntraObjectId: '00000000-0000-4000-8000-00000000ffff' };
    const right = { EntraObjectId: String(priya?.fields['EntraObjectId']) };
    const title = String(priya?.fields['Title']);
    await changeRow(world, PEOPLE, title, wrong);
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toEqual([]);
    expect(cardOf(world, 'Colin')).toContain('is not in the people list any more');
    await changeRow(world, PEOPLE, title, right);
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
  });

  test('what is typed afterwards is another draft, and stays', async () => {
    const world = await monday();
    world.emulator.faults.order([WAITS]);
    await file(world, 'Priya');
    await send(world.service, pressedBy('Priya'), 'return.save', {
      ...DOVER,
      version: '',
      ...ANSWERS,
      'answer.schoolCaseload': '199',
    });
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    expect((await dovers(world))[0]?.fields['School_x0020_Caseload']).toBe(178);
    const [draft] = await world.memory.drafts.all();
    expect(draft?.value.typed['schoolCaseload']?.answer).toBe('199');
  });

  test('the other return that is open on the card stays open', async () => {
    const world = await monday();
    world.emulator.faults.order([WAITS]);
    await file(world, 'Priya');
    const activityId = world.teams.of(idOf('Priya')).at(-1)?.activityId ?? '';
    const lar = { ...DOVER, form: 'LAR' };
    await send(world.service, { actor: idOf('Priya'), activityId }, 'return.open', lar);
    world.emulator.faults.clear();
    await sweepAt(world, MONDAY);
    const rows = (await world.memory.outbox.all()).map(({ value }) => value);
    expect(rows.find((row) => row.activityId === activityId)?.open).toEqual(lar);
    expect(cardOf(world, 'Priya'), 'told below').toContain('Received, thank you');
  });
});

describe('a question that the card did not ask', () => {
  test('keeps what is held', async () => {
    const world = await monday({ patient: true });
    await file(world, 'Priya');
    const { graph } = world;
    await graph.send('POST', graph.list(KPI, '/columns'), { name: 'Waiting', number: {} });
    const [item] = await dovers(world);
    await graph.send('PATCH', graph.list(KPI, `/items/${item?.id}/fields`), { Waiting: 41 });
    await send(world.service, pressedBy('Priya'), 'return.open', DOVER);
    await graph.add('STLS Bot Measures', {
      Title: 'waiting',
      Form: 'KPI',
      Question: 'Children waiting',
      Unit: 'count',
      ListName: KPI,
      ColumnName: 'Waiting',
      Position: 999,
    });
    const [now] = await dovers(world);
    const changed = { version: now?.etag ?? '', 'answer.schoolCaseload': '180' };
    expect(said(await file(world, 'Priya', changed))).toContain('Received, thank you');
    const [after] = await dovers(world);
    expect(after?.fields).toMatchObject({ Waiting: 41, School_x0020_Caseload: 180 });
  });

  test('is Comments where they are longer than fits on a card: they stay as they are', async () => {
    const world = await monday({ patient: true });
    await file(world, 'Priya');
    const [item] = await dovers(world);
    const long = 'What the council wrote. '.repeat(200).trim();
    const { graph } = world;
    await graph.send('PATCH', graph.list(KPI, `/items/${item?.id}/fields`), { Comments: long });
    const opened = await send(world.service, pressedBy('Priya'), 'return.open', DOVER);
    expect(said(opened)).toContain('The comments of this return are longer than fits here');
    const [now] = await dovers(world);
    const changed = { version: now?.etag ?? '', 'answer.schoolCaseload': '180' };
    expect(said(await file(world, 'Priya', changed))).toContain('Received, thank you');
    expect((await dovers(world))[0]?.fields['Comments']).toBe(long);
  });
});

describe('a chase that is pressed', () => {
  test('does not go by what was read a minute ago', async () => {
    const world = await monday();
    const { graph } = world;
    await graph.add(KPI, { District: 'Swale', Academic_x0020_Year: '2026-27', Term: 'Term 1' });
    world.emulator.faults.order([{ kind: '503 bare', list: KPI }]);
    const told = await send(world.service, pressedBy('Colin'), 'overview.show', {});
    expect(said(told)).toContain('STLS KPI Returns: could not check');
  });
});

describe('an answer that is lost on its way back', () => {
  test.each(['504 after', 'dropped after', 'truncated'] as const)(
    'makes no second item: %s',
    async (kind) => {
      const world = await monday({ patient: true });
      world.emulator.faults.order([{ kind, list: KPI, method: 'POST', times: 1 }]);
      expect(said(await file(world, 'Priya'))).toContain('Received, thank you');
      expect(await dovers(world)).toHaveLength(1);
    },
  );

  test('is no change by somebody else', async () => {
    const world = await monday({ patient: true });
    await file(world, 'Priya');
    const [item] = await dovers(world);
    world.emulator.faults.order([{ kind: 'dropped after', method: 'PATCH', times: 1 }]);
    const changed = { version: item?.etag ?? '', 'answer.schoolCaseload': '180' };
    expect(said(await file(world, 'Priya', changed))).toContain('Received, thank you');
    const [after] = await dovers(world);
    expect(after?.fields['School_x0020_Caseload']).toBe(180);
  });
});

describe('two people at once', () => {
  test('file the same return: it is made once, and the other is shown what happened', async () => {
    const world = await monday({ patient: true });
    await withTwoLeads(world);
    const other: World = { ...world, service: world.withParts({ site: siteAt(world.url) }) };
    const both = await Promise.all([
      file(world, 'Priya', { 'answer.remarks': 'Priya.' }),
      file(other, 'Hamish', { 'answer.remarks': 'Hamish.' }),
    ]);
    expect(await dovers(world)).toHaveLength(1);
    const thanked = both.filter((acted) => said(acted).includes('Received, thank you'));
    expect(thanked).toHaveLength(1);
    await sweepAt(world, MONDAY);
    expect(await dovers(world)).toHaveLength(1);
    const drafts = await world.memory.drafts.all();
    expect(drafts.map(({ value }) => value.trouble)).toEqual([
      expect.stringContaining('was changed in the list'),
    ]);
  });

  test('change different questions of a return: both changes stand', async () => {
    const world = await monday({ patient: true });
    await file(world, 'Priya');
    const [item] = await dovers(world);
    await send(world.service, pressedBy('Priya'), 'return.open', DOVER);
    await world.graph.send('PATCH', world.graph.list(KPI, `/items/${item?.id}/fields`), {
      EY_x0020_Caseload: 99,
    });
    const changed = { version: item?.etag ?? '', 'answer.schoolCaseload': '180' };
    expect(said(await file(world, 'Priya', changed))).toContain('Received, thank you');
    const [after] = await dovers(world);
    expect(after?.fields).toMatchObject({ School_x0020_Caseload: 180, EY_x0020_Caseload: 99 });
  });

  test('change the same question: both answers are shown, and the second one decides', async () => {
    const world = await monday({ patient: true });
    await file(world, 'Priya');
    const [item] = await dovers(world);
    await send(world.service, pressedBy('Priya'), 'return.open', DOVER);
    await world.graph.send('PATCH', world.graph.list(KPI, `/items/${item?.id}/fields`), {
      School_x0020_Caseload: 190,
      EY_x0020_Caseload: 99,
    });
    const mine = { 'answer.schoolCaseload': '180' };
    const told = await file(world, 'Priya', { version: item?.etag ?? '', ...mine });
    expect(wordsOn(told.inPlace)).toContain('In the list now: 190');
    expect(wordsOn(told.inPlace)).toContain('your change is not filed yet');
    const [now] = await dovers(world);
    expect(now?.fields['School_x0020_Caseload'], 'nothing is overwritten unasked').toBe(190);
    const again = { version: now?.etag ?? '', ...mine, 'answer.eyCaseload': '99' };
    expect(said(await file(world, 'Priya', again))).toContain('Received, thank you');
    const [after] = await dovers(world);
    expect(after?.fields).toMatchObject({ School_x0020_Caseload: 180, EY_x0020_Caseload: 99 });
  });
});

const pressedBy = (name: string) => ({ actor: idOf(name), activityId: '' });

test('a sweep gives on a look with what it sent, as old as its reading of the lists', async () => {
  const world = await monday();
  let read = Infinity;
  const site = {
    ...world.site,
    read: async (list: string) => {
      read = Math.min(read, performance.now());
      return world.site.read(list);
    },
  };
  const given: [number, readonly string[]][] = [];
  const runner = createRunner(world.withParts({ site }), {
    afterLook: async ({ look: { remembered } }, began) => {
      given.push([began, remembered.deliveries.map(({ status }) => status)]);
    },
  });
  await runner.sweepNow();
  const [[began, statuses] = [Infinity, []]] = given;
  expect(began, 'before anything was read').toBeLessThanOrEqual(read);
  expect(statuses).toContain('sent');
  expect(statuses).not.toContain('waiting');
});

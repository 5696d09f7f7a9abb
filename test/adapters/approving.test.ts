import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { look } from '../../adapters/service/service.ts';
import { storiesInWords } from '../../adapters/service/story-in-words.ts';
import { reportOf } from '../../adapters/service/sweep-report.ts';
import type { Memory } from '../../adapters/storage/memory.ts';
import type { Documents, Held } from '../../adapters/storage/tables.ts';
import { tellStory } from '../../bot/chase/story.ts';
import { returnId } from '../../bot/returns/return.ts';
import { returnsIn, seenCode } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { changeRow, KPI, removeList } from './demo-site.ts';
import { buttonOn, buttonsOn, wordsOn } from './reading-cards.ts';
import {
  bringBack,
  everything,
  idOf,
  install,
  keep,
  press,
  send,
  sweepAt,
  worlds,
  type Kept,
  type World,
} from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const ASHFORD = 'KPI|Ashford|2026-27|1';
const TUNBRIDGE = 'KPI|Tunbridge Wells|2026-27|1';
const TOGETHER = /^Approve these \d+$/;

let swept: Kept | undefined;

/** The world after Monday’s sweep; swept once for all. */
async function monday(): Promise<World> {
  const world = await open(MONDAY);
  if (swept) {
    await bringBack(world, swept);
    return world;
  }
  await install(world, 'Colin', 'Oskar');
  await sweepAt(world, MONDAY);
  swept = await keep(world);
  return world;
}

const offered = ({ service }: World, name = 'Colin'): Promise<Card> =>
  answer(service, idOf(name), { name: 'what can be approved' });

const together = (card: Card | undefined) =>
  buttonsOn(card).find(({ title }) => TOGETHER.test(title));

async function approveTogether(world: World, name = 'Colin', card?: Card): Promise<Acted> {
  const shown = card ?? (await offered(world, name));
  return press(world, name, { card: shown }, { title: together(shown)?.title ?? '' });
}

const madeOf = async ({ memory }: World, id: string) =>
  (await memory.approvals.get(id))?.made ?? [];

const stateOf = (
  { look: { assessment } }: Awaited<ReturnType<typeof sweepAt>>,
  id: string,
): string | undefined => assessment.statuses.find((one) => returnId(one) === id)?.state;

const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;

const changeAshford = (world: World, caseload: number) =>
  changeRow(world, KPI, 'KPI 2026-27 Term 1 Ashford', { School_x0020_Caseload: caseload });

describe('all clean returns of a term', () => {
  test('are approved by one press, kept with who and when, counted, and can be taken back', async () => {
    const world = await monday();
    const button = together(await offered(world));
    const names = returnsIn(button?.data['returns'] as string).map(returnId);
    expect(names).toContain(ASHFORD);
    const approved = await approveTogether(world);
    expect(said(approved)).toContain(`Approved: ${names.length} returns`);
    expect(await madeOf(world, ASHFORD)).toMatchObject([
      { what: 'approved', by: idOf('Colin'), name: 'Colin Marsh (demo)', accepted: [] },
    ]);
    const after = await sweepAt(world, '2026-11-23T09:05');
    const states = reportOf(after).returns.filter(({ state }) => state === 'approved');
    expect(states).toHaveLength(names.length);

    const card = approved.inPlace;
    if (!card) throw new Error('There is no card.');
    const undone = await press(world, 'Yusuf', { card }, { title: 'Undo' });
    expect(said(undone)).toContain(`Taken back: ${names.length} approvals`);
    expect((await madeOf(world, ASHFORD)).map(({ what, by }) => [what, by])).toEqual([
      ['approved', idOf('Colin')],
      ['undone', idOf('Yusuf')],
    ]);
    expect(stateOf(await sweepAt(world, '2026-11-23T09:10'), ASHFORD)).toBe('filed');
    const again = await press(world, 'Colin', { card }, { title: 'Undo' });
    expect(said(again)).toContain('It is so already');
    expect(said(again)).toContain('Ashford KPI: taken back already by Yusuf');
  });

  test('are approved without the one that was changed meanwhile, which is named', async () => {
    const world = await monday();
    const card = await offered(world);
    world.moveTo('2026-11-23T10:14');
    await changeAshford(world, 400);
    world.moveTo('2026-11-23T10:20');
    const told = said(await approveTogether(world, 'Colin', card));
    expect(told).toContain('Ashford KPI: changed at 10:14: please look again');
    expect(await madeOf(world, ASHFORD)).toEqual([]);
    expect(await world.memory.approvals.all()).not.toEqual([]);
  });

  test('are approved once, by two who press at the same time or one who presses twice', async () => {
    const world = await monday();
    const card = await offered(world);
    const both = await Promise.all([
      approveTogether(world, 'Colin', card),
      approveTogether(world, 'Yusuf', card),
    ]);
    for (const one of both) expect(said(one)).toMatch(/Approved: \d+ return|It is so already/);
    for (const { value } of await world.memory.approvals.all()) {
      expect(value.made).toHaveLength(1);
    }
    const again = said(await approveTogether(world, 'Colin', card));
    expect(again).toContain('It is so already');
    expect(again).toMatch(/Ashford KPI: approved already by (Colin|Yusuf)/);
  });

  test('of a list that cannot be read are left out with that reason', async () => {
    const world = await monday();
    const card = await offered(world);
    await removeList(world, KPI);
    const told = said(await approveTogether(world, 'Colin', card));
    expect(told).toContain('Ashford KPI: its list could not be read');
    expect(await madeOf(world, ASHFORD)).toEqual([]);
  });
});

describe('an edit after approval', () => {
  async function edited() {
    const world = await monday();
    await approveTogether(world);
    const [approval] = await madeOf(world, ASHFORD);
    if (approval?.what !== 'approved') throw new Error('It is not approved.');
    const { value: before } = approval.answers['schoolCaseload'] as { value: number };
    world.moveTo('2026-11-23T10:14');
    await changeAshford(world, before + 23);
    return { world, before, change: `School caseload: ${before} → ${before + 23}` };
  }

  test('voids it, and says what changed: in the state, the alert, the card and the story', async () => {
    const { world, change } = await edited();
    const tuesday = await sweepAt(world, '2026-11-24T09:00');
    expect(stateOf(tuesday, ASHFORD)).toBe('amended');
    const alert = world.teams.of(idOf('Colin')).at(-1);
    expect(wordsOn(alert?.card)).toContain('Changed after it was approved');
    expect(wordsOn(alert?.card)).toContain(change);
    const district = await answer(world.service, idOf('Colin'), {
      name: 'show district',
      district: 'Ashford',
    });
    expect(wordsOn(district)).toContain('Amended after approval');
    expect(wordsOn(district)).toContain(change);
    const now = await look(world.service, world.service.clock.now());
    const key = { form: 'KPI', district: 'Ashford', year: '2026-27', term: 1 } as const;
    const story = storiesInWords([tellStory(now, key)], now.at, 200);
    expect(story).toContain(`The approval by Colin Marsh (demo) is void: ${change}.`);

    const wednesday = await sweepAt(world, '2026-11-25T09:00');
    const mine = wednesday.decision.messages.filter(({ person }) => person?.id === idOf('Colin'));
    const told = mine.flatMap(({ logs }) => logs.filter(({ about }) => about.startsWith(ASHFORD)));
    expect(told, 'once').toEqual([]);
  });

  test('that another edit takes back leaves it void, and one press approves it again', async () => {
    const { world, before } = await edited();
    await changeAshford(world, before);
    expect(stateOf(await sweepAt(world, '2026-11-23T10:20'), ASHFORD)).toBe('amended');
    const district = await answer(world.service, idOf('Colin'), {
      name: 'show district',
      district: 'Ashford',
    });
    expect(wordsOn(district)).toContain('Edited, but every answer is the same as approved');
    const again = await press(world, 'Colin', { card: district }, { title: 'Approve again' });
    expect(said(again)).toContain('Approved: 1 return');
    expect(buttonOn(again.inPlace, 'Undo the approval', { returns: ASHFORD }).data).toMatchObject({
      on: 'district',
    });
    expect((await madeOf(world, ASHFORD)).map(({ what }) => what)).toEqual([
      'approved',
      'approved',
    ]);
    expect(stateOf(await sweepAt(world, '2026-11-23T10:25'), ASHFORD)).toBe('approved');
  });
});

/** Runs something before the n-th time that findings or approvals are read to be written, or are written. */
function beforeStep(step: number, run: () => Promise<unknown>) {
  let steps = 0;
  const counted =
    <A extends unknown[], R>(act: (...of: A) => Promise<R>) =>
    async (...of: A): Promise<R> => {
      steps += 1;
      if (steps === step) await run();
      return act(...of);
    };
  const watched = <T>(documents: Documents<T>): Documents<T> => ({
    ...documents,
    hold: counted((key: string) => documents.hold(key)),
    insert: counted((key: string, value: T) => documents.insert(key, value)),
    replace: counted((held: Held<T>, value: T) => documents.replace(held, value)),
  });
  return {
    memoryOf: (memory: Memory): Memory => ({
      ...memory,
      findings: watched(memory.findings),
      approvals: watched(memory.approvals),
    }),
    wasReached: () => steps >= step,
  };
}

describe('a return whose query is explained', () => {
  const RULE = 'identical-to-previous-term';
  const record = async ({ memory }: World) =>
    (await memory.findings.all()).find(
      ({ value: { finding } }) =>
        finding.rule === RULE &&
        finding.year === '2026-27' &&
        finding.district === 'Tunbridge Wells',
    )?.value;

  async function explained() {
    const world = await monday();
    const finding = (await record(world))?.finding.id ?? '';
    const lead = { actor: idOf('Oskar'), activityId: '' };
    const words = 'no child moved in or out this term';
    await send(world.service, lead, 'finding.explain', { finding, [`words.${finding}`]: words });
    const kept = await record(world);
    const seen = kept ? seenCode(kept) : '';
    return { world, card: await offered(world), finding, seen };
  }
  const approveThem = {
    title: 'Approve, accepting these explanations',
    carrying: { returns: TUNBRIDGE },
  };
  const approveIt = {
    title: 'Approve, accepting this explanation',
    carrying: { returns: TUNBRIDGE },
  };

  test('is approved in one act with its explanation, whose history says so; then nobody is chased for it', async () => {
    const { world, card, finding } = await explained();
    expect(wordsOn(card)).toContain('“no child moved in or out this term”');
    expect(said(await press(world, 'Colin', { card }, approveIt))).toContain(
      '1 explanation accepted with it',
    );
    const kept = await record(world);
    expect(kept?.status).toBe('accepted');
    expect(kept?.history.at(-1)).toMatchObject({
      what: 'accepted',
      by: 'Colin Marsh (demo)',
      text: 'with the approval of the return',
    });
    expect(await madeOf(world, TUNBRIDGE)).toMatchObject([{ accepted: [finding] }]);
    for (const day of ['2026-11-25', '2026-11-30']) {
      const { decision } = await sweepAt(world, `${day}T09:00`);
      const about = decision.messages.flatMap((message) => message.findings);
      expect(
        about.filter((id) => id === finding),
        `on ${day}`,
      ).toEqual([]);
    }
  });

  test('keeps what was accepted with its approval until the approval is taken back', async () => {
    const { world, card, finding } = await explained();
    await press(world, 'Colin', { card }, approveIt);
    const colin = { actor: idOf('Colin'), activityId: '' };
    const refused = await send(world.service, colin, 'finding.reopen', { finding });
    expect(said(refused)).toContain('Please take the approval back first.');
    expect((await record(world))?.status).toBe('accepted');
    await send(world.service, colin, 'return.undoApproval', { returns: TUNBRIDGE });
    await send(world.service, colin, 'finding.reopen', { finding });
    expect((await record(world))?.status).toBe('explained');
  });

  const districtCard = ({ service }: World) =>
    answer(service, idOf('Colin'), { name: 'show district', district: 'Tunbridge Wells' });

  test.each([
    ['was accepted before', 'Approve', 'the approval'],
    ['was accepted before', 'Approve', 'the reopening'],
    ['is accepted with it', approveIt.title, 'the approval'],
  ])(
    'that %s is never open under an approval: “%s”, with a reopening, whatever comes between the steps of %s',
    async (when, title, slow) => {
      const { world, finding, seen } = await explained();
      const yusuf = { actor: idOf('Yusuf'), activityId: '' };
      if (when === 'was accepted before') {
        await send(world.service, yusuf, 'finding.accept', { finding, seen });
      }
      const card = await districtCard(world);
      const before = await record(world);
      if (!before) throw new Error('There is no such finding.');
      const pressed = { title, carrying: { returns: TUNBRIDGE } };
      const presses = {
        'the approval': (service: World['service']) =>
          press({ ...world, service }, 'Colin', { card }, pressed),
        'the reopening': (service: World['service']) =>
          send(service, yusuf, 'finding.reopen', { finding }),
      };
      const [first, other] =
        slow === 'the approval'
          ? [presses['the approval'], presses['the reopening']]
          : [presses['the reopening'], presses['the approval']];
      const outcomes = new Set<string>();
      for (let step = 1, reached = true; reached; step += 1) {
        await world.memory.findings.put(finding, before);
        await world.memory.approvals.remove(TUNBRIDGE);
        const between = beforeStep(step, () => other(world.service));
        await first(world.withParts({ memory: between.memoryOf(world.memory) }));
        reached = between.wasReached();
        const approval = (await madeOf(world, TUNBRIDGE)).length > 0 ? 'approved' : 'not approved';
        outcomes.add(`${(await record(world))?.status}, ${approval}`);
      }
      expect(outcomes).toEqual(new Set(['accepted, approved', 'explained, not approved']));
    },
  );

  test('is accepted with the approval or not at all, whatever of it is reworded or fails between the steps', async () => {
    const world = await monday();
    const title = 'KPI 2026-27 Term 1 Tunbridge Wells';
    await changeRow(world, KPI, title, {
      Actively_x0020_Supported_x0020_S: 20,
      School_x0020_Caseload: 89,
    });
    await sweepAt(world, '2026-11-23T09:05');
    const lead = { actor: idOf('Oskar'), activityId: '' };
    const explain = (finding: string, text: string) =>
      send(world.service, lead, 'finding.explain', { finding, [`words.${finding}`]: text });
    const ofTunbridge = async () =>
      (await world.memory.findings.all())
        .map(({ value }) => value)
        .filter(({ finding, status }) => returnId(finding) === TUNBRIDGE && status !== 'closed');
    for (const { finding } of await ofTunbridge()) await explain(finding.id, 'we counted it twice');
    const before = await ofTunbridge();
    expect(before.length).toBeGreaterThan(1);
    const card = await offered(world);
    const last = before.at(-1)?.finding.id ?? '';
    const reworded = () => explain(last, 'sorry, other words after all');
    const failing = () => Promise.reject(new Error('Storage is away.'));
    const outcomes = new Set<string>();
    for (const [happens, from] of [[reworded, 2] as const, [failing, 3] as const]) {
      for (let step = from, reached = true; reached; step += 4) {
        await world.memory.findings.putAll(before.map((one) => [one.finding.id, one]));
        await world.memory.approvals.remove(TUNBRIDGE);
        const between = beforeStep(step, happens);
        const service = world.withParts({ memory: between.memoryOf(world.memory) });
        const approving = press({ ...world, service }, 'Colin', { card }, approveThem);
        await approving.catch(() => undefined);
        reached = between.wasReached();
        const approval = (await madeOf(world, TUNBRIDGE)).length > 0 ? 'approved' : 'not approved';
        const statuses = new Set((await ofTunbridge()).map(({ status }) => status));
        outcomes.add(`${[...statuses].join(' and ')}, ${approval}`);
      }
    }
    expect(outcomes).toEqual(new Set(['accepted, approved', 'explained, not approved']));
  });

  test('is approved by one and reopened by another who press at once: only one of them does', async () => {
    const { world, finding, seen } = await explained();
    await send(world.service, { actor: idOf('Yusuf'), activityId: '' }, 'finding.accept', {
      finding,
      seen,
    });
    const card = await districtCard(world);
    await Promise.all([
      press(world, 'Colin', { card }, { title: 'Approve', carrying: { returns: TUNBRIDGE } }),
      send(world.service, { actor: idOf('Yusuf'), activityId: '' }, 'finding.reopen', { finding }),
    ]);
    const isApproved = (await madeOf(world, TUNBRIDGE)).length > 0;
    expect((await record(world))?.status).toBe(isApproved ? 'accepted' : 'explained');
  });

  test('is not approved where the explanation was sent back meanwhile', async () => {
    const { world, card, finding, seen } = await explained();
    const other = { actor: idOf('Yusuf'), activityId: '' };
    await send(world.service, other, 'finding.sendBack', {
      finding,
      seen,
      [`note.${finding}`]: 'Every number?',
    });
    const told = said(await press(world, 'Colin', { card }, approveIt));
    expect(told).toContain('Tunbridge Wells KPI: 1 query to answer');
    expect(await madeOf(world, TUNBRIDGE)).toEqual([]);
    expect((await record(world))?.status).toBe('sent back');
  });
});

test('nobody else approves, takes back or is shown what can be approved, and nothing is written', async () => {
  const world = await monday();
  const button = together(await offered(world));
  await approveTogether(world);
  const before = await everything(world);
  const actions: [verb: string, fields: Record<string, unknown>][] = [
    ['approvals.show', {}],
    ['return.approve', { ...button?.data }],
    // A card says nothing of who acts: what it claims of that is not read.
    ['return.approve', { ...button?.data, by: idOf('Colin'), actor: idOf('Colin') }],
    ['return.undoApproval', { returns: ASHFORD }],
  ];
  for (const actor of [idOf('Priya'), idOf('Greta'), 'stranger']) {
    for (const [verb, fields] of actions) {
      const told = await send(world.service, { actor, activityId: '' }, verb, fields);
      const no = actor === 'stranger' ? 'I do not know you yet' : 'Sorry, I cannot do that for you';
      expect(said(told), `${actor}: ${verb}`).toContain(no);
    }
  }
  expect(await everything(world)).toEqual(before);
});

test('another term can be chosen on the card, and is approved though it is locked', async () => {
  const world = await monday();
  const card = await offered(world);
  const chosen = await press(world, 'Colin', { card }, { title: 'Term 6, 2025-26' });
  expect(wordsOn(chosen.inPlace)).toContain('Term 6, 2025-26:');
  const approved = await approveTogether(world, 'Colin', chosen.inPlace);
  expect(said(approved)).toMatch(/Approved: \d+ return/);
  const kept = await world.memory.approvals.all();
  expect(kept.every(({ key }) => key.endsWith('|2025-26|6'))).toBe(true);
});

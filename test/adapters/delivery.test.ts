import { describe, expect, test } from 'vitest';
import { connect } from '../../adapters/service/connect.ts';
import type { Service } from '../../adapters/service/service.ts';
import type { Delivery } from '../../bot/chase/delivery.ts';
import { chaseLog } from '../../bot/chase/history.ts';
import { changeRow, KPI, LAR } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import { referenceOf } from './recording-teams.ts';
import { sweep } from '../../adapters/service/sweep.ts';
import {
  at,
  bringBack,
  idOf,
  install,
  installInChannel,
  keep,
  sweepAt,
  worlds,
  type Kept,
  type World,
} from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const PRIYA = idOf('Priya');
const KOFI = idOf('Kofi');
const COLIN = idOf('Colin');

const chaseOf = async (
  { memory }: World,
  who: string,
  day: string,
): Promise<Delivery | undefined> => memory.outbox.get(`chase|${who}|${day}`);

let swept: Kept | undefined;

/** After Monday’s sweep, with the bot installed for two leads and a commissioner; swept once for all. */
async function monday(): Promise<World> {
  const world = await open(MONDAY);
  if (swept) {
    await bringBack(world, swept);
  } else {
    await install(world, 'Priya', 'Kofi', 'Colin');
    await sweepAt(world, MONDAY);
    swept = await keep(world);
  }
  return world;
}

const outcomesOf = async ({ memory, service }: World, who: string): Promise<string[]> =>
  chaseLog(
    (await memory.outbox.all()).map(({ value }) => value),
    service.clock.now(),
  )
    .filter(({ person }) => person === who)
    .map(({ outcome }) => outcome);

/** Thanet’s report arrives through the form as before, complete. */
async function fileThanet({ site, graph }: World): Promise<void> {
  const items = await site.items(LAR);
  const like = items.findLast(({ fields }) => fields['District'] === 'Thanet')?.fields ?? {};
  const figures = Object.entries(like).filter(([, value]) => typeof value === 'number');
  await graph.add(LAR, {
    ...Object.fromEntries(figures),
    Clinics_x0020_EY: Number(like['Clinics_x0020_EY']) + 1,
    District: 'Thanet',
    Academic_x0020_Year: '2026-27',
    Term: 'Term 1',
  });
}

describe('somebody for whom the bot is not installed', () => {
  test('is logged as such, and named to the commissioners with the remedy', async () => {
    const world = await open(MONDAY);
    await install(world, 'Colin');
    await sweepAt(world, MONDAY);
    expect(await outcomesOf(world, PRIYA)).toEqual(['no bot installed']);
    const alert = wordsOn(world.teams.of(COLIN)[0]?.card);
    expect(alert).toContain('Priya Raman (demo): KPI return. Could not be reached');
    expect(alert).toContain('Ask the Teams administrator to install it, and telephone meanwhile.');
  });

  test('gets the card of the day as soon as it is, and the alert says so', async () => {
    const world = await open(MONDAY);
    await install(world, 'Colin');
    await sweepAt(world, MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, '2026-11-23T11:00');
    expect(world.teams.of(PRIYA)).toHaveLength(1);
    expect(await outcomesOf(world, PRIYA)).toEqual(['sent']);
    await sweepAt(world, '2026-11-23T11:01');
    const [alert, ...others] = world.teams.of(COLIN);
    expect(others, 'the alert is one card a day').toEqual([]);
    expect(alert?.updates).toBeGreaterThan(0);
    expect(wordsOn(alert?.card)).toContain('Priya Raman (demo): KPI return. Card sent');
  });

  test('is tried with a new message on the next day; the old one stays what it was', async () => {
    const world = await open(MONDAY);
    await sweepAt(world, MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, '2026-11-24T09:00');
    expect(await chaseOf(world, PRIYA, '2026-11-23')).toMatchObject({
      status: 'no bot installed',
    });
    expect(await chaseOf(world, PRIYA, '2026-11-24')).toMatchObject({ status: 'sent' });
    expect(world.teams.of(PRIYA)).toHaveLength(1);
  });

  test('does not get the card after hours, nor yesterday’s at night', async () => {
    const world = await open(MONDAY);
    await sweepAt(world, MONDAY);
    await install(world, 'Priya', 'Colin');
    await sweepAt(world, '2026-11-23T17:00');
    expect(world.teams.requests).toBe(0);
    await sweepAt(world, '2026-11-24T06:00');
    expect(world.teams.requests).toBe(0);
  });
});

describe('what is filed', () => {
  test('between the decision and the delivery is not chased', async () => {
    const world = await open(MONDAY);
    await install(world, 'Kofi');
    let filed = false;
    const { outbox } = world.memory;
    const filingMeanwhile: Service = {
      ...world.service,
      memory: {
        ...world.memory,
        outbox: {
          ...outbox,
          add: async (id, row) => {
            if (!filed) await fileThanet(world);
            filed = true;
            return outbox.add(id, row);
          },
        },
      },
    };
    const { decision } = await sweepAt(world, MONDAY, filingMeanwhile);
    expect(
      decision.messages.some((m) => m.person?.id === KOFI),
      'it was decided',
    ).toBe(true);
    expect(world.teams.of(KOFI)).toEqual([]);
    expect(await chaseOf(world, KOFI, '2026-11-23')).toMatchObject({
      status: 'withdrawn',
      problem: 'nothing is outstanding',
    });
  });

  test('turns the card that is shown into a thank-you, in place', async () => {
    const world = await monday();
    const [card] = world.teams.of(KOFI);
    const posted = card?.activityId;
    expect(wordsOn(card?.card)).toContain('Thanet: 1 return to file');
    await fileThanet(world);
    await sweepAt(world, '2026-11-23T09:30');
    const [after, ...others] = world.teams.of(KOFI);
    expect(others, 'no second card').toEqual([]);
    expect(after).toMatchObject({ activityId: posted, updates: 1 });
    expect(wordsOn(after?.card)).toContain('Received, thank you');
    expect(wordsOn(after?.card)).not.toContain('1 return to file');
    expect(wordsOn(world.teams.of(COLIN)[0]?.card)).toContain('5 districts with something missing');
    const chased = await sweepAt(world, '2026-11-25T09:00');
    expect(chased.decision.messages.filter((m) => m.person?.id === KOFI)).toEqual([]);
  });

  test('and then taken back by an edit is asked for again on the same card', async () => {
    const world = await monday();
    await fileThanet(world);
    await sweepAt(world, '2026-11-23T09:30');
    const made = (await world.site.items(LAR)).at(-1);
    await world.graph.send('PATCH', world.graph.list(LAR, `/items/${made?.id}/fields`), {
      Clinics_x0020_EY: null,
    });
    await sweepAt(world, '2026-11-23T10:00');
    const [card, ...others] = world.teams.of(KOFI);
    expect(others).toEqual([]);
    expect(wordsOn(card?.card)).toContain('1 question blank');
  });

  test('or not, a card that would look the same is left alone', async () => {
    const world = await monday();
    const { requests } = world.teams;
    for (const time of ['09:10', '18:00', '23:59']) {
      await sweepAt(world, `2026-11-23T${time}`);
    }
    expect(world.teams.requests).toBe(requests);
  });
});

describe('somebody who blocked the bot', () => {
  test('is recorded, not tried again that day, and named to the commissioners with the remedy', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Colin');
    world.teams.refuse(PRIYA, 'blocked');
    await sweepAt(world, MONDAY);
    const asked = world.teams.requests;
    await sweepAt(world, '2026-11-23T09:05');
    expect(world.teams.requests).toBe(asked);
    expect(await outcomesOf(world, PRIYA)).toEqual(['blocked']);
    expect(await chaseOf(world, PRIYA, '2026-11-23')).toMatchObject({
      status: 'blocked',
      problem: 'MessageWritesBlocked',
    });
    const alert = wordsOn(world.teams.of(COLIN)[0]?.card);
    expect(alert).toContain('Priya Raman (demo): KPI return. Could not be reached');
    expect(alert).toContain('The bot was blocked or removed. Please telephone.');
  });

  test('is tried afresh the next day, and reached if the block was lifted', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    world.teams.refuse(PRIYA, 'blocked', 1);
    await sweepAt(world, MONDAY);
    await sweepAt(world, '2026-11-24T09:00');
    expect(world.teams.of(PRIYA)).toHaveLength(1);
  });

  test('does not keep the others from being written to', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Kofi', 'Bettina', 'Colin', 'Yusuf');
    for (const who of [PRIYA, COLIN]) world.teams.refuse(who, 'blocked');
    await sweepAt(world, MONDAY);
    for (const name of ['Kofi', 'Bettina', 'Yusuf']) {
      expect(world.teams.of(idOf(name)), `for ${name}`).toHaveLength(1);
    }
  });
});

describe('while a batch is being delivered', () => {
  test('the quiet hours begin for those who were not written to yet', async () => {
    const world = await open('2026-11-23T16:59');
    await install(world, 'Priya', 'Kofi', 'Bettina');
    const late = world.withParts({
      teams: {
        update: (...update) => world.teams.update(...update),
        post: (to, card) => {
          world.moveTo('2026-11-23T17:00');
          return world.teams.post(to, card);
        },
      },
    });
    await sweep(late);
    expect(world.teams.shown, 'one was on its way already').toHaveLength(1);
  });

  test('who was sent one card is sent no other, though both were waiting', async () => {
    const world = await open(MONDAY);
    await install(world, 'Colin');
    await changeRow(world, 'STLS Bot People', 'Colin Marsh (demo)', {
      Role: 'District lead',
      Districts: 'Dover',
    });
    await world.graph.add('STLS Bot People', {
      Title: 'Colin Marsh (demo)',
      EntraObjectId: COLIN,
      Role: 'Commissioner',
    });
    await sweepAt(world, MONDAY);
    const chase = await chaseOf(world, COLIN, '2026-11-23');
    if (chase?.status !== 'sent') throw new Error('There is no chase that was sent.');
    const { activityId: _sent, ...again } = { ...chase, status: 'waiting' as const, attempts: 0 };
    const alert = { ...again, id: `alert|${COLIN}|2026-11-23`, kind: 'alert' as const, logs: [] };
    await world.memory.outbox.put(alert.id, { ...alert, decidedAt: at('2026-11-23T08:59') });
    await world.memory.outbox.put(again.id, again);
    await world.service.conversations.nudge([COLIN]);
    await world.service.conversations.drain();
    expect(world.teams.of(COLIN), 'the alert, and not the chase besides').toHaveLength(2);
  });
});

describe('a message that Teams did not take', () => {
  test('is tried again, and is there once', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Colin');
    world.teams.refuse(PRIYA, 'failed', 3);
    await sweepAt(world, MONDAY);
    expect(world.teams.of(PRIYA)).toEqual([]);
    expect(await outcomesOf(world, PRIYA)).toEqual(['waiting']);
    const alert = wordsOn(world.teams.of(COLIN)[0]?.card);
    expect(alert).toContain('Priya Raman (demo): KPI return. Not delivered yet');
    expect(alert).toContain('Teams did not take these messages.');
    for (const time of ['09:01', '09:02']) await sweepAt(world, `2026-11-23T${time}`);
    expect(world.teams.of(PRIYA)).toHaveLength(1);
    expect(await outcomesOf(world, PRIYA)).toEqual(['sent']);
    expect(await chaseOf(world, PRIYA, '2026-11-23')).toMatchObject({
      status: 'sent',
      attempts: 4,
    });
  });

  test('is not tried for ever, nor when its day is over', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    world.teams.refuse(PRIYA, 'failed');
    await sweepAt(world, MONDAY);
    const row = await chaseOf(world, PRIYA, '2026-11-23');
    if (row) await world.memory.outbox.put(row.id, { ...row, attempts: 19 });
    const asked = world.teams.requests;
    for (const time of ['09:01', '09:02']) await sweepAt(world, `2026-11-23T${time}`);
    expect(world.teams.requests).toBe(asked + 1);
    await sweepAt(world, '2026-11-24T00:10');
    expect(await chaseOf(world, PRIYA, '2026-11-23')).not.toMatchObject({ status: 'pending' });
    expect(world.teams.of(PRIYA)).toEqual([]);
  });

  test('is not sent again by a second sweep that runs at the same time', async () => {
    const world = await monday();
    await Promise.all([sweepAt(world, '2026-11-23T09:01'), sweepAt(world, '2026-11-23T09:01')]);
    expect(world.teams.of(PRIYA)).toHaveLength(1);
    expect(world.teams.of(COLIN)).toHaveLength(1);
  });
});

describe('a card that is no longer there', () => {
  test('is let go: it is not asked for at every look', async () => {
    const world = await monday();
    world.teams.refuse(KOFI, 'gone');
    await fileThanet(world);
    await sweepAt(world, '2026-11-23T09:30');
    const asked = world.teams.requests;
    await sweepAt(world, '2026-11-23T10:00');
    expect(world.teams.requests).toBe(asked);
  });
});

describe('the commissioners’ alert', () => {
  test('is one card a day, and a new one the next day when there is news', async () => {
    const world = await monday();
    const updates = world.teams.of(COLIN)[0]?.updates ?? 0;
    await changeRow(world, KPI, 'KPI 2026-27 Term 1 Ashford', { School_x0020_Caseload: 9999 });
    await sweepAt(world, '2026-11-23T14:00');
    const [alert, ...others] = world.teams.of(COLIN);
    expect(others).toEqual([]);
    expect(alert?.updates).toBe(updates + 1);
    await changeRow(world, KPI, 'KPI 2026-27 Term 1 Thanet', { School_x0020_Caseload: 9999 });
    await sweepAt(world, '2026-11-24T09:00');
    expect(world.teams.of(COLIN)).toHaveLength(2);
  });

  test('of a day still says who was chased on it when the next day begins', async () => {
    const world = await monday();
    const said = 'Priya Raman (demo): KPI return. Card sent';
    expect(wordsOn(world.teams.of(COLIN)[0]?.card)).toContain(said);
    await sweepAt(world, '2026-11-24T00:30');
    expect(wordsOn(world.teams.of(COLIN)[0]?.card)).toContain(said);
  });
});

describe('an installation', () => {
  const arrival = (who: string, isPersonal: boolean, conversation = `chat-${who}`) => {
    const { who: _who, ...reference } = referenceOf(who);
    return {
      actor: who,
      isPersonal,
      reference: { ...reference, conversation: { id: conversation } },
    };
  };

  test('greets the person and remembers where to write', async () => {
    const world = await open(MONDAY);
    await connect(world.service, arrival(PRIYA, true));
    expect(wordsOn(world.teams.of(PRIYA)[0]?.card)).toContain('I am the STLS returns bot');
    expect((await world.memory.references.get(PRIYA))?.conversation.id).toBe(`chat-${PRIYA}`);
  });

  test('by somebody without an object id is not remembered: nobody’s card may go there', async () => {
    const world = await open(MONDAY);
    await changeRow(world, 'STLS Bot People', 'Priya Raman (demo)', { EntraObjectId: '' });
    await connect(world.service, arrival('', true));
    await sweepAt(world, MONDAY);
    expect(world.teams.shown).toEqual([]);
  });

  test('in a channel counts when a commissioner makes it, and only the first', async () => {
    const world = await open(MONDAY);
    await connect(world.service, arrival(PRIYA, false, 'channel-of-priya'));
    expect(await world.memory.references.get('channel')).toBeUndefined();
    await connect(world.service, arrival(COLIN, false, 'channel-of-colin'));
    await connect(world.service, arrival(COLIN, false, 'another-channel'));
    expect((await world.memory.references.get('channel'))?.conversation.id).toBe(
      'channel-of-colin',
    );
    await sweepAt(world, MONDAY);
    expect(world.teams.of('channel')).toHaveLength(1);
  });

  test('anew shows the present card again, under a new id that is updated from then on', async () => {
    const world = await open(MONDAY);
    await install(world, 'Kofi');
    await installInChannel(world);
    await sweepAt(world, MONDAY);
    await connect(world.service, arrival(KOFI, true));
    const shown = world.teams.of(KOFI);
    expect(shown.map(({ card }) => wordsOn(card).includes('1 return to file'))).toEqual([
      true,
      false,
      true,
    ]);
    await fileThanet(world);
    await sweepAt(world, '2026-11-23T10:00');
    expect(shown.at(-1)).toMatchObject({ updates: 1 });
  });

  test('anew changes nothing of what was sent: the next stage comes on its day', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, MONDAY);
    world.moveTo('2026-11-25T08:00');
    await connect(world.service, arrival(PRIYA, true));
    expect((await chaseOf(world, PRIYA, '2026-11-23'))?.settledAt).toEqual(at(MONDAY));
    await sweepAt(world, '2026-11-25T09:00');
    expect(await chaseOf(world, PRIYA, '2026-11-25')).toMatchObject({
      status: 'sent',
      stage: '+5',
    });
  });

  test('anew while Teams fails chases nobody a second time', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, MONDAY);
    world.teams.refuse(PRIYA, 'failed', 2);
    await connect(world.service, arrival(PRIYA, true));
    await sweepAt(world, '2026-11-23T11:00');
    await sweepAt(world, '2026-11-24T09:00');
    expect(world.teams.of(PRIYA), 'the card of Monday and no other').toHaveLength(1);
  });

  test('anew does not bring back what could not be delivered on an earlier day', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    world.teams.refuse(PRIYA, 'blocked');
    await sweepAt(world, MONDAY);
    world.moveTo('2026-11-24T08:00');
    await connect(world.service, arrival(PRIYA, true));
    expect(await outcomesOf(world, PRIYA)).toEqual(['blocked']);
  });
});

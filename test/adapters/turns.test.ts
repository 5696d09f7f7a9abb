import { describe, expect, test, vi } from 'vitest';
import { createRecentLook, type RecentLook } from '../../adapters/service/recent-look.ts';
import { rememberSaid } from '../../adapters/service/said-before.ts';
import { look, type Service } from '../../adapters/service/service.ts';
import { PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import { changeRow, patientSiteAt, removeList } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import { activityOf, post, say, talkingBot, type Parts, type TalkingBot } from './talking-bot.ts';
import { idOf, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const COLIN = 'Colin Marsh (demo)';

/** A clock for how old things are, which only the test moves on. */
function stopwatch() {
  let ms = 0;
  return { elapsedMs: () => ms, pass: (seconds: number) => (ms += seconds * 1000) };
}

const readsOf = ({ emulator }: World): number => emulator.requests.read().total;

const revoke = (world: World) => changeRow(world, PEOPLE, COLIN, { Role: 'SENCO' });

describe('a recent look', () => {
  const rolesOf = async (recent: RecentLook) =>
    (await recent.get()).reading.people
      .filter(({ id }) => id === idOf('Colin'))
      .map(({ role }) => role);

  test('of up to fifteen seconds is as good as a fresh one, and nothing is read', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const first = await recent.get();
    const reads = readsOf(world);
    pass(14.9);
    expect(await recent.get()).toBe(first);
    expect(readsOf(world)).toBe(reads);
  });

  test('of up to forty-five seconds is used once more, while a fresh one is made', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const first = await recent.get();
    await revoke(world);
    pass(44.9);
    expect(await recent.get()).toBe(first);
    await recent.fresh();
    expect(await rolesOf(recent)).toEqual(['SENCO']);
  });

  test('of forty-five seconds is not used any more: who was taken off the list is gone within the minute', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    expect(await rolesOf(recent)).toEqual(['Commissioner']);
    await revoke(world);
    pass(45);
    expect(await rolesOf(recent)).toEqual(['SENCO']);
  });

  test('is read once for all who ask meanwhile', async () => {
    const world = await open(MONDAY);
    const { elapsedMs } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const [one, ...others] = await Promise.all([recent.get(), recent.get(), recent.get()]);
    expect(others).toEqual([one, one]);
    expect(others.every((other) => other === one)).toBe(true);
  });

  test('is forgotten when something was changed, and when the clock was moved', async () => {
    const world = await open(MONDAY);
    const { elapsedMs } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const first = await recent.get();
    recent.forget();
    const second = await recent.get();
    expect(second).not.toBe(first);
    world.moveTo('2026-11-24T09:00');
    expect((await recent.get()).at).not.toEqual(second.at);
  });

  test('that began before something was changed is not kept', async () => {
    const world = await open(MONDAY);
    const { elapsedMs } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const early = recent.get();
    recent.forget();
    const late = await recent.get();
    expect(await recent.get()).toBe(late);
    expect(await early).not.toBe(late);
  });

  test('may be one that a sweep took, unless something was changed since or it is the older', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const recent = createRecentLook(world.service, { elapsedMs });
    const first = await recent.get();
    pass(1);
    const swept = await look(world.service, world.service.clock.now());
    recent.offer(swept, elapsedMs());
    expect(await recent.get()).toBe(swept);
    recent.offer(first, elapsedMs() - 1000);
    expect(await recent.get(), 'the older').toBe(swept);
    const began = elapsedMs();
    pass(1);
    recent.forget();
    recent.offer(swept, began);
    expect(await recent.get(), 'changed since').not.toBe(swept);
  });

  test('of the last minute does for the directory where lists cannot be read, and for nothing else', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const ages = { pause: 50, slow: 200 };
    const recent = createRecentLook(world.service, { elapsedMs, ages });
    const first = await recent.get();
    await removeList(world, PEOPLE);
    pass(50);
    expect(await recent.get('the last minute')).toBe(first);
    await expect(recent.get()).rejects.toThrow(PEOPLE);
    pass(10);
    await expect(recent.get('the last minute')).rejects.toThrow(PEOPLE);
  });

  test('whose reading took longer than a minute is read again', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    let looks = 0;
    const memory = {
      ...world.memory,
      findings: {
        ...world.memory.findings,
        all: async () => {
          looks += 1;
          if (looks === 1) pass(61);
          return world.memory.findings.all();
        },
      },
    };
    const recent = createRecentLook(world.withParts({ memory }), {
      elapsedMs,
      ages: { pause: 1 },
    });
    await recent.get();
    expect(looks).toBe(2);
  });
});

describe('somebody who is taken off the people list', () => {
  test('is refused within a minute of it', async () => {
    const world = await open(MONDAY);
    const { elapsedMs, pass } = stopwatch();
    const on = await talkingBot(world, { conversing: { elapsedMs } });
    await say(on, 'Colin', 'who is missing?');
    expect(wordsOn(on.teams.posted.at(-1)?.card)).toContain('overdue since');
    await revoke(world);
    pass(59);
    await say(on, 'Colin', 'who is missing?');
    expect(wordsOn(on.teams.posted.at(-1)?.card)).toContain('Sorry, I cannot do that for you');
  });
});

/** A bot whose Graph answers 429 to everything, with a Retry-After longer than anybody waits. */
async function throttled(parts: Parts = {}) {
  const world = await open(MONDAY);
  const site = patientSiteAt(world.url, { columnsForMs: 300_000 });
  const service: Service = { ...world.service, site, pressMs: 300 };
  const on = await talkingBot(world, {
    service,
    waits: { message: 200, press: 600 },
    conversing: { ages: { patience: 20_000, pause: 50, slow: 100 } },
    ...parts,
  });
  world.emulator.faults.order([{ kind: '429 seconds', retryAfterSeconds: 60 }]);
  return { world, on };
}

const soon = (expectation: () => void): Promise<void> =>
  vi.waitFor(expectation, { timeout: 10_000, interval: 20 });

describe('while SharePoint is slow', () => {
  test('a question is answered with a moment’s patience, and in full when that is possible', async () => {
    const { world, on } = await throttled();
    const since = performance.now();
    await Promise.all([say(on, 'Colin', 'who is missing?'), say(on, 'Sam', 'next clinic')]);
    expect(performance.now() - since).toBeLessThan(5_000);
    const moments = on.teams.posted.map(({ card }) => wordsOn(card));
    expect(moments).toEqual([
      expect.stringContaining('Your answer follows here'),
      expect.stringContaining('Your answer follows here'),
    ]);
    expect(world.teams.shown).toEqual([]);
    world.emulator.faults.clear();
    await soon(() => expect(world.teams.of(idOf('Colin')).length).toBeGreaterThan(0));
    await soon(() => expect(world.teams.of(idOf('Sam')).length).toBeGreaterThan(0));
    await on.patience.stop();
    const answers = world.teams.of(idOf('Colin')).map(({ card }) => wordsOn(card));
    expect(answers.filter((words) => words.includes('overdue since'))).toHaveLength(1);
    expect(on.teams.posted).toHaveLength(2);
  });

  test('what is to be changed is changed once, when that is possible', async () => {
    const { world, on } = await throttled();
    await say(on, 'Colin', 'chase Swale');
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Your answer follows here');
    world.emulator.faults.clear();
    await soon(() => expect(world.teams.of(idOf('Colin')).length).toBeGreaterThan(0));
    await on.patience.stop();
    expect(on.teams.posted).toHaveLength(1);
  });

  test('for too long, the person is told so', async () => {
    const { world, on } = await throttled({
      conversing: { ages: { patience: 600, pause: 50, slow: 100 } },
    });
    await say(on, 'Colin', 'who is missing?');
    await soon(() => expect(world.teams.of(idOf('Colin'))).toHaveLength(1));
    expect(wordsOn(world.teams.of(idOf('Colin'))[0]?.card)).toContain(
      'SharePoint cannot be reached',
    );
  });

  test('and the bot stops, everybody who waits is told so at once', async () => {
    const { world, on } = await throttled();
    await say(on, 'Colin', 'who is missing?');
    const since = performance.now();
    await on.conversing.stop();
    await on.patience.stop();
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(wordsOn(world.teams.of(idOf('Colin'))[0]?.card)).toContain(
      'SharePoint cannot be reached',
    );
  });

  test('a pressed button is answered in time, whichever it is', async () => {
    const { on } = await throttled();
    for (const [verb, data] of [
      ['clinic.book', { clinic: '1', shown: '' }],
      ['practitioner.back', {}],
      ['person.introduce', { school: 'Elmsbrook Primary School (demo)' }],
      ['overview.show', {}],
    ] as const) {
      const since = performance.now();
      const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
      const pressed = { type: 'invoke', name: 'adaptiveCard/action', value };
      const { status } = await post(`${on.url}/api/messages`, activityOf(on, 'Sam', pressed));
      expect(performance.now() - since, `for ${verb}`).toBeLessThan(2_000);
      expect(status).toBe(200);
    }
  });
});

describe('what was said before', () => {
  const WHEN = new Date('2026-11-23T09:00:00Z');
  const minutesLater = (minutes: number) => () => new Date(WHEN.getTime() + minutes * 60_000);

  test('is known for ten minutes, in this process and in another', async () => {
    const { service } = await open(MONDAY);
    let at = WHEN;
    const here = rememberSaid(service, () => at);
    here.keep('sam', [{ name: 'next clinic', phase: 'Primary' }]);
    expect(here.known('sam')).toEqual([{ name: 'next clinic', phase: 'Primary' }]);
    await here.settled();
    const there = rememberSaid(service, minutesLater(9));
    expect(there.known('sam')).toBeUndefined();
    expect(await there.find('sam')).toEqual([{ name: 'next clinic', phase: 'Primary' }]);
    expect(await rememberSaid(service, minutesLater(10)).find('sam')).toEqual([]);
    at = minutesLater(10)();
    expect(here.known('sam')).toBeUndefined();
  });

  test('is the last that was asked, and thanks do not end it', async () => {
    const { service } = await open(MONDAY);
    const said = rememberSaid(service, () => WHEN);
    said.keep('sam', [{ name: 'next clinic' }]);
    said.keep('sam', [{ name: 'my bookings' }]);
    said.keep('sam', [{ name: 'thanks' }]);
    await said.settled();
    expect(await said.find('sam')).toEqual([{ name: 'my bookings' }]);
  });

  test('that cannot be kept or read keeps nobody from an answer', async () => {
    const { service, memory } = await open(MONDAY);
    const failing = () => Promise.reject(new Error('no storage'));
    const broken = { ...memory, said: { ...memory.said, put: failing, get: failing } };
    const said = rememberSaid({ ...service, memory: broken }, () => WHEN);
    said.keep('sam', [{ name: 'next clinic' }]);
    await said.settled();
    expect(await said.find('sam')).toEqual([]);
  });

  test('makes a follow-up of what is said next, to another process too', async () => {
    const world = await open(MONDAY);
    const first = await talkingBot(world);
    await say(first, 'Sam', 'when is the next clinic?');
    await first.conversing.stop();
    const other = await talkingBot(world);
    const understood = await other.conversing.understand(idOf('Sam'), 'and the one after?');
    expect(understood).toEqual([expect.objectContaining({ name: 'next clinic', nth: 2 })]);
    expect(JSON.stringify(await world.memory.said.all())).not.toContain('when is');
  });
});

describe('several things in one message', () => {
  const TWO = 'who is our link practitioner and when is the next clinic?';

  test('are each answered by a card of their own, in their order', async () => {
    const on = await talkingBot(await open(MONDAY));
    await say(on, 'Sam', TWO);
    const [first, second, ...more] = on.teams.posted.map(({ card }) => wordsOn(card));
    expect(first).toContain('Nell Abara');
    expect(second).toMatch(/clinic/i);
    expect(more).toEqual([]);
  });

  test('of which one fails: the others are answered all the same', async () => {
    const on = await talkingBot(await open(MONDAY));
    const { conversing } = on;
    const asUsual = { ...conversing };
    conversing.answer = (actor, command, from) =>
      command.name === 'link practitioner'
        ? Promise.reject(new Error('broken'))
        : asUsual.answer(actor, command, from);
    await say(on, 'Sam', TWO);
    const [first, second] = on.teams.posted.map(({ card }) => wordsOn(card));
    expect(first).toContain('Something went wrong on our side');
    expect(second).toMatch(/clinic/i);
  });
});

describe('what is no plain message', () => {
  const sayTo = async (on: TalkingBot, more: object) => {
    const before = on.teams.posted.length;
    const { status } = await post(`${on.url}/api/messages`, activityOf(on, 'Sam', more));
    expect(status).toBe(200);
    return on.teams.posted.slice(before);
  };
  const said = async (more: object) => sayTo(await talkingBot(await open(MONDAY)), more);

  test('is not answered where nobody said anything', async () => {
    const on = await talkingBot(await open(MONDAY));
    for (const more of [
      { type: 'messageUpdate', text: 'who is missing' },
      { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
      { type: 'typing' },
      { type: 'somethingNew', text: 'help' },
      { type: 'messageDelete' },
    ]) {
      expect(await sayTo(on, more), `for ${more.type}`).toEqual([]);
    }
  });

  test('is answered where it is a message, whatever is in it', async () => {
    const on = await talkingBot(await open(MONDAY));
    for (const more of [
      { attachments: [{ contentType: 'image/png' }] },
      { value: { colour: 'red' } },
      { value: null },
      { text: '  \n ' },
      { text: { a: 1 } },
    ]) {
      const answers = await sayTo(on, { type: 'message', ...more });
      expect(answers, `for ${JSON.stringify(more)}`).toHaveLength(1);
    }
  });

  test('is understood with the bot’s own name in it, and with markup', async () => {
    const on = await talkingBot(await open(MONDAY));
    const mention = { type: 'mention', text: '<at>STLS bot</at>', mentioned: { id: '28:bot' } };
    for (const more of [
      { text: '<at>STLS bot</at> who is my link practitioner', entities: [mention, null, 'odd'] },
      { text: '<div><p>who&nbsp;is my <b>link practitioner</b></p></div>' },
    ]) {
      const answers = await sayTo(on, { type: 'message', ...more });
      expect(wordsOn(answers.at(-1)?.card)).toContain('Nell Abara');
    }
  });

  test('in a group chat is told where to ask, and told nothing else', async () => {
    const conversation = { id: 'group', conversationType: 'groupChat', isGroup: true };
    const [answer] = await said({ type: 'message', text: 'next clinic', conversation });
    expect(wordsOn(answer?.card)).toContain('our personal chat');
  });

  test('of a guest from another tenant is told nothing', async () => {
    const on = await talkingBot(await open(MONDAY), { ownTenant: 'council' });
    const asked = activityOf(on, 'Sam', { type: 'message', text: 'next clinic' });
    await post(`${on.url}/api/messages`, asked);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('the council’s own Teams');
    expect(on.teams.posted).toHaveLength(1);
  });
});

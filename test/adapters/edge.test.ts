import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readConfiguration } from '../../adapters/config.ts';
import { createAdapter } from '../../adapters/teams/adapter.ts';
import { teamsThrough } from '../../adapters/teams/connector.ts';
import type { Card } from '../../cards/render.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { PEOPLE } from '../../adapters/sharepoint/bot-lists.ts';
import { itemsOf, KPI, removeList } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import { referenceOf } from './recording-teams.ts';
import {
  activityOf,
  connector,
  post,
  talkingBot,
  type Parts,
  type TalkingBot,
} from './talking-bot.ts';
import { at, idOf, install, sweepAt, worlds } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
/** Teams calls an invoke failed when it has not been answered by then. */
const INVOKE_LIMIT_MS = 5000;

afterEach(() => vi.restoreAllMocks());

/** The whole bot over HTTP, on a world of its own. */
const bot = async (parts: Parts = {}): Promise<TalkingBot> => talkingBot(await open(MONDAY), parts);

const press = (on: TalkingBot, name: string, verb: string, data: object, replyToId?: string) =>
  post(
    `${on.url}/api/messages`,
    activityOf(on, name, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      ...(replyToId ? { replyToId } : {}),
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    }),
  );

const DOVER = { form: 'KPI', district: 'Dover', year: '2026-27', term: '1' };

describe('the health check', () => {
  test('is a problem until the lists were read once, and well then', async () => {
    const { url, runner } = await bot();
    const before = await fetch(`${url}/healthz`);
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({ status: 'problem', problems: ['lists: not read yet'] });
    await runner.sweepNow();
    const after = await fetch(`${url}/healthz`);
    expect(after.status).toBe(200);
    expect(await after.json()).toEqual({ status: 'ok', problems: [] });
  });

  test('names the storage that is not there and the list that is gone', async () => {
    const { url, runner, world } = await bot({
      storage: () => Promise.reject(new Error('nobody answers')),
    });
    await removeList(world, PEOPLE);
    await expect(runner.sweepNow()).rejects.toThrow(PEOPLE);
    const answer = await fetch(`${url}/healthz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: 'problem',
      problems: ['storage: nobody answers', expect.stringContaining(`lists: ${PEOPLE}`)],
    });
  });
});

describe('a message', () => {
  test('is answered where it came from, with a card', async () => {
    const on = await bot();
    const asked = activityOf(on, 'Colin', { type: 'message', text: 'Who is missing?' });
    expect((await post(`${on.url}/api/messages`, asked)).status).toBe(200);
    const [answer, ...others] = on.teams.posted;
    expect(others).toEqual([]);
    expect(answer?.path).toBe('/v3/conversations/chat-of-Colin/activities/activity-of-the-person');
    expect(wordsOn(answer?.card)).toContain('KPI return: overdue since Wed 18 Nov');
  });

  test('whose sender names somebody else in its text or data is answered as the sender', async () => {
    const on = await bot();
    const asked = activityOf(on, 'Sam', {
      type: 'message',
      text: 'who is missing',
      value: { actor: idOf('Colin') },
      channelData: { from: { aadObjectId: idOf('Colin') } },
    });
    await post(`${on.url}/api/messages`, asked);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Sorry, I cannot do that for you');
  });

  test('in a channel is answered with a hint, and nothing of any district', async () => {
    const on = await bot();
    const asked = activityOf(on, 'Colin', {
      type: 'message',
      text: 'who is missing',
      conversation: { id: '19:channel', conversationType: 'channel', isGroup: true },
    });
    await post(`${on.url}/api/messages`, asked);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Please ask me in our personal chat');
    expect(wordsOn(on.teams.posted[0]?.card)).not.toContain('Dover');
  });

  test('from a channel whose clients say themselves who they are is not believed', async () => {
    const on = await bot();
    const asked = activityOf(on, 'Colin', {
      type: 'message',
      text: 'who is missing',
      channelId: 'directline',
    });
    await post(`${on.url}/api/messages`, asked);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Please ask me in our personal chat');
  });

  test('is answered with what to do where SharePoint cannot be read', async () => {
    const on = await bot();
    await removeList(on.world, PEOPLE);
    const asked = activityOf(on, 'Colin', { type: 'message', text: 'who is missing' });
    expect((await post(`${on.url}/api/messages`, asked)).status).toBe(200);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Please try again in a few minutes');
  });

  test('of odd words, of very many or of none does no harm', async () => {
    const on = await bot();
    for (const more of [
      { text: 'chase '.repeat(20_000) },
      { text: '\u0000${x} <script> [here](javascript:1) %s \u202e' },
      { value: { say: { deep: ['x'] } } },
      {},
    ]) {
      const asked = activityOf(on, 'Sam', { type: 'message', ...more });
      expect((await post(`${on.url}/api/messages`, asked)).status).toBe(200);
    }
    const [tooLong, odd] = on.teams.posted.map(({ card }) => wordsOn(card));
    expect(tooLong).toContain('Sorry, I cannot do that for you');
    expect(odd, 'what can be asked').toContain('When is the next clinic?');
  });
});

describe('a pressed button', () => {
  test('is answered within Teams’ five seconds by a card, which is shown in place too', async () => {
    const on = await bot();
    await install(on.world, 'Priya');
    await sweepAt(on.world, MONDAY, on.service);
    const shown = on.world.teams.of(idOf('Priya'))[0]?.activityId;
    const since = performance.now();
    const data = { ...DOVER, 'answer.schoolCaseload': '178' };
    const answer = await press(on, 'Priya', 'return.save', data, shown);
    expect(performance.now() - since).toBeLessThan(INVOKE_LIMIT_MS);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { statusCode: number; type: string; value: Card };
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
    });
    expect(wordsOn(body.value)).toContain('Draft saved Mon 23 Nov, 09:00');
    expect(on.teams.posted).toEqual([
      expect.objectContaining({
        method: 'PUT',
        path: `/v3/conversations/chat-of-Priya/activities/${shown}`,
        card: body.value,
      }),
    ]);
  });

  test('with a refusal is answered too, and says so in a card below', async () => {
    const on = await bot();
    const answer = await press(on, 'Sam', 'return.submit', { ...DOVER, actor: idOf('Priya') });
    expect(answer.status).toBe(200);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Sorry, I cannot do that for you');
    expect(await itemsOf(on.world.site, KPI, ['Dover', '2026-27', 'Term 1'])).toEqual([]);
  });

  test('by a client without Action.Execute is carried out all the same', async () => {
    const on = await bot();
    const submitted = activityOf(on, 'Colin', {
      type: 'message',
      value: { verb: 'district.show', district: 'Swale' },
    });
    expect((await post(`${on.url}/api/messages`, submitted)).status).toBe(200);
    expect(wordsOn(on.teams.posted[0]?.card)).toContain('Swale');
  });

  test.each([
    ['a district that is no text', 'district.show', { district: { $ne: '' } }],
    ['no data at all', 'return.open', {}],
    ['a term of another kind', 'return.open', { ...DOVER, term: 'seven' }],
  ])('that carries %s is told to be out of date', async (_what, verb, data) => {
    const on = await bot();
    const answer = await press(on, 'Colin', verb, data);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('This button is out of date');
  });

  test('with a verb that nobody knows is told to be out of date, and the bot goes on', async () => {
    const on = await bot();
    const answer = await press(on, 'Colin', 'return.destroy', DOVER);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('This button is out of date');
    const next = activityOf(on, 'Sam', { type: 'message', text: 'help' });
    expect((await post(`${on.url}/api/messages`, next)).status).toBe(200);
    expect(on.teams.posted).toHaveLength(1);
  });

  test('of something else than a card of the bot is answered with nothing', async () => {
    const on = await bot();
    const asked = activityOf(on, 'Colin', { type: 'invoke', name: 'task/fetch', value: {} });
    const answer = await post(`${on.url}/api/messages`, asked);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(on.teams.posted).toEqual([]);
  });

  test('is answered with what to do where SharePoint cannot be read', async () => {
    const on = await bot();
    await removeList(on.world, PEOPLE);
    const answer = await press(on, 'Colin', 'overview.show', {});
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('Please try again in a few minutes');
  });

  test('of two people at once is one thing at a time: the return is filed once', async () => {
    const on = await bot();
    await on.world.graph.add(PEOPLE, {
      Title: 'Second Lead (demo)',
      Email: 'second.lead@stls.example',
      EntraObjectId: idOf('Sam'),
      Role: 'District lead',
      Districts: 'Dover',
    });
    const measures = ['eySettingsSupported', 'primarySchoolsSupported', 'schoolCaseload'];
    const typed = (figure: string) => notKnownBut(measures, figure);
    const answers = await Promise.all([
      press(on, 'Priya', 'return.submit', { ...DOVER, ...typed('30') }),
      press(on, 'Sam', 'return.submit', { ...DOVER, ...typed('31') }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const items = await itemsOf(on.world.site, KPI, ['Dover', '2026-27', 'Term 1']);
    expect(items.map(({ fields }) => fields['School_x0020_Caseload'])).toEqual([30]);
    expect(JSON.stringify(await answers[1]?.json())).toContain('while you were answering');
  });

  test('of the local clock moves it and is answered: the sweep does not wait for the press', async () => {
    const on = await bot({ isLocal: true });
    const answer = await press(on, 'Colin', 'clock.nextWorkingDay', {});
    expect(answer.status).toBe(200);
    expect(on.service.clock.now()).toEqual(at('2026-11-24T09:00'));
    expect(wordsOn(on.teams.posted.at(-1)?.card)).toContain('It is now Tue 24 Nov, 09:00');
    await press(on, 'Priya', 'clock.nextWorkingDay', {});
    expect(on.service.clock.now()).toEqual(at('2026-11-24T09:00'));
  });

  test('of the local clock does nothing in production', async () => {
    const on = await bot();
    const answer = await press(on, 'Colin', 'clock.nextWorkingDay', {});
    expect(JSON.stringify(await answer.json())).toContain('only be moved in the local demo');
  });
});

/** Every question of the KPI return *not known*, but for these. */
function notKnownBut(measures: readonly string[], figure: string): Record<string, string> {
  const rows = starterMeasures.filter((m) => m['Form'] === 'KPI' && !m['LastTerm']);
  const questions = rows.map((m) => String(m['Title']));
  return Object.fromEntries(
    questions.flatMap((id): [string, string][] =>
      measures.includes(id)
        ? [[`answer.${id}`, figure]]
        : [
            [`without.${id}`, 'not known'],
            [`reason.${id}`, 'the register was being moved'],
          ],
    ),
  );
}

describe('an installation', () => {
  test('is remembered as Teams gave it, and greeted', async () => {
    const on = await bot();
    const installed = activityOf(on, 'Sam', { type: 'installationUpdate', action: 'add' });
    expect((await post(`${on.url}/api/messages`, installed)).status).toBe(200);
    expect(await on.world.memory.references.get(idOf('Sam'))).toMatchObject({
      who: idOf('Sam'),
      serviceUrl: on.teams.url,
      conversation: { id: 'chat-of-Sam' },
    });
    expect(wordsOn(on.world.teams.of(idOf('Sam'))[0]?.card)).toContain('returns bot');
  });

  test('that is taken back writes to nobody', async () => {
    const on = await bot();
    const removed = activityOf(on, 'Sam', { type: 'installationUpdate', action: 'remove' });
    expect((await post(`${on.url}/api/messages`, removed)).status).toBe(200);
    expect(on.world.teams.requests).toBe(0);
  });
});

describe('what is no activity', () => {
  test.each([
    ['broken JSON', '{"type": "message"', 400],
    ['a text', '"hello"', 400],
    ['an empty body', '', 400],
    ['an empty object', '{}', 400],
    ['a list', '[]', 400],
    ['a type that is no text', '{"type": 5}', 400],
    ['no type', '{"text": "hello"}', 400],
    ['nothing but a type', '{"type": "invoke"}', 400],
    ['300 kB', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), 413],
  ])('as %s is refused with a clear status, and the bot goes on', async (_what, body, status) => {
    const on = await bot();
    const answer = await post(`${on.url}/api/messages`, body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/node_modules|\bat .*:\d+:\d+/);
    const next = activityOf(on, 'Sam', { type: 'message', text: 'help' });
    expect((await post(`${on.url}/api/messages`, next)).status).toBe(200);
  });

  test('in another content type is refused', async () => {
    const on = await bot();
    const body = activityOf(on, 'Colin', { type: 'message', text: 'who is missing' });
    const answer = await post(`${on.url}/api/messages`, body, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
    expect(on.teams.posted).toEqual([]);
  });

  test('at another address is not found', async () => {
    const { url } = await bot();
    for (const path of ['/', '/api', '/api/messages']) {
      expect((await fetch(`${url}${path}`)).status, `for ${path}`).toBe(404);
    }
  });

  test('gives no clue of what the bot is made of', async () => {
    const { url } = await bot();
    const { headers } = await fetch(`${url}/healthz`);
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('with an app id', () => {
  const botId = '11111111-1111-4111-8111-111111111111';

  test.each([
    ['no token', {}],
    ['a token of no form', { authorization: 'Bearer' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])(
    'an activity with %s is refused, and nothing is answered or written',
    async (_what, headers) => {
      // The framework says on the console whom it turned away.
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const on = await bot({ botId });
      const asked = activityOf(on, 'Colin', { type: 'message', text: 'who is missing' });
      const answer = await post(`${on.url}/api/messages`, asked, headers);
      expect(answer.status).toBe(401);
      expect(on.teams.posted).toEqual([]);
    },
  );
});

describe('the local routes', () => {
  test('are not there unless the demo’s clock is', async () => {
    const { url } = await bot();
    expect((await post(`${url}/local/sweep`, {})).status).toBe(404);
    expect((await fetch(`${url}/local/clock`)).status).toBe(404);
    expect((await post(`${url}/local/clock`, { to: '+1d' })).status).toBe(404);
  });

  test('refuse a web page, and a request that came under another name', async () => {
    const { url, service } = await bot({ isLocal: true });
    const origin = { origin: 'https://attacker.example' };
    expect((await post(`${url}/local/clock`, { to: '+1d' }, origin)).status).toBe(403);
    expect((await post(`${url}/local/sweep`, {}, { origin: url })).status).toBe(403);
    expect(await statusUnder('attacker.example', `${url}/local/clock`)).toBe(403);
    expect(await statusUnder('localhost', `${url}/local/clock`)).toBe(200);
    expect(service.clock.now()).toEqual(at(MONDAY));
  });

  test('move the clock forward, run what would have run, and never go back', async () => {
    const { url, service } = await bot({ isLocal: true });
    const moved = await post(`${url}/local/clock`, { to: '+2d' });
    expect(await moved.json()).toEqual({
      now: '2026-11-25T09:00:00.000Z',
      runs: ['Tue 24 Nov, 09:00', 'Wed 25 Nov, 09:00'],
    });
    const back = await post(`${url}/local/clock`, { to: '2026-11-24T09:00' });
    expect(back.status).toBe(409);
    expect(JSON.stringify(await back.json())).toContain('npm start -- --fresh');
    for (const to of ['yesterday', '', 5]) {
      const answer = await post(`${url}/local/clock`, { to });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(await answer.json())).toContain('Say when: +1d, +2h');
    }
    expect(service.clock.now()).toEqual(at('2026-11-25T09:00'));
  });
});

test('without an app id, a web page that gave itself this machine’s address reaches nothing', async () => {
  const { url } = await bot();
  expect(await statusUnder('attacker.example', `${url}/healthz`)).toBe(403);
  expect(await statusUnder('attacker.example', `${url}/api/messages`)).toBe(403);
});

/** The status of a GET whose Host header names another host. */
async function statusUnder(host: string, url: string): Promise<number | undefined> {
  const asked = request(url, { headers: { host } });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [{ statusCode?: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

describe('a card on its way to Teams', () => {
  const card: Card = { type: 'AdaptiveCard', version: '1.5', body: [] };

  async function through(status: number) {
    const teams = await connector(status);
    const config = readConfiguration({
      SHAREPOINT_SITE: 'https://council.example/sites/stls',
      AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
    });
    const to = { ...referenceOf('priya'), serviceUrl: teams.url };
    return { teams, to, speaking: teamsThrough(createAdapter(config), '', 15_000) };
  }

  test('is posted and updated under the id that Teams gave it', async () => {
    const { teams, to, speaking } = await through(200);
    expect(await speaking.post(to, card)).toEqual({
      kind: 'posted',
      activityId: 'activity-1',
    });
    await speaking.update(to, 'activity-1', card);
    expect(teams.posted.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(/^POST \/v3\/conversations\/conversation-of-priya\/activities/),
      'PUT /v3/conversations/conversation-of-priya/activities/activity-1',
    ]);
  });

  test.each([
    [403, 'blocked'],
    [404, 'gone'],
    [410, 'gone'],
    [400, 'refused'],
    [413, 'refused'],
    [412, 'failed'],
  ])('that Teams answers with %i is %s', async (status, kind) => {
    const { to, speaking } = await through(status);
    expect(await speaking.post(to, card)).toMatchObject({ kind });
    expect(await speaking.update(to, 'activity-1', card)).toMatchObject({ kind });
  });
});

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ACCESS_TOKEN,
  KNOWN_KEY,
  newKey,
  startBotFrameworkKeys,
  trustKeysAt,
  withKey,
  type BotFrameworkKeys,
  type Claims,
  type Signer,
} from '../bot-framework-keys.ts';
import { activityOf, connector, post, talkingBot, type TalkingBot } from './talking-bot.ts';
import { worlds } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const BOT = '11111111-1111-4111-8111-111111111111';
const HOUR = 3_600;
const now = (): number => Math.floor(Date.now() / 1000);

let keys: BotFrameworkKeys;

beforeAll(async () => {
  keys = await startBotFrameworkKeys();
  trustKeysAt(keys.env.BOT_KEYS_URL);
  vi.stubEnv('IDENTITY_ENDPOINT', keys.env.IDENTITY_ENDPOINT);
  vi.stubEnv('IDENTITY_HEADER', keys.env.IDENTITY_HEADER);
});

afterAll(() => {
  vi.unstubAllEnvs();
  keys.stop();
});

/** The whole bot as in a tenant: with an app id, and a managed identity. */
const bot = async (): Promise<TalkingBot> =>
  talkingBot(await open('2026-11-23T09:00'), { botId: BOT });

const ask = (on: TalkingBot, authorization: string, more: object = {}) =>
  post(
    `${on.url}/api/messages`,
    activityOf(on, 'Colin', { type: 'message', text: 'who is missing?', ...more }),
    { authorization },
  );

const claimsFor = ({ teams }: TalkingBot): Claims => ({ aud: BOT, serviceurl: teams.url });

describe('a message that the Bot Framework vouches for', () => {
  test('is answered, and the answer is signed by the bot’s own identity', async () => {
    const on = await bot();
    const { status } = await ask(on, keys.bearer(claimsFor(on)));
    expect(status).toBe(200);
    expect(on.teams.posted.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${ACCESS_TOKEN}`,
    ]);
    expect(JSON.stringify(on.teams.posted[0]?.card)).toContain('with something missing');
  });

  test('goes back to the service that it came from, whichever answered before', async () => {
    const on = await bot();
    const other = await connector();
    for (const { url } of [on.teams, other, on.teams, other]) {
      const bearer = keys.bearer({ aud: BOT, serviceurl: url });
      expect((await ask(on, bearer, { serviceUrl: url })).status).toBe(200);
    }
    expect([on.teams.posted.length, other.posted.length]).toEqual([2, 2]);
  });

  test('is signed with the token of the turn before, until that is outdated', async () => {
    const on = await bot();
    await ask(on, keys.bearer(claimsFor(on)));
    const before = keys.tokensGiven;
    for (let turn = 0; turn < 5; turn += 1) await ask(on, keys.bearer(claimsFor(on)));
    expect(on.teams.posted).toHaveLength(6);
    expect(keys.tokensGiven).toBe(before);
  });
});

describe('a message that nobody vouches for is turned away, unanswered', () => {
  const stranger = newKey();
  const byHmac = (): Signer => ({
    kid: KNOWN_KEY,
    alg: 'HS256',
    sign: (text) => createHmac('sha256', keys.publicKey).update(text).digest('base64url'),
  });
  const forged: [string, (on: TalkingBot) => string][] = [
    ['meant for another bot', (on) => keys.bearer({ ...claimsFor(on), aud: 'another-bot' })],
    [
      'given out for another service',
      (on) => keys.bearer({ ...claimsFor(on), serviceurl: 'https://elsewhere.example' }),
    ],
    [
      'by another issuer',
      (on) => keys.bearer({ ...claimsFor(on), iss: 'https://attacker.example' }),
    ],
    ['outdated', (on) => keys.bearer({ ...claimsFor(on), exp: now() - HOUR })],
    ['of tomorrow', (on) => keys.bearer({ ...claimsFor(on), nbf: now() + HOUR })],
    [
      'signed by a stranger under a known key’s name',
      (on) => keys.bearer(claimsFor(on), withKey(KNOWN_KEY, stranger.privateKey)),
    ],
    [
      'signed with a key that nobody knows',
      (on) => keys.bearer(claimsFor(on), withKey('unknown', stranger.privateKey)),
    ],
    [
      'signed with what everybody can read as the secret',
      (on) => keys.bearer(claimsFor(on), byHmac()),
    ],
    [
      'not signed at all',
      (on) => keys.bearer(claimsFor(on), { kid: KNOWN_KEY, alg: 'none', sign: () => '' }),
    ],
  ];

  test.each(forged)('with a token %s', async (_what, tokenFor) => {
    // The framework says on the console whom it turned away.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const on = await bot();
    const { status } = await ask(on, tokenFor(on));
    vi.restoreAllMocks();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(on.teams.posted).toEqual([]);
  });

  test('with a good token of Teams, from a channel that its key does not stand for', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const on = await bot();
    const { status } = await ask(on, keys.bearer(claimsFor(on)), { channelId: 'directline' });
    vi.restoreAllMocks();
    expect(status).toBe(401);
    expect(on.teams.posted).toEqual([]);
  });

  test('with a good token, for a service that is not the one that it names', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const on = await bot();
    const thief = await connector();
    const { status } = await ask(on, keys.bearer(claimsFor(on)), { serviceUrl: thief.url });
    vi.restoreAllMocks();
    expect(status).toBe(401);
    expect(thief.posted).toEqual([]);
  });
});

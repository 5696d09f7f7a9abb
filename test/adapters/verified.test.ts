import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
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
/** No other test's: what is signed for a bot is remembered by its id. */
const BOT = '33333333-3333-4333-8333-333333333333';
const HOUR = 3_600;
const now = (): number => Math.floor(Date.now() / 1000);

let keys: BotFrameworkKeys;
let trustOthers: () => void;

beforeAll(async () => {
  keys = await startBotFrameworkKeys();
  trustOthers = trustKeysAt(keys.env['BOT_KEYS_URL'] ?? '');
  for (const [name, value] of Object.entries(keys.env)) vi.stubEnv(name, value);
});

afterAll(() => {
  vi.unstubAllEnvs();
  trustOthers();
  keys.stop();
});

/** The whole bot as in a tenant: with an app id, and a managed identity. */
const bot = async (botId = BOT): Promise<TalkingBot> =>
  talkingBot(await open('2026-11-23T09:00'), { botId });

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
    expect(on.teams.posted).toHaveLength(1);
    expect(on.teams.posted[0]?.authorization).toContain(`Bearer ${ACCESS_TOKEN}`);
    expect(JSON.stringify(on.teams.posted[0]?.card)).toContain('with something missing');
  });

  test('goes back to the service that it came from, through the client of the turn before', async () => {
    const on = await bot();
    const other = await connector();
    const clients: unknown[] = [];
    on.adapter.use(async ({ turnState }, next) => {
      clients.push(turnState.get(on.adapter.ConnectorClientKey));
      await next();
    });
    for (const { url } of [on.teams, other, on.teams, other]) {
      const bearer = keys.bearer({ aud: BOT, serviceurl: url });
      expect((await ask(on, bearer, { serviceUrl: url })).status).toBe(200);
    }
    expect([on.teams.posted.length, other.posted.length]).toEqual([2, 2]);
    const [first, second, third, fourth] = clients;
    expect([third, fourth]).toEqual([first, second]);
    expect(third === first && fourth === second && first !== second).toBe(true);
  });

  test('is signed with a new token where the last is about to be outdated', async () => {
    const another = '44444444-4444-4444-8444-444444444444';
    const on = await bot(another);
    const signedWith = async (lastSeconds: number): Promise<string | undefined> => {
      keys.tokens.lastSeconds = lastSeconds;
      await ask(on, keys.bearer({ ...claimsFor(on), aud: another }));
      return on.teams.posted.at(-1)?.authorization;
    };
    const ofAMinute = await signedWith(60);
    const ofADay = await signedWith(24 * HOUR);
    expect(ofADay).not.toBe(ofAMinute);
    expect(await signedWith(24 * HOUR)).toBe(ofADay);
  });
});

describe('a message that nobody vouches for is turned away, unanswered', () => {
  const stranger = newKey();
  const byHmac = (): Signer => ({
    kid: KNOWN_KEY,
    alg: 'HS256',
    sign: (text) => createHmac('sha256', keys.publicKey).update(text).digest('base64url'),
  });
  /** botbuilder answers 500 where the token cannot be checked at all: what it says, and why it does. */
  const forged: [string, (on: TalkingBot) => string, number, string][] = [
    [
      'meant for another bot',
      (on) => keys.bearer({ ...claimsFor(on), aud: 'another-bot' }),
      401,
      'Invalid AppId passed on token',
    ],
    [
      'given out for another service',
      (on) => keys.bearer({ ...claimsFor(on), serviceurl: 'https://elsewhere.example' }),
      401,
      'ServiceUrl claim do not match',
    ],
    [
      'by another issuer',
      (on) => keys.bearer({ ...claimsFor(on), iss: 'https://attacker.example' }),
      401,
      'Unauthorized',
    ],
    [
      'outdated',
      (on) => keys.bearer({ ...claimsFor(on), exp: now() - HOUR }),
      401,
      'The token has expired',
    ],
    [
      'of tomorrow',
      (on) => keys.bearer({ ...claimsFor(on), nbf: now() + 24 * HOUR }),
      500,
      'jwt not active',
    ],
    [
      'signed by a stranger under a known key’s name',
      (on) => keys.bearer(claimsFor(on), withKey(KNOWN_KEY, stranger.privateKey)),
      500,
      'invalid signature',
    ],
    [
      'signed with a key that nobody knows',
      (on) => keys.bearer(claimsFor(on), withKey('unknown', stranger.privateKey)),
      401,
      'Signing Key could not be retrieved',
    ],
    [
      'signed with what everybody can read as the secret',
      (on) => keys.bearer(claimsFor(on), byHmac()),
      500,
      'invalid algorithm',
    ],
    [
      'not signed at all',
      (on) => keys.bearer(claimsFor(on), { kid: KNOWN_KEY, alg: 'none', sign: () => '' }),
      500,
      'jwt signature is required',
    ],
  ];
  /** The framework says on the console whom it turned away. */
  const turnedAway = (): string => said.join(' ');
  let said: string[] = [];

  beforeEach(() => {
    said = [];
    vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
  });
  afterEach(() => vi.restoreAllMocks());

  test.each(forged)('with a token %s', async (_what, tokenFor, status, why) => {
    const on = await bot();
    expect((await ask(on, tokenFor(on))).status).toBe(status);
    expect(turnedAway()).toContain(why);
    expect(on.teams.posted).toEqual([]);
  });

  test('with a good token of Teams, from a channel that its key does not stand for', async () => {
    const on = await bot();
    const { status } = await ask(on, keys.bearer(claimsFor(on)), { channelId: 'directline' });
    expect(status).toBe(401);
    expect(turnedAway()).toContain('Could not validate endorsement');
    expect(on.teams.posted).toEqual([]);
  });

  test('with a good token, for a service that is not the one that it names', async () => {
    const on = await bot();
    const thief = await connector();
    const { status } = await ask(on, keys.bearer(claimsFor(on)), { serviceUrl: thief.url });
    expect(status).toBe(401);
    expect(turnedAway()).toContain('ServiceUrl claim do not match');
    expect(thief.posted).toEqual([]);
  });
});

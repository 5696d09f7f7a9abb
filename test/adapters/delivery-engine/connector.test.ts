import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfiguration } from '../../../adapters/config.ts';
import { createAdapter } from '../../../adapters/teams/adapter.ts';
import { teamsThrough } from '../../../adapters/teams/connector.ts';
import { startConnector, type Fault } from './recording-connector.ts';
import { cardSaying, referenceAt } from './rows.ts';

const adapter = createAdapter(
  readConfiguration({
    SHAREPOINT_SITE: 'https://example.org/sites/none',
    AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
  }),
);

async function connectorWith(fault: (nth: number) => Fault | undefined) {
  const connector = await startConnector({ fault: (_, nth) => fault(nth) });
  onTestFinished(() => connector.stop());
  // Nobody waits long for the answer that never comes, and a busy machine has time for the others.
  const requestMs = fault(1) === 'no answer' ? 400 : 10_000;
  const teams = teamsThrough(adapter, '', requestMs);
  const to = referenceAt(connector.url, 'Priya');
  return { connector, teams, to };
}

describe('each answer of Teams has a meaning of its own, and is asked for once', () => {
  const said = 'said the connector';
  const soon = expect.toSatisfy((ms: number) => ms > 3000 && ms <= 5000) as number;
  const inFiveSeconds = (): string => new Date(Date.now() + 5000).toUTCString();
  const cases: [name: string, fault: () => Fault, meaning: object][] = [
    ['400', () => ({ status: 400 }), { kind: 'refused', reason: `400 Code ${said}` }],
    [
      '401',
      () => ({ status: 401 }),
      {
        kind: 'not signed',
        reason: `the bot's own credential was refused: 401 Code ${said}`,
        retryAfterMs: 600_000,
      },
    ],
    [
      '403, blocked by the person',
      () => ({ status: 403, code: 'MessageWritesBlocked' }),
      { kind: 'blocked', reason: `403 MessageWritesBlocked ${said}` },
    ],
    [
      '403, not in the conversation',
      () => ({ status: 403, code: 'BotNotInConversationRoster' }),
      { kind: 'blocked', reason: `403 BotNotInConversationRoster ${said}` },
    ],
    ['404', () => ({ status: 404 }), { kind: 'gone', reason: `404 Code ${said}` }],
    ['410', () => ({ status: 410 }), { kind: 'gone', reason: `410 Code ${said}` }],
    [
      '413',
      () => ({ status: 413 }),
      { kind: 'refused', reason: `the card is too large (1 KB): 413 Code ${said}` },
    ],
    ['412', () => ({ status: 412 }), { kind: 'failed', reason: `412 Code ${said}` }],
    ['429', () => ({ status: 429 }), { kind: 'failed', reason: `429 Code ${said}` }],
    [
      '429 with seconds',
      () => ({ status: 429, retryAfter: '7' }),
      { kind: 'failed', reason: `429 Code ${said}`, retryAfterMs: 7000 },
    ],
    [
      '429 with no time at all: the usual rest',
      () => ({ status: 429, retryAfter: '0' }),
      { kind: 'failed', reason: `429 Code ${said}` },
    ],
    [
      '429 with many years: a quarter of an hour',
      () => ({ status: 429, retryAfter: '1000000000' }),
      { kind: 'failed', reason: `429 Code ${said}`, retryAfterMs: 900_000 },
    ],
    [
      '429 with a date',
      () => ({ status: 429, retryAfter: inFiveSeconds() }),
      { kind: 'failed', reason: `429 Code ${said}`, retryAfterMs: soon },
    ],
    ['500', () => ({ status: 500 }), { kind: 'failed', reason: `500 Code ${said}` }],
    ['502', () => ({ status: 502 }), { kind: 'failed', reason: `502 Code ${said}` }],
    ['503', () => ({ status: 503 }), { kind: 'failed', reason: `503 Code ${said}` }],
    ['504', () => ({ status: 504 }), { kind: 'failed', reason: `504 Code ${said}` }],
    ['a dropped socket', () => 'dropped socket', { kind: 'failed', reason: 'socket hang up' }],
    ['no answer', () => 'no answer', { kind: 'failed', reason: 'no answer in time' }],
  ];

  test.each(cases)('%s', async (_, fault, meaning) => {
    const { connector, teams, to } = await connectorWith(fault);
    expect(await teams.post(to, cardSaying('a'))).toEqual(meaning);
    expect(await teams.update(to, 'activity', cardSaying('b'))).toEqual(meaning);
    expect(connector.arrivals).toMatchObject([
      { method: 'POST', conversation: 'Priya', activityId: undefined },
      { method: 'PUT', conversation: 'Priya', activityId: 'activity' },
    ]);
  });

  test('what is taken', async () => {
    const { teams, to } = await connectorWith(() => undefined);
    const posted = { kind: 'posted', activityId: 'activity-of-a' };
    expect(await teams.post(to, cardSaying('a'))).toEqual(posted);
    const updated = { kind: 'posted', activityId: 'activity' };
    expect(await teams.update(to, 'activity', cardSaying('b'))).toEqual(updated);
  });
});

test('a reply in a turn, for which somebody waits, keeps the retries of the client', async () => {
  const { connector, teams, to } = await connectorWith((nth) =>
    nth === 2 ? { status: 502 } : undefined,
  );
  // What is sent without being asked for changes nothing for replies.
  await teams.post(to, cardSaying('a'));
  await adapter.continueConversationAsync('', to as never, async (context) => {
    await context.updateActivity({
      type: 'message',
      id: 'activity',
      attachments: [{ contentType: 'card', content: cardSaying('b') }],
    });
  });
  expect(connector.arrivals.map(({ status }) => status)).toEqual([201, 502, 201]);
});

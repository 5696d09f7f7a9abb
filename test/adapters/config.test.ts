import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  readConfiguration,
  servingProblems,
  type Configuration,
} from '../../adapters/config.ts';

const LOCAL = {
  SHAREPOINT_SITE: 'https://council.example/sites/stls',
  GRAPH_BASE_URL: 'http://127.0.0.1:4000',
  AZURE_STORAGE_CONNECTION_STRING: 'UseDevelopmentStorage=true',
};
const PRODUCTION = {
  SHAREPOINT_SITE: 'https://council.example/sites/stls',
  AZURE_STORAGE_ACCOUNT_URL: 'https://stls.table.core.windows.net',
  HOST: '0.0.0.0',
  BOT_ID: '11111111-1111-4111-8111-111111111111',
  BOT_TENANT_ID: '22222222-2222-4222-8222-222222222222',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfiguration(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('of a local start needs a site, a loopback Graph and storage, and nothing else', () => {
    expect(readConfiguration(LOCAL)).toEqual({
      port: 3978,
      host: '127.0.0.1',
      graph: {
        baseUrl: 'http://127.0.0.1:4000',
        isLoopback: true,
        patienceMs: 60_000,
        unitsPerMinute: 1_000,
      },
      publicUrl: undefined,
      site: new URL('https://council.example/sites/stls'),
      storage: { connectionString: 'UseDevelopmentStorage=true' },
      bot: { id: '', type: 'UserAssignedMSI', tenantId: '', password: '' },
      model: undefined,
      pollSeconds: 60,
      clockFile: undefined,
      logLevel: 'info',
    } satisfies Configuration);
  });

  test('of production speaks to Microsoft Graph and to storage with the app’s identity', () => {
    expect(readConfiguration(PRODUCTION)).toMatchObject({
      graph: { baseUrl: 'https://graph.microsoft.com', isLoopback: false },
      storage: { accountUrl: 'https://stls.table.core.windows.net' },
      host: '0.0.0.0',
    });
  });

  test('names every problem at once, each with what to do about it', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      HOST: '0.0.0.0',
      GRAPH_BASE_URL: 'https://graph.example',
      POLL_SECONDS: '0',
      LOG_LEVEL: 'loud',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^PORT: must be a number\. Set it to a free port/),
      expect.stringMatching(/^SHAREPOINT_SITE: .*Set it to the address of the SharePoint site/),
      expect.stringMatching(/^POLL_SECONDS: .*Correct POLL_SECONDS\.$/),
      expect.stringMatching(/^LOG_LEVEL: .*Correct LOG_LEVEL\.$/),
      expect.stringMatching(/^Storage: set AZURE_STORAGE_CONNECTION_STRING/),
      expect.stringMatching(/^GRAPH_BASE_URL: graph\.example is neither .* Unset it\.$/),
      expect.stringMatching(/^BOT_ID is empty and HOST is 0\.0\.0\.0: .*Set BOT_ID/),
    ]);
  });

  test('says how many problems there are, one on each line', () => {
    expect(() => readConfiguration({ SHAREPOINT_SITE: LOCAL.SHAREPOINT_SITE, HOST: '::' })).toThrow(
      /^The configuration has 2 problem\(s\):\n {2}- Storage: .*\n {2}- BOT_ID is empty/,
    );
  });

  test('takes an empty variable for one that is not set', () => {
    const empty = { ...LOCAL, PORT: '', HOST: '', BOT_ID: '', CLOCK_FILE: '', POLL_SECONDS: '' };
    expect(readConfiguration({ ...empty, AZURE_STORAGE_ACCOUNT_URL: '' })).toEqual(
      readConfiguration(LOCAL),
    );
    expect(problemsOf({ ...LOCAL, SHAREPOINT_SITE: '' })).toHaveLength(1);
  });

  test.each(['127.0.0.1', 'localhost', '::1'])('binds %s without an app id', (HOST) => {
    expect(problemsOf({ ...LOCAL, HOST })).toEqual([]);
  });

  test.each(['0.0.0.0', '::', '10.0.0.4', 'localhost.example', '127.0.0.1.example'])(
    'never binds %s without an app id: anybody could speak for anybody',
    (HOST) => {
      expect(problemsOf({ ...LOCAL, HOST })).toEqual([expect.stringContaining('BOT_ID is empty')]);
    },
  );

  test.each([
    'https://graph.microsoft.com.attacker.example',
    'https://attacker.example/graph.microsoft.com',
    'https://graph.microsoft.com@attacker.example',
    'http://graph.microsoft.com',
    'https://graph.microsoft.us',
    'http://192.168.0.2:3979',
    'http://localhost.attacker.example',
  ])('sends no token to %s', (GRAPH_BASE_URL) => {
    expect(problemsOf({ ...LOCAL, GRAPH_BASE_URL })).toEqual([
      expect.stringContaining('no token is sent elsewhere'),
    ]);
  });

  test.each([
    'https://graph.microsoft.com',
    'https://graph.microsoft.com/',
    'http://localhost:3979',
    'http://[::1]:3979',
  ])('speaks to Graph at %s', (GRAPH_BASE_URL) => {
    expect(problemsOf({ ...LOCAL, GRAPH_BASE_URL })).toEqual([]);
  });

  test.each([
    [{ AZURE_OPENAI_ENDPOINT: 'https://stls.openai.azure.com' }, 'Model:'],
    [{ AZURE_OPENAI_DEPLOYMENT: 'chooser' }, 'Model:'],
    [
      { AZURE_OPENAI_ENDPOINT: 'http://model.example', AZURE_OPENAI_DEPLOYMENT: 'chooser' },
      'AZURE_OPENAI_ENDPOINT:',
    ],
  ])('asks no model with %j', (change, problem) => {
    expect(problemsOf({ ...LOCAL, ...change })).toEqual([expect.stringContaining(problem)]);
  });

  test.each(['https://stls.openai.azure.com', 'http://127.0.0.1:8080'])(
    'asks the model at %s, as the app unless there is a key',
    (AZURE_OPENAI_ENDPOINT) => {
      const env = { ...LOCAL, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT: 'chooser' };
      const endpoint = new URL(AZURE_OPENAI_ENDPOINT);
      const model = { endpoint, deployment: 'chooser', key: undefined };
      expect(readConfiguration(env).model).toEqual(model);
    },
  );

  test('refuses a made-up clock beside a real bot, which would chase real people', () => {
    expect(problemsOf({ ...PRODUCTION, CLOCK_FILE: '/tmp/clock.json' })).toContainEqual(
      expect.stringMatching(/^CLOCK_FILE is set beside BOT_ID: .*Unset it\.$/),
    );
    expect(readConfiguration({ ...LOCAL, CLOCK_FILE: '/tmp/clock.json' }).clockFile).toBe(
      '/tmp/clock.json',
    );
  });

  test.each([
    [{ BOT_TENANT_ID: '' }, ['BOT_TENANT_ID']],
    [{ BOT_TYPE: 'SingleTenant' }, ['BOT_PASSWORD']],
    [{ BOT_TYPE: 'MultiTenant', BOT_TENANT_ID: '' }, ['BOT_PASSWORD']],
    [{ BOT_TYPE: 'SingleTenant', BOT_TENANT_ID: '' }, ['BOT_TENANT_ID', 'BOT_PASSWORD']],
    [{ BOT_TYPE: 'MultiTenant', BOT_TENANT_ID: '', BOT_PASSWORD: 'x' }, []],
  ])('with %j misses %j', (change, missing) => {
    const problems = problemsOf({ ...PRODUCTION, ...change });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(missing);
  });

  test('lets nobody who is not verified at a real site or real storage', () => {
    const { BOT_ID: _id, ...unverified } = PRODUCTION;
    expect(servingProblems(LOCAL)).toEqual([]);
    expect(servingProblems(PRODUCTION)).toEqual([]);
    expect(servingProblems(unverified)).toEqual([
      expect.stringMatching(/^BOT_ID is empty, but Graph is .*Set BOT_ID/),
      expect.stringMatching(/^BOT_ID is empty, but the storage is not on loopback/),
    ]);
  });

  test('keeps a made-up clock from a real site', () => {
    const { GRAPH_BASE_URL: _graph, ...real } = LOCAL;
    expect(problemsOf({ ...real, CLOCK_FILE: '/tmp/clock.json' })).toEqual([
      expect.stringMatching(/^CLOCK_FILE is set, but Graph is https:\/\/graph\.microsoft\.com/),
    ]);
  });

  test('takes one place to store things, not two', () => {
    const both = { ...LOCAL, AZURE_STORAGE_ACCOUNT_URL: 'https://stls.table.core.windows.net' };
    expect(problemsOf(both)).toEqual([expect.stringContaining('one of the two')]);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inWords } from '../../adapters/service/sweep-in-words.ts';
import { reportOf, sweepReport, type SweepReport } from '../../adapters/service/sweep-report.ts';
import { drySweep, type Swept } from '../../adapters/service/sweep.ts';
import { people } from '../../infra/local/demo/people.ts';
import { planted } from '../../infra/local/demo/planted.ts';
import { LAR, removeList } from './demo-site.ts';
import { wordsOn } from './reading-cards.ts';
import {
  at,
  everything,
  idOf,
  install,
  installInChannel,
  sweepAt,
  worlds,
  type World,
} from './world.ts';

const { open } = worlds();
const MONDAY = '2026-11-23T09:00';

async function dryAt(world: World, london: string): Promise<Swept> {
  world.moveTo(london);
  return drySweep(world.service);
}

const report = async (world: World, london: string): Promise<SweepReport> =>
  reportOf(await dryAt(world, london));

/** `Dover +3: KPI`, one line for each message of a kind. */
const linesOf = ({ messages }: SweepReport, kind: string, role = 'District lead'): string[] =>
  messages
    .filter((message) => message.kind === kind && message.to.role === role)
    .map(({ to, stage, returns }) => {
      const forms = returns.map((key) => `${key.district} ${key.form}`).join(', ');
      return `${to.district ?? 'all'} ${stage ?? ''}: ${forms}`;
    })
    .sort();

const CHASED = [
  ['Dover', 'Dover KPI'],
  ['Folkestone and Hythe', 'Folkestone and Hythe KPI'],
  ['Maidstone', 'Maidstone KPI'],
  ['Sevenoaks', 'Sevenoaks KPI'],
  ['Swale', 'Swale KPI, Swale LAR'],
  ['Thanet', 'Thanet LAR'],
] as const;
const chasedAt = (stage: string): string[] =>
  CHASED.map(([district, forms]) => `${district} ${stage}: ${forms}`);

describe('at nine on Monday 23 November, three working days after the due day', () => {
  test('the report is what scripts were promised, and says what the demo’s lists hold', async () => {
    const world = await open(MONDAY);
    const told = await report(world, MONDAY);
    expect(sweepReport.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(told.at).toBe('2026-11-23T09:00:00.000Z');
    const current = told.returns.filter((one) => one.year === '2026-27');
    const inState = (state: string) =>
      current.filter((one) => one.state === state).map((one) => `${one.district} ${one.form}`);
    expect(inState('missing').sort()).toEqual([
      'Dover KPI',
      'Swale KPI',
      'Swale LAR',
      'Thanet LAR',
    ]);
    expect(inState('part filed').sort()).toEqual([
      'Folkestone and Hythe KPI',
      'Maidstone KPI',
      'Sevenoaks KPI',
    ]);
    expect(current).toHaveLength(24);
    expect(told.findings).toHaveLength(planted.length);
    expect(told.notChecked).toEqual([]);
  });

  test('leads of what is missing or part filed are chased at +3, and nobody else', async () => {
    const told = await report(await open(MONDAY), MONDAY);
    expect(linesOf(told, 'chase')).toEqual(chasedAt('+3'));
    expect(linesOf(told, 'chase', "Lead's manager")).toEqual([]);
  });

  test('commissioners are alerted, and the summary goes to the channel', async () => {
    const told = await report(await open(MONDAY), MONDAY);
    const [alert, ...others] = told.messages.filter((message) => message.kind === 'alert');
    expect(others).toEqual([]);
    expect(alert?.to).toEqual({ role: 'Commissioner' });
    expect(alert?.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['supported-within-caseload-schools', 'outlier', 'duplicate-return']),
    );
    expect(told.messages.filter((message) => message.kind === 'summary')).toEqual([
      { kind: 'summary', to: { role: 'Commissioning channel' }, returns: [], findings: [] },
    ]);
  });

  test('each card reaches the one it is for, once', async () => {
    const world = await open(MONDAY);
    const everyone = people.filter((p) => p.role !== 'SENCO').map((p) => p.displayName);
    await install(world, ...everyone);
    await installInChannel(world);
    await sweepAt(world, MONDAY);
    const count = (who: string) => world.teams.of(who).length;
    const expected = ['Priya', 'Tobias', 'Rowan', 'Delphine', 'Hamish', 'Bettina', 'Kofi'];
    for (const lead of expected) expect(count(idOf(lead)), `for ${lead}`).toBe(1);
    for (const commissioner of ['Colin', 'Yusuf']) expect(count(idOf(commissioner))).toBe(1);
    expect(count('channel')).toBe(1);
    expect(world.teams.shown).toHaveLength(expected.length + 3);
    expect(wordsOn(world.teams.of(idOf('Priya'))[0]?.card)).toContain('Dover: 1 return to file');
    expect(wordsOn(world.teams.of('channel')[0]?.card)).toContain('Term 1, 2026-27');
    const alert = wordsOn(world.teams.of(idOf('Colin'))[0]?.card);
    expect(alert).toContain('Priya Raman (demo): KPI return. Card sent');
  });

  test('done twice sends nothing new and changes nothing', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Bettina', 'Colin');
    await installInChannel(world);
    await sweepAt(world, MONDAY);
    const { requests } = world.teams;
    const before = await everything(world);
    await sweepAt(world, '2026-11-23T09:01');
    expect(world.teams.requests, 'nobody’s card was touched').toBe(requests);
    expect(withoutTimes(await everything(world))).toEqual(withoutTimes(before));
  });

  test('a dry run leaves no trace: not in tables, not in lists, not in Teams', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya', 'Colin');
    const before = await everything(world);
    const { messages } = (await dryAt(world, MONDAY)).decision;
    expect(messages.length).toBeGreaterThan(0);
    expect(await everything(world)).toEqual(before);
    expect(world.teams.requests).toBe(0);
  });
});

/** Log entries of attempts that are repeated move on with the clock. */
const withoutTimes = (all: unknown): unknown =>
  JSON.parse(JSON.stringify(all).replaceAll(/"at":"2026-11-23[^"]*"/g, '"at":"that day"'));

describe('later in the term', () => {
  test('on 30 November the stage is +5, the managers are told, and no stage is made up for', async () => {
    const told = await report(await open('2026-11-30T09:00'), '2026-11-30T09:00');
    expect(linesOf(told, 'chase')).toEqual(chasedAt('+5'));
    expect(linesOf(told, 'chase', "Lead's manager").sort()).toEqual([
      'Sevenoaks +5: Sevenoaks KPI',
      'Swale +5: Swale KPI, Swale LAR',
      'all +5: Dover KPI, Thanet LAR',
      'all +5: Folkestone and Hythe KPI, Maidstone KPI',
    ]);
  });

  test('on 2 December the stage is +10, and the commissioners are told that it is', async () => {
    const told = await report(await open('2026-12-02T09:00'), '2026-12-02T09:00');
    expect(linesOf(told, 'chase')).toEqual(chasedAt('+10'));
    const [alert] = told.messages.filter((message) => message.kind === 'alert');
    expect(alert).toMatchObject({ to: { role: 'Commissioner' }, stage: '+10' });
  });

  test('after the lock nobody is chased for the term any more', async () => {
    const told = await report(await open('2026-12-14T09:00'), '2026-12-14T09:00');
    expect(linesOf(told, 'chase')).toEqual([]);
  });

  test.each([
    ['on a Saturday', '2026-11-28T09:00'],
    ['before half past eight', '2026-11-23T08:29'],
    ['from five o’clock', '2026-11-23T17:00'],
    ['in the holidays', '2026-12-28T09:00'],
  ])('%s nobody is written to', async (_when, london) => {
    expect((await report(await open(london), london)).messages).toEqual([]);
  });
});

describe('a list that cannot be read', () => {
  test('makes nobody missing, and everybody is told that it could not be checked', async () => {
    const world = await open(MONDAY);
    await removeList(world, LAR);
    await install(world, 'Colin');
    await installInChannel(world);
    const swept = await sweepAt(world, MONDAY);
    const told = reportOf(swept);
    expect(told.notChecked.map(({ list }) => list)).toEqual([LAR]);
    expect(JSON.stringify(told.messages)).not.toContain('"LAR"');
    for (const who of ['channel', idOf('Colin')]) {
      const words = wordsOn(world.teams.of(who)[0]?.card);
      expect(words, `for ${who}`).toMatch(/could not check/i);
      expect(words, `for ${who}`).toContain(LAR);
    }
  });
});

describe('the report for people', () => {
  test('says in tables who is written to, about what, at which stage and why', async () => {
    const words = inWords(await dryAt(await open(MONDAY), MONDAY), 160);
    expect(words).toMatch(/^As things stand on Mon 23 Nov, 09:00 \(London\)\n\nTo be sent: \d+\n/);
    expect(words).toMatch(
      /Priya Raman \(demo\) +Dover KPI 2026-27 T1 +\+3 +missing, 3 working days after it was due/,
    );
    expect(words).toMatch(/2026-27 T1 +missing +4 +Dover KPI\n/);
    expect(words, 'times are London’s').not.toMatch(/\d\dT\d\d:\d\d|\dZ/);
  });

  test('says once what is the same for many', async () => {
    const words = inWords(await dryAt(await open(MONDAY), MONDAY), 160);
    expect(words).toMatch(/Nobody +\d+ districts +17 returns +it is filed\n/);
  });

  test('says of a card of today that it could not be delivered', async () => {
    const world = await open(MONDAY);
    await sweepAt(world, MONDAY);
    const words = inWords(await dryAt(world, '2026-11-23T09:05'), 160);
    expect(words.replaceAll(/\s+/g, ' ')).toMatch(/District lead.* Not delivered: the bot is/);
  });

  test.each([MONDAY, '2026-12-02T09:00'])(
    'is as wide as it is told, and no wider: %s',
    async (at) => {
      const words = inWords(await dryAt(await open(at), at), 100);
      const widest = Math.max(...words.split('\n').map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(100);
    },
  );

  test('says which cards are to change, and why', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, MONDAY);
    await withdrawDover(world);
    const swept = await dryAt(world, '2026-11-23T09:05');
    expect(reportOf(swept).updates).toEqual([
      {
        kind: 'chase',
        to: { role: 'District lead', district: 'Dover' },
        because: 'Dover KPI return: withdrawn by Colin Marsh',
      },
    ]);
    expect(inWords(swept, 160)).toMatch(
      /Cards to be updated: 1\n(.*\n)+.*Priya Raman \(demo\) +Dover +Dover KPI return: withdrawn by Colin Marsh/,
    );
  });
});

describe('the report for scripts', () => {
  test('gives the reason for each thing that is asked', async () => {
    const told = await report(await open(MONDAY), MONDAY);
    const dover = told.messages.find(({ to }) => to.district === 'Dover');
    expect(dover?.returns).toEqual([
      {
        form: 'KPI',
        district: 'Dover',
        year: '2026-27',
        term: 1,
        because: 'missing, 3 working days after it was due on Wed 18 Nov',
      },
    ]);
  });

  test('gives the reason for each thing that is not', async () => {
    const told = await report(await open(MONDAY), MONDAY);
    const filed = told.notSent.filter(({ why }) => why === 'already filed');
    expect(filed).toHaveLength(17);
    expect(filed[0]).toEqual({
      district: 'Ashford',
      about: 'KPI|Ashford|2026-27|1',
      why: 'already filed',
      detail: '',
    });
  });
});

/** A commissioner says, a moment after the card came, that Dover's return is not asked for. */
const withdrawDover = ({ memory }: World): Promise<void> =>
  memory.arrangements.put('KPI|Dover|2026-27|1', {
    made: [
      {
        at: at('2026-11-23T09:02'),
        by: idOf('Colin'),
        name: 'Colin Marsh',
        what: 'withdrawn',
        note: '',
      },
    ],
  });

describe('npm run sweep', () => {
  /** Runs the command as its own process, as a script would. */
  async function run(
    args: readonly string[],
    env: Record<string, string>,
  ): Promise<{ code: unknown; out: string; errors: string }> {
    const program = new URL('../../adapters/sweep.ts', import.meta.url).pathname;
    const { BOT_ID: _id, CLOCK_FILE: _clock, ...inherited } = process.env;
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...inherited, LOG_LEVEL: 'fatal', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [unknown];
    return { code, out, errors };
  }
  const environment = (world: World) => ({
    GRAPH_BASE_URL: world.url,
    SHAREPOINT_SITE: 'https://council.example/sites/stls',
    AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
  });

  test('--json prints one JSON object, and the same each time', async () => {
    const world = await open(MONDAY);
    const args = ['--at', MONDAY, '--json'];
    const first = await run(args, environment(world));
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.out.trim().split('\n')).toHaveLength(1);
    const told = sweepReport.parse(JSON.parse(first.out));
    expect(linesOf(told, 'chase')).toEqual(chasedAt('+3'));
    const kept = await world.memory.outbox.all();
    expect(new Set(kept.map(({ value }) => value.status))).toEqual(new Set(['no bot installed']));
    const again = await report(world, MONDAY);
    expect(`${JSON.stringify(again)}\n`, 'the same lists, the same report').toBe(first.out);
  });

  test('ends with 1 and a plain sentence where the lists cannot be reached', async () => {
    const world = await open(MONDAY);
    const nowhere = {
      ...environment(world),
      GRAPH_BASE_URL: 'http://127.0.0.1:1',
      GRAPH_PATIENCE_SECONDS: '1',
    };
    const { code, out, errors } = await run(['--at', MONDAY, '--json'], nowhere);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toMatch(/could not be read: Microsoft Graph/);
  });

  test('ends with 2 and the remedy for what was mistyped or is not configured', async () => {
    const nothing = {
      SHAREPOINT_SITE: '',
      AZURE_STORAGE_CONNECTION_STRING: '',
      AZURE_STORAGE_ACCOUNT_URL: '',
    };
    const ended = await Promise.all(
      [['--at', 'next Monday'], ['--att', MONDAY], ['--json']].map((args) => run(args, nothing)),
    );
    const remedies = [
      /--at is “next Monday”\. Give a London time such as/,
      /Usage: npm run sweep/,
      /SHAREPOINT_SITE: .*\n.*Storage: set/,
    ];
    for (const [i, { code, out, errors }] of ended.entries()) {
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(errors).toMatch(remedies[i] ?? /nothing/);
      expect(errors).not.toMatch(/^\s+at /m);
    }
  });
});

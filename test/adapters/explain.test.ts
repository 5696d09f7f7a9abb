import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { look } from '../../adapters/service/service.ts';
import { storiesInWords } from '../../adapters/service/story-in-words.ts';
import { tellStory } from '../../bot/chase/story.ts';
import { whichReturns } from '../../bot/chase/which-returns.ts';
import { at, idOf, install, sweepAt, worlds, type World } from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const MEASURED = 100;

/** What the command prints, without a process of its own. */
async function explained({ service }: World, text: string, width = MEASURED): Promise<string> {
  const now = await look(service, service.clock.now());
  const which = whichReturns(text, now.reading);
  if ('problem' in which) throw new Error(which.problem);
  return storiesInWords(
    which.keys.map((key) => tellStory(now, key)),
    now.at,
    width,
  );
}

/** The same in one line, however it is wrapped. */
const flowing = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('the story of a return of the demo', () => {
  test('a missing one: its dates, who was chased and what came of it, and what comes next', async () => {
    const world = await open(MONDAY);
    await install(world, 'Priya');
    await sweepAt(world, MONDAY);
    const told = await explained(world, 'Dover 2026-27 T1 KPI', 200);
    expect(told).toMatch(
      /^As things stand on Mon 23 Nov, 09:00 \(London\)\n\nDOVER, KPI RETURN, TERM 1, 2026-27\n/,
    );
    expect(told).toMatch(/Wed 2 Sept? +The term began\./);
    expect(told).toMatch(/Wed 18 Nov +It was due by the end of this day\./);
    expect(told).toMatch(
      /Mon 23 Nov, 09:00 +To the lead Priya Raman \(demo\): \+3, missing, 3 working days after it was due on Wed 18 Nov\. The card was sent\./,
    );
    expect(told).toMatch(/Now\n─+\n +It is missing\./);
    expect(told).toMatch(/Next\n─+\n +Wed 25 Nov: the lead Priya Raman \(demo\) is chased at \+5/);
  });

  test('a part filed one: what is wrong with it, and which query waits behind it', async () => {
    const told = flowing(await explained(await open(MONDAY), 'Sevenoaks 2026-27 T1 KPI'));
    expect(told).toContain('It is part filed: something in it cannot be right.');
    expect(told).toContain(
      'An error keeps it from being filed: “Primary schools supported (%)” is 104%.',
    );
    expect(told).toContain(
      'Nobody is asked about supported-within-district-primary now: the return itself is asked for first.',
    );
  });

  test('a filed one of last year: when it came, and that nothing comes any more', async () => {
    const told = flowing(await explained(await open(MONDAY), 'Ashford 2025-26 T2 LAR'));
    expect(told).toMatch(/Received: item \d+ of STLS Local Activity Report was made/);
    expect(told).toMatch(/ 202[56],? /);
    expect(told).toContain('Nothing: the term is not open any more.');
  });

  test('tells each form where none is named, in London’s times alone', async () => {
    const world = await open(MONDAY);
    await world.memory.arrangements.put('LAR|Thanet|2026-27|1', {
      made: [
        {
          at: at('2026-11-20T10:00'),
          by: idOf('Kofi'),
          name: 'Kofi Ashdown',
          what: 'promised',
          until: '2026-11-24',
        },
      ],
    });
    const told = await explained(world, 'Thanet 2026-27 T1');
    expect(told).toContain('THANET, KPI RETURN, TERM 1, 2026-27');
    expect(told).toContain('THANET, LOCAL ACTIVITY REPORT, TERM 1, 2026-27');
    expect(flowing(told)).toContain(
      'Fri 20 Nov, 10:00 Kofi Ashdown promised it by the end of Tue 24 Nov.',
    );
    expect(told).not.toMatch(/\d\dT\d\d:\d\d|\d\d\.\d{3}Z/);
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(MEASURED);
  });
});

describe('npm run sweep -- --explain', () => {
  async function run(args: readonly string[], world: World) {
    const program = new URL('../../adapters/sweep.ts', import.meta.url).pathname;
    const { BOT_ID: _id, CLOCK_FILE: _clock, ...inherited } = process.env;
    const child = spawn(process.execPath, [program, '--at', MONDAY, ...args], {
      env: {
        ...inherited,
        GRAPH_BASE_URL: world.url,
        SHAREPOINT_SITE: 'https://council.example/sites/stls',
        AZURE_STORAGE_CONNECTION_STRING: world.connectionString,
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [unknown];
    return { code, out, errors };
  }

  test('tells the story, and sends and keeps nothing', async () => {
    const world = await open(MONDAY);
    const { code, out, errors } = await run(['--explain', 'Dover 2026-27 T1'], world);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain('DOVER, KPI RETURN');
    expect(out).toContain('DOVER, LOCAL ACTIVITY REPORT');
    expect(await world.memory.outbox.all()).toEqual([]);
  });

  test('ends with 2 and what is possible, for what is nothing', async () => {
    const world = await open(MONDAY);
    const ended = await Promise.all(
      ['Dovr 2026-27 T1', 'Dover 2026-27 T9', 'Dover'].map((text) =>
        run(['--explain', text], world),
      ),
    );
    const said = [
      /no district “Dovr”.*Tunbridge Wells/,
      /no term “2026-27 T9”.*2026-27 T6/,
      /Dover 2026-27 T1 KPI/,
    ];
    for (const [i, { code, out, errors }] of ended.entries()) {
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(errors).toMatch(said[i] ?? /nothing/);
      const [words, usage] = errors.trim().split('\n\n');
      expect(words?.split('\n')).toHaveLength(1);
      expect(usage).toMatch(/^Usage: npm run sweep .*--explain "Dover 2026-27 T1"]$/);
    }
  });
});

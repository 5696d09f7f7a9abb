import { instantFrom } from '../bot/calendar/london.ts';
import { tellStory } from '../bot/chase/story.ts';
import { whichReturns } from '../bot/chase/which-returns.ts';
import { readTyped, runCommand } from './command.ts';
import { compose } from './compose.ts';
import { readConfiguration } from './config.ts';
import { UsageError } from './errors.ts';
import { listMirrors } from './service/mirror-lists.ts';
import { look, type Service } from './service/service.ts';
import { storiesInWords } from './service/story-in-words.ts';
import { inWords } from './service/sweep-in-words.ts';
import { reportOf } from './service/sweep-report.ts';
import { drySweep, sweep, type Swept } from './service/sweep.ts';

const USAGE =
  'Usage: npm run sweep -- [--at 2026-11-30T09:00] [--dry-run] [--json] [--explain "Dover 2026-27 T1"]';
/** How wide tables are where no terminal says it. */
const WIDTH = 100;

/**
 * `npm run sweep -- --at 2026-11-30T09:00 [--dry-run] [--json]`: one pass of read → check → decide →
 * deliver at that London time, against the Graph and storage that the environment names. With
 * `--explain "Dover 2026-27 T1"` it tells the story of those returns instead, and changes nothing.
 */
await runCommand(main, USAGE);

async function main(): Promise<void> {
  const { at, dry, json, explain } = readOptions();
  const config = readConfiguration();
  const isForReal = config.bot.id !== '';
  if (at && isForReal && !dry && explain === undefined) {
    throw new UsageError(
      'With --at the sweep can only be looked at: add --dry-run. Real people are written to at the real time.',
    );
  }
  const { service, dispatcher } = compose(config, at && { clock: { now: () => at } });
  const width = process.stdout.columns || WIDTH;
  if (explain !== undefined) {
    process.stdout.write(await explained(service, explain, width));
    return;
  }
  const swept = dry ? await drySweep(service) : await sweepAndMirror(service);
  await dispatcher.stop();
  await service.site.keep();
  process.stdout.write(json ? `${JSON.stringify(reportOf(swept))}\n` : inWords(swept, width));
}

async function sweepAndMirror(service: Service): Promise<Swept> {
  const swept = await sweep(service);
  await listMirrors(service)(swept.look);
  return swept;
}

async function explained(service: Service, text: string, width: number): Promise<string> {
  const now = await look(service, service.clock.now());
  const which = whichReturns(text, now.reading);
  if ('problem' in which) throw new UsageError(`--explain: ${which.problem}`);
  return storiesInWords(
    which.keys.map((key) => tellStory(now, key)),
    now.at,
    width,
  );
}

type Options = {
  at: Date | undefined;
  dry: boolean;
  json: boolean;
  explain: string | undefined;
};

function readOptions(): Options {
  const { values } = readTyped({
    options: {
      at: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      explain: { type: 'string' },
    },
  });
  const at = values.at === undefined ? undefined : instantFrom(values.at);
  if (values.at !== undefined && !at) {
    throw new UsageError(`--at is “${values.at}”. Give a London time such as 2026-11-30T09:00.`);
  }
  if (values.explain !== undefined && values.json) {
    throw new UsageError(`--explain is for reading, and has no --json.`);
  }
  return { at, dry: values['dry-run'], json: values.json, explain: values.explain };
}

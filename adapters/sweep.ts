import { parseArgs } from 'node:util';
import { instantFrom } from '../bot/calendar/london.ts';
import { compose } from './compose.ts';
import { ConfigurationError, readConfiguration } from './config.ts';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from './errors.ts';
import { inWords, reportOf } from './service/sweep-report.ts';
import { drySweep, sweep } from './service/sweep.ts';
import { ListsUnavailable } from './sharepoint/read-own-lists.ts';

/** What somebody typed on the command line cannot be used. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * `npm run sweep -- --at 2026-11-30T09:00 [--dry-run] [--json]`: one pass of read → check → decide →
 * deliver at that London time, against the Graph and storage that the environment names.
 */
try {
  await main();
} catch (error) {
  const told = [
    UsageError,
    ConfigurationError,
    ServiceRefused,
    NetworkFailed,
    UnexpectedAnswer,
    ListsUnavailable,
  ].some((kind) => error instanceof kind);
  if (!told || !(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError || error instanceof ConfigurationError ? 2 : 1;
}

async function main(): Promise<void> {
  const options = readOptions();
  const { service } = compose(readConfiguration());
  const at = options.at ?? service.clock.now();
  const swept = options.dry ? await drySweep(service, at) : await sweep(service, at);
  await service.site.keep();
  process.stdout.write(options.json ? `${JSON.stringify(reportOf(swept))}\n` : inWords(swept));
}

function readOptions(): { at: Date | undefined; dry: boolean; json: boolean } {
  const { values } = parsed();
  const at = values.at === undefined ? undefined : instantFrom(values.at);
  if (values.at !== undefined && !at) {
    throw new UsageError(`--at is “${values.at}”. Give a London time such as 2026-11-30T09:00.`);
  }
  return { at, dry: values['dry-run'], json: values.json };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        at: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(
      `${error.message} Usage: npm run sweep -- --at 2026-11-30T09:00 [--dry-run] [--json]`,
      { cause: error },
    );
  }
}

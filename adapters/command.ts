import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigurationError } from './config.ts';
import { NetworkFailed, ServiceRefused, UnexpectedAnswer, UsageError } from './errors.ts';
import { ListsUnavailable } from './sharepoint/read-own-lists.ts';

const SERVICE_FAILED = [ServiceRefused, NetworkFailed, UnexpectedAnswer, ListsUnavailable];

/**
 * Runs a command, and tells on the error stream why it could not be done. It ends with 2 where the call
 * or the configuration is wrong, and with 1 where a service failed; any other error is a fault of this
 * program, and is thrown.
 */
export async function runCommand(run: () => Promise<void>, usage: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isCall = error instanceof UsageError || error instanceof ConfigurationError;
    const isService = SERVICE_FAILED.some((kind) => error instanceof kind);
    if (!(error instanceof Error) || (!isCall && !isService)) throw error;
    process.stderr.write(`${inWords(error, usage)}\n`);
    process.exitCode = isCall ? 2 : 1;
  }
}

function inWords(error: Error, usage: string): string {
  if (error instanceof ConfigurationError) return error.problems.join('\n');
  return error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message;
}

/** What was typed, as options. Throws UsageError where one is not known or lacks its value. */
export function readTyped<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

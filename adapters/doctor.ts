import { readTyped, runCommand } from './command.ts';
import { identityOptions, readAskedIdentity } from './credential.ts';
import { CHECKS } from './doctor/checks.ts';
import { examine } from './doctor/examine.ts';
import { subjectOf } from './doctor/subject.ts';
import { inWords, verdictOn } from './doctor/verdict.ts';
import { UsageError } from './errors.ts';

const USAGE =
  'Usage: npm run doctor [-- --site URL] [--sign-in managed-identity|azure-cli|device-code] [--tenant ID] [--client-id ID] [--json]';

/**
 * `npm run doctor [-- --site URL] [--json]`: looks at configuration, credential, grant, lists, people,
 * Teams, storage and clock, to the end, and says what to mend. Exits with 0 where there is nothing to
 * mend, with 1 where there is, and with 2 where it was called wrongly.
 */
await runCommand(doctor, USAGE);

async function doctor(): Promise<void> {
  const { site, json, identity } = readArguments();
  const tell = (message: string): void => void process.stderr.write(`${message}\n`);
  const call = { env: process.env, site, identity, tell };
  const subject = subjectOf(call, { nodeVersion: process.versions.node });
  const verdict = verdictOn(await examine(CHECKS, subject));
  const said = json ? `${JSON.stringify(verdict)}\n` : inWords(verdict);
  // Clients that still wait for a storage account would keep the process.
  process.stdout.write(said, () => process.exit(verdict.problems === 0 ? 0 : 1));
}

function readArguments() {
  const { values } = readTyped({
    options: {
      site: { type: 'string' },
      ...identityOptions,
      json: { type: 'boolean', default: false },
    },
  });
  if (values.site !== undefined && !URL.canParse(values.site)) {
    throw new UsageError(`--site is “${values.site}”, which is no address.`);
  }
  return { site: values.site, json: values.json, identity: readAskedIdentity(values) };
}

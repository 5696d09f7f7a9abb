import { parseArgs } from 'node:util';
import { credentialFor } from './compose.ts';
import { ConfigurationError, readConfiguration } from './config.ts';
import { NetworkFailed, ServiceRefused } from './errors.ts';
import { BOT_LISTS } from './sharepoint/bot-lists.ts';
import { createGraph } from './sharepoint/graph.ts';
import { provisionList, type Provisioned } from './sharepoint/provision-lists.ts';
import { openSite } from './sharepoint/site.ts';

/** `npm run provision -- --site URL [--dry-run]`: makes the bot's own lists, and touches no others. */
try {
  await provision();
} catch (error) {
  const told =
    error instanceof ConfigurationError ||
    error instanceof ServiceRefused ||
    error instanceof NetworkFailed;
  if (!told) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function provision(): Promise<void> {
  const { values } = parseArgs({
    options: { site: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const config = readConfiguration({
    ...process.env,
    SHAREPOINT_SITE: values.site ?? process.env['SHAREPOINT_SITE'],
    // Storage is not used here; the configuration asks for it all the same.
    AZURE_STORAGE_CONNECTION_STRING:
      process.env['AZURE_STORAGE_CONNECTION_STRING'] ??
      (process.env['AZURE_STORAGE_ACCOUNT_URL'] ? undefined : 'UseDevelopmentStorage=true'),
  });
  const site = openSite(
    createGraph(config.graph.baseUrl, { credential: credentialFor(config) }),
    config.site,
  );
  for (const list of BOT_LISTS) {
    const done = await provisionList(site, list, values['dry-run']);
    process.stdout.write(`${list.displayName}: ${inWords(done, values['dry-run'])}\n`);
  }
}

function inWords(done: Provisioned, dry: boolean): string {
  if (done.kind === 'there already') return 'there already';
  const rows = done.rows > 0 ? ` with ${done.rows} rows` : '';
  return `${dry ? 'would be made' : done.kind}${rows}`;
}

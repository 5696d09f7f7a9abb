import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { fillBotLists } from './demo/fill-bot-lists.ts';
import { install, listen, writePlaygroundFile } from './playground.ts';
import { PortProblem, readPorts, takenPorts, type Ports } from './ports.ts';
import {
  failed,
  PartFailed,
  runPart,
  startPart,
  stopAll,
  untilHealthy,
  type Running,
} from './processes.ts';
import { CHANNEL, ROLES, type Role } from './roles.ts';
import { loopbackToken } from './sharepoint/callers.ts';

/** Monday morning of a week in which a return is three working days late. Illustrative. */
const FIRST_MOMENT = '2026-11-23T09:00:00.000Z';
/** A busy machine takes long to start a part. */
const PATIENCE_MS = 60_000;
const SITE = 'https://council.example/sites/stls';
const SITE_PATH = 'council.example:/sites/stls';
/** Azurite's account and key are public: learn.microsoft.com, use the Azurite emulator. */
const ACCOUNT = 'devstoreaccount1';
const KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
const folder = resolve(process.env['LOCAL_FOLDER'] ?? join(root, '.local'));
const clockFile = join(folder, 'clock.json');
/** Where Node.js keeps what it compiled, for the next start. */
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/node');
const parts: Running[] = [];
const listeners: WebSocket[] = [];
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(0));
}

try {
  await start();
} catch (error) {
  if (!stopping) {
    const isKnown = error instanceof PartFailed || error instanceof PortProblem;
    process.stderr.write(`${isKnown ? error.message : inspect(error)}\n`);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const ports = readPorts();
  const taken = await takenPorts(ports);
  if (taken.length > 0) throw new PortProblem(taken.join('\n'));
  if (values.fresh) forget();
  mkdirSync(folder, { recursive: true });
  if (!existsSync(clockFile)) writeFileSync(clockFile, JSON.stringify({ now: FIRST_MOMENT }));

  const graphUrl = await startSharePoint(ports);
  const storage = await startAzurite(ports);
  const botUrl = await startBot(ports, graphUrl, storage);
  await Promise.all(
    ROLES.map((role, i) => startPlayground(role, ports.playgrounds[i]?.port ?? 0, botUrl)),
  );
  await untilReady(botUrl);
  printTable(ports, graphUrl);
  for (const part of parts)
    void part.ended.then((code) => (stopping ? undefined : partEnded(part, code)));
}

/** Takes away what the demo keeps, and nothing else that may lie in the folder. */
function forget(): void {
  const database = ['', '-wal', '-shm'].map((end) => `sharepoint.db${end}`);
  for (const name of [...database, 'azurite', 'clock.json', 'bot.env', 'logs']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function startSharePoint(ports: Ports): Promise<string> {
  const url = `http://127.0.0.1:${ports.sharepoint.port}`;
  const emulator = begin('SharePoint emulator', [join(root, 'infra/local/sharepoint/main.ts')], {
    SHAREPOINT_PORT: String(ports.sharepoint.port),
    LOCAL_FOLDER: folder,
    CLOCK_FILE: clockFile,
  });
  await untilHealthy(emulator, url, PATIENCE_MS);
  await runPart({
    name: 'Making the bot’s lists',
    args: [join(root, 'adapters/provision.ts'), '--site', SITE],
    env: { GRAPH_BASE_URL: url },
    logFile: logFile('provision'),
  });
  await fillBotLists(url, SITE_PATH, loopbackToken);
  say(`SharePoint emulator   ${url}  (the lists, to look at and edit)`);
  return url;
}

async function startAzurite({ blob, queue, table }: Ports): Promise<string> {
  const azurite = begin('Azurite', [
    binaryOf('azurite', 'azurite'),
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
    '--location',
    join(folder, 'azurite'),
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    String(blob.port),
    '--queueHost',
    '127.0.0.1',
    '--queuePort',
    String(queue.port),
    '--tableHost',
    '127.0.0.1',
    '--tablePort',
    String(table.port),
  ]);
  const tableUrl = `http://127.0.0.1:${table.port}/${ACCOUNT}`;
  await untilHealthy(azurite, tableUrl, PATIENCE_MS);
  say(`Azurite               ${tableUrl}  (Azure Storage)`);
  return `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};TableEndpoint=${tableUrl};QueueEndpoint=http://127.0.0.1:${queue.port}/${ACCOUNT};BlobEndpoint=http://127.0.0.1:${blob.port}/${ACCOUNT};`;
}

async function startBot({ bot }: Ports, graphUrl: string, storage: string): Promise<string> {
  const url = `http://127.0.0.1:${bot.port}`;
  const environment = {
    PORT: String(bot.port),
    GRAPH_BASE_URL: graphUrl,
    SHAREPOINT_SITE: SITE,
    AZURE_STORAGE_CONNECTION_STRING: storage,
    CLOCK_FILE: clockFile,
    PUBLIC_URL: url,
    // Days pass in seconds here, and the emulator allows what SharePoint would not.
    GRAPH_UNITS_PER_MINUTE: '100000',
  };
  writeEnvironmentFile(environment);
  const running = begin('Bot', [join(root, 'adapters/serve.ts')], {
    ...environment,
    HOST: '127.0.0.1',
    BOT_ID: '',
    AZURE_STORAGE_ACCOUNT_URL: '',
    POLL_SECONDS: process.env['POLL_SECONDS'] ?? '3',
  });
  await untilHealthy(running, `${url}/healthz`, PATIENCE_MS);
  say(`Bot                   ${url}/healthz`);
  return url;
}

/** Lets `npm run sweep` in another terminal speak to this demo. */
function writeEnvironmentFile(environment: Record<string, string>): void {
  const lines = Object.entries(environment).map(([name, value]) => `${name}="${value}"`);
  writeFileSync(join(folder, 'bot.env'), `${lines.join('\n')}\n`);
}

async function startPlayground(role: Role, port: number, botUrl: string): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const running = begin(
    `Playground (${role.who})`,
    [
      binaryOf('@microsoft/m365agentsplayground', 'agentsplayground'),
      '-e',
      `${botUrl}/api/messages`,
      '-c',
      'msteams',
      '-p',
      String(port),
      '--dt',
    ],
    {
      TEAMSAPPTESTER_BROWSER: 'none',
      BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: writePlaygroundFile(folder, role),
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile(`playground-${role.key}-traffic`),
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      APPLICATION_INSIGHTS_NO_DIAGNOSTIC_CHANNEL: '1',
    },
    `playground-${role.key}`,
  );
  await untilHealthy(running, url, PATIENCE_MS);
  listeners.push(await listen(url));
  await install(url, role.personalChat);
  if (role.key === 'commissioner') await install(url, CHANNEL.id);
  say(`Playground            ${url}  (${role.who})`);
}

/** Waits for the health check, and for a first look at the lists with everyone there. */
async function untilReady(botUrl: string): Promise<void> {
  const bot = parts.find((part) => part.name === 'Bot');
  if (!bot) return;
  await untilHealthy(bot, `${botUrl}/healthz`, PATIENCE_MS);
  const answer = await fetch(`${botUrl}/local/sweep`, { method: 'POST' });
  if (!answer.ok)
    throw new PartFailed(
      `The bot could not look at the lists (${answer.status}). See ${bot.logFile}.`,
    );
}

function begin(
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
  log = name.toLowerCase().replaceAll(' ', '-'),
): Running {
  const running = startPart({ name, args, env, logFile: logFile(log) });
  parts.push(running);
  return running;
}

function logFile(name: string): string {
  return join(folder, 'logs', `${name}.log`);
}

/** The script behind a package's command. */
function binaryOf(packageName: string, command: string): string {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = require(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), bin[command] ?? '');
}

function printTable(ports: Ports, graphUrl: string): void {
  const rows = ROLES.map((role, i) => [
    role.who,
    `http://127.0.0.1:${ports.playgrounds[i]?.port}`,
    role.tryFirst,
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`;
  say('');
  say(line(['Who', 'Open', 'Try first']));
  for (const row of rows) say(line(row));
  say('');
  say(`  The clock stands still. Move it: npm run clock -- +1d`);
  say(`  The lists: ${graphUrl}    Everything here is fictional. Ctrl-C stops it all.`);
}

async function partEnded(part: Running, code: number | null): Promise<void> {
  process.stderr.write(`${failed(part, code).message}\n`);
  await stop(1);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (code === 0) say('\nStopping.');
  for (const listener of listeners) listener.close();
  await stopAll(parts);
  process.exit(code);
}

import { z } from 'zod';
import { commandGraph } from './command-graph.ts';
import { readTyped, runCommand } from './command.ts';
import { readPlace } from './config-parts.ts';
import {
  AZURE_CLI_LIMIT,
  chooseIdentity,
  commandCredential,
  DESK_PERMISSION,
  identityOptions,
  readAskedIdentity,
  signInRemedy,
  type Identity,
} from './credential.ts';
import { NetworkFailed, reasonOf, ServiceRefused, UnexpectedAnswer, UsageError } from './errors.ts';
import { COUNCIL_LISTS } from './sharepoint/council-lists.ts';
import type { Graph } from './sharepoint/graph.ts';
import {
  carryOut,
  grantCommands,
  planLists,
  siteIdAt,
  type ListPlan,
  type Step,
} from './sharepoint/provision-lists.ts';
import { named } from './sharepoint/site-memory.ts';
import { openSite, type Site } from './sharepoint/site.ts';

const USAGE =
  'Usage: npm run provision -- --site https://TENANT.sharepoint.com/sites/NAME [--sign-in managed-identity|azure-cli|device-code] [--tenant ID] [--client-id ID] [--bot-id ID] [--dry-run]';
const NAME_WIDTH = 28;
const ROWS_A_LINE = 20;

type Order = {
  address: URL;
  identity: Identity;
  graph: Graph;
  botId: string;
  dry: boolean;
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * `npm run provision -- --site URL`: prints what is there and what is missing, makes what is missing
 * of the bot's own lists, and prints the command that lets the bot at the site. Touches no other list.
 */
await runCommand(provision, USAGE);

async function provision(): Promise<void> {
  const order = readOrder();
  try {
    await makeLists(order);
  } catch (error) {
    const remedy = remedyFor(error, order);
    if (remedy === undefined) throw error;
    warn(remedy);
    process.exitCode = 1;
  }
}

function readOrder(): Order {
  const { values } = readTyped({
    options: {
      site: { type: 'string' },
      ...identityOptions,
      'bot-id': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const site = values.site ?? process.env['SHAREPOINT_SITE'];
  if (!site || !URL.canParse(site)) {
    throw new UsageError(site ? `--site is “${site}”, which is no address.` : '--site is missing.');
  }
  const place = readPlace({ ...process.env, SHAREPOINT_SITE: site });
  const identity = chooseIdentity(readAskedIdentity(values), place.graph);
  return {
    address: place.site,
    identity,
    graph: commandGraph(place, identity, commandCredential(identity, warn)),
    botId: readBotId(values['bot-id'] ?? process.env['BOT_ID'] ?? ''),
    dry: values['dry-run'],
  };
}

function readBotId(text: string): string {
  if (text === '' || z.guid().safeParse(text).success) return text;
  throw new UsageError(`--bot-id is “${text}”, which is no app id: give BOT_ID as it is.`);
}

async function makeLists({ graph, address, botId, dry }: Order): Promise<void> {
  const siteId = await siteIdAt(graph, address);
  const site = openSite(graph, address);
  const plans = await planLists(site);
  say(`The bot’s lists on ${address.href}\n`);
  for (const plan of plans) tellPlan(plan);
  say(`\n${(await councilLines(site)).join('\n')}\n`);
  if (dry) say('A dry run: nothing was changed.');
  else await make(site, plans);
  tellGrant(siteId, botId);
}

function tellPlan(plan: ListPlan): void {
  say(`  ${plan.list.displayName.padEnd(NAME_WIDTH)}  ${planInWords(plan)}`);
  for (const remark of plan.remarks) say(`  ${''.padEnd(NAME_WIDTH)}  but ${remark}`);
}

function planInWords({ found, columns, rows, finished }: ListPlan): string {
  const parts = [
    ...(columns.length > 0 ? [count(columns.length, 'column')] : []),
    ...(rows.length > 0 ? [count(rows.length, 'row')] : []),
  ].join(' and ');
  if (found === 'nothing') return `to be made, with ${parts}`;
  if (parts !== '') return `${found === 'complete' ? 'there' : 'begun'}: ${parts} to be added`;
  return finished === undefined ? 'there' : 'begun: to be marked as complete';
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

async function councilLines(site: Site): Promise<string[]> {
  const there = await site.lists();
  const absent = COUNCIL_LISTS.filter(({ list }) => !named(list, there));
  return [
    'The council’s own lists are not touched.',
    ...absent.map(
      ({ list }) =>
        `Warning: ${list} is not on this site. The bot reads it and does not make it: check the address of the site and the name of the list.`,
    ),
  ];
}

async function make(site: Site, plans: readonly ListPlan[]): Promise<void> {
  const made = { list: 0, column: 0, row: 0, complete: 0 };
  for (const plan of plans) {
    await carryOut(site, plan, (step) => {
      made[step.kind] += 1;
      tellStep(plan, step);
    });
  }
  const isNothing = Object.values(made).every((n) => n === 0);
  const parts = [count(made.list, 'list'), count(made.column, 'column'), count(made.row, 'row')];
  say(
    isNothing
      ? 'Nothing was missing, and nothing was changed.'
      : `\nDone. Added: ${parts.join(', ')}.`,
  );
}

function tellStep({ list, rows }: ListPlan, step: Step): void {
  const tell = (what: string) => say(`  ${list.displayName}: ${what}`);
  if (step.kind === 'list') return tell('made');
  if (step.kind === 'column') return tell(`column ${step.name} added`);
  if (step.kind !== 'row') return tell('complete');
  tellRow(list.displayName, step.nth, rows.length);
}

function tellRow(list: string, nth: number, of: number): void {
  const isLast = nth === of;
  if (process.stdout.isTTY) {
    process.stdout.write(`\r  ${list}: row ${nth} of ${of}`);
    return isLast ? say('') : undefined;
  }
  if (isLast || nth % ROWS_A_LINE === 0) say(`  ${list}: row ${nth} of ${of}`);
}

function tellGrant(siteId: string, botId: string): void {
  say(`
To let the bot at this site, and at no other, somebody who is a SharePoint administrator and an owner
of the site runs this in PowerShell, once:

${grantCommands(siteId, botId)
  .map((line) => `  ${line}`)
  .join('\n')}`);
  if (botId === '') {
    say('\nPut the bot’s app id in the place of <BOT_ID>; --bot-id ID fills it in.');
  }
}

/** What failed and what to do about it, in one sentence; undefined for a fault of this program. */
function remedyFor(error: unknown, { identity, address }: Order): string | undefined {
  if (error instanceof NetworkFailed) {
    return `${error.message}. Check the connection and run this again: it goes on where it stopped.`;
  }
  if (error instanceof UnexpectedAnswer)
    return `${error.message}. Run this again in a few minutes.`;
  if (!(error instanceof ServiceRefused)) return undefined;
  if (error.code === 'signInFailed') {
    return `Signing in failed: ${sentenceOf(error.cause)} ${signInRemedy(identity)}`;
  }
  switch (error.status) {
    case 401:
      return `Microsoft Graph did not accept the sign-in (401): the tenant must be the one of ${address.hostname}. ${signInRemedy(identity)}`;
    case 403:
      return `Microsoft Graph refused (403): ${forbidden(identity)}.`;
    case 404:
      return `There is no site at ${address.href} (404): copy its address up to the name of the site, as in https://TENANT.sharepoint.com/sites/NAME.`;
    default:
      return `${error.message}. Run this again in a few minutes: it goes on where it stopped.`;
  }
}

/** The first line of what the sign-in said, as a sentence: the others are addresses and numbers. */
function sentenceOf(error: unknown): string {
  const [line = ''] = reasonOf(error).split('\n');
  return `${line.trim().replace(/\.$/, '')}.`;
}

function forbidden({ signIn }: Identity): string {
  switch (signIn) {
    case 'device-code':
      return `sign in as an owner of the site, and have an administrator consent to ${DESK_PERMISSION} for Microsoft Graph Command Line Tools`;
    case 'azure-cli':
      return AZURE_CLI_LIMIT;
    case 'managed-identity':
      return 'the bot’s identity may fill lists and not make them; run this at a desk, as an owner of the site, with --sign-in device-code';
    case 'none':
      return 'the emulator’s grant is less than “manage”; give the application that role';
  }
}

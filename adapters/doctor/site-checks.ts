import { AZURE_CLI_LIMIT, DESK_PERMISSION, isAtADesk } from '../credential.ts';
import { ServiceRefused } from '../errors.ts';
import { BOT_LISTS, SETTINGS, type BotList } from '../sharepoint/bot-lists.ts';
import { COUNCIL_LISTS } from '../sharepoint/council-lists.ts';
import { grantCommands, isBeingSetUp, wrongColumns } from '../sharepoint/provision-lists.ts';
import { named } from '../sharepoint/site-memory.ts';
import type { ListItem } from '../sharepoint/site.ts';
import type { Check } from './examine.ts';
import { listed, NotChecked, ok, orFine, problem, type Diagnosis } from './diagnosis.ts';
import { AS_A_PERSON } from './signing-in.ts';
import type { Subject } from './subject.ts';

/** The site, what the bot may do there, and its lists and columns. */
export const SITE_CHECKS: readonly Check<Subject>[] = [
  { id: 'site', needs: ['credential'], look: siteDiagnoses },
  { id: 'council-lists', needs: ['site'], look: councilDiagnoses },
  { id: 'bot-lists', needs: ['site'], look: botListDiagnoses },
  { id: 'set-up', needs: ['site'], look: setUpDiagnoses },
  { id: 'bot-columns', needs: ['site'], look: columnDiagnoses },
  { id: 'grant', needs: ['site'], look: grantDiagnoses },
];

async function siteDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const { href } = subject.place().site;
  try {
    await subject.siteId();
    await subject.lists();
    return [ok(href)];
  } catch (error) {
    const refused =
      error instanceof ServiceRefused ? siteRefused(error.status, subject) : undefined;
    if (!refused) throw error;
    return [problem(`${href}: ${refused.what}`, refused.remedy)];
  }
}

function siteRefused(status: number, subject: Subject) {
  switch (status) {
    case 401:
      return {
        what: 'Microsoft Graph did not accept the sign-in (401)',
        remedy: 'Check that the site is in the tenant that was signed in to.',
      };
    case 403:
      return { what: 'Microsoft Graph refuses it (403)', remedy: forbiddenRemedy(subject) };
    case 404:
      return {
        what: 'there is no such site (404)',
        remedy:
          'Set SHAREPOINT_SITE to the address of the site, up to its name: https://TENANT.sharepoint.com/sites/NAME.',
      };
    default:
      return undefined;
  }
}

function forbiddenRemedy({ identity, env }: Subject): string {
  if (identity().signIn === 'azure-cli') return `Know that ${AZURE_CLI_LIMIT}.`;
  if (isAtADesk(identity())) {
    return `Sign in as somebody who reaches the site, and have an administrator consent to ${DESK_PERMISSION}.`;
  }
  return `Grant the bot the site: ${grantOf('<SITE_ID>', env['BOT_ID'])}`;
}

const grantOf = (siteId: string, botId = ''): string => grantCommands(siteId, botId).join('; ');

async function councilDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const there = await subject.lists();
  const absent = COUNCIL_LISTS.filter(({ list }) => !named(list, there));
  return orFine(
    absent.map(({ list }) =>
      problem(
        `${list} is not on the site, so its returns cannot be checked`,
        `Give the council’s list its name “${list}” back, or check that SHAREPOINT_SITE is the right site.`,
      ),
    ),
    `all ${COUNCIL_LISTS.length} are there`,
  );
}

/** The command that makes what is missing. */
const provisioning = ({ place, identity }: Subject): string =>
  `npm run provision -- --site ${place().site.href}${identity().signIn === 'none' ? '' : ' --sign-in device-code'}`;

async function presentLists(subject: Subject): Promise<BotList[]> {
  const there = await subject.lists();
  return BOT_LISTS.filter(({ displayName }) => named(displayName, there));
}

/** The lists that can be looked at; which are not there has been told already. */
async function someLists(subject: Subject): Promise<BotList[]> {
  const present = await presentLists(subject);
  if (present.length === 0) throw new NotChecked('waits for “bot-lists”, above');
  return present;
}

async function botListDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const present = await presentLists(subject);
  const absent = BOT_LISTS.filter((list) => !present.includes(list));
  const names = listed(absent.map(({ displayName }) => displayName));
  return absent.length === 0
    ? [ok(`all ${BOT_LISTS.length} are there`)]
    : [problem(`not on the site: ${names}`, `Make them: ${provisioning(subject)}`)];
}

async function setUpDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const there = await subject.lists();
  const begun = (await someLists(subject)).filter(({ displayName }) => {
    const info = named(displayName, there);
    return info && isBeingSetUp(info);
  });
  const names = listed(begun.map(({ displayName }) => displayName));
  return begun.length === 0
    ? [ok('every list has its first rows')]
    : [
        problem(
          `making the first rows was interrupted: ${names}`,
          `Let it go on where it stopped: ${provisioning(subject)}`,
        ),
      ];
}

async function columnDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  const problems: Diagnosis[] = [];
  for (const list of await someLists(subject)) {
    const columns = await subject.site().columns(list.displayName);
    const gone = list.columns.filter(({ name }) => !columns.has(name)).map(({ name }) => name);
    if (gone.length > 0) {
      problems.push(
        problem(
          `${list.displayName} has no column ${listed(gone)}`,
          `Add what is missing: ${provisioning(subject)}`,
        ),
      );
    }
    for (const wrong of wrongColumns(list, columns)) {
      problems.push(
        problem(
          `${list.displayName}: ${wrong}`,
          `Change its type back in the list’s settings; or delete it, and run: ${provisioning(subject)}`,
        ),
      );
    }
  }
  return orFine(problems, 'every column is there and holds what it should');
}

const NO_VERSION = '"00000000-0000-0000-0000-000000000000,0"';
const CHANGED = 412;
const FORBIDDEN = 403;

/**
 * Asks to change a row that has a version that no row has: whoever may write is told that it does
 * not (412), anybody else that they may not (403). The row's own title is sent, so nothing changes.
 */
async function grantDiagnoses(subject: Subject): Promise<Diagnosis[]> {
  if (isAtADesk(subject.identity()) || (await subject.claims())?.scp !== undefined) {
    throw new NotChecked(AS_A_PERSON);
  }
  const { list, row } = await anyRow(subject);
  const path = `${await subject.site().pathOf(list)}/items/${row.id}/fields`;
  try {
    await subject.graph().patch(path, { Title: row.fields['Title'] ?? '' }, NO_VERSION);
  } catch (error) {
    const status = error instanceof ServiceRefused ? error.status : undefined;
    if (status === FORBIDDEN) return [readOnly(await subject.siteId(), subject)];
    if (status !== CHANGED) throw error;
  }
  return [ok('the bot may write to the lists')];
}

const readOnly = (siteId: string, { env }: Subject): Diagnosis =>
  problem(
    'the bot may read the site and not write to it, so no return can be filed',
    `Give it write: ${grantOf(siteId, env['BOT_ID'])}`,
  );

/** A row of the settings, or of another list of the bot's. */
async function anyRow(subject: Subject): Promise<{ list: string; row: ListItem }> {
  const names = (await presentLists(subject)).map(({ displayName }) => displayName);
  const inOrder = [...names.filter((name) => name === SETTINGS), ...names];
  for (const list of inOrder) {
    const [row] = await subject.site().items(list);
    if (row) return { list, row };
  }
  throw new NotChecked('the bot’s lists hold no row to try it on');
}

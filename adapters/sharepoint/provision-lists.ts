import { holds, type Columns, type ColumnType } from '../../bot/returns/column.ts';
import { BOT_LISTS, type BotColumn, type BotList, type Row } from './bot-lists.ts';
import type { Graph } from './graph.ts';
import { findSite, named, type ListInfo } from './site-memory.ts';
import type { Site } from './site.ts';

/** Ends the description of a list until its first rows are all there: later ones are the commissioners'. */
const MARK = ' (being set up)';

/** Whether the first rows of a list may still be missing. */
export const isBeingSetUp = ({ description }: ListInfo): boolean =>
  description.trimEnd().endsWith(MARK.trim());

/** What there is of a list of the bot's, and what is still to be made. */
export type ListPlan = {
  list: BotList;
  found: 'nothing' | 'being set up' | 'complete';
  columns: readonly BotColumn[];
  rows: readonly Row[];
  /** The description of the finished list, where the mark is still to be taken off. */
  finished: string | undefined;
  /** What is not as it was made, and stays as it is. */
  remarks: readonly string[];
};

/** Something that was just made. */
export type Step =
  { kind: 'list' | 'complete' } | { kind: 'column'; name: string } | { kind: 'row'; nth: number };

/** Reads what is there and says what is missing. Changes nothing. */
export async function planLists(
  site: Site,
  lists: readonly BotList[] = BOT_LISTS,
): Promise<ListPlan[]> {
  const there = await site.lists();
  const plans: ListPlan[] = [];
  for (const list of lists) {
    const info = named(list.displayName, there);
    plans.push(info ? await planOf(site, list, info) : planOfNew(list));
  }
  return plans;
}

const planOfNew = (list: BotList): ListPlan => ({
  list,
  found: 'nothing',
  columns: list.columns,
  rows: list.starter,
  finished: list.starter.length > 0 ? list.description : undefined,
  remarks: [],
});

async function planOf(site: Site, list: BotList, info: ListInfo): Promise<ListPlan> {
  const columns = await site.columns(list.displayName);
  const titles = list.starter.length > 0 ? await titlesIn(site, list) : undefined;
  const unfinished = isBeingSetUp(info);
  const emptied = titles?.size === 0 && !unfinished;
  return {
    list,
    found: unfinished ? 'being set up' : 'complete',
    columns: list.columns.filter(({ name }) => !columns.has(name)),
    rows: unfinished ? list.starter.filter((row) => !titles?.has(String(row['Title']))) : [],
    finished: unfinished
      ? info.description.trimEnd().slice(0, -MARK.trim().length).trimEnd()
      : undefined,
    remarks: [
      ...wrongColumns(list, columns),
      ...(emptied
        ? [
            'it has no rows, and stays empty: they were deleted. To have the first rows again, delete the list and run this again',
          ]
        : []),
    ],
  };
}

async function titlesIn(site: Site, { displayName }: BotList): Promise<Set<unknown>> {
  return new Set((await site.items(displayName)).map(({ fields }) => fields['Title']));
}

/** Columns that hold something else than they were made for. */
export const wrongColumns = (list: BotList, columns: Columns): string[] =>
  list.columns.flatMap(({ name, type }) => {
    const column = columns.get(name);
    return !column || column.type === HELD_AS[type]
      ? []
      : [`its column ${name} holds ${holds(column.type)} and not ${holds(HELD_AS[type])}`];
  });

const HELD_AS: Record<BotColumn['type'], ColumnType> = {
  text: 'text',
  note: 'text',
  number: 'number',
  choice: 'choice',
  day: 'date',
  instant: 'date',
  boolean: 'yes or no',
};

/** Makes what a plan says is missing. Cut off anywhere, the next plan says what is left. */
export async function carryOut(
  site: Site,
  { list, found, columns, rows, finished }: ListPlan,
  onStep: (step: Step) => void = () => {},
): Promise<void> {
  const { displayName } = list;
  if (found === 'nothing') {
    await site.createList(definitionOf(list));
    onStep({ kind: 'list' });
  }
  for (const column of found === 'nothing' ? await leftOut(site, list) : columns) {
    await site.addColumn(displayName, columnDefinition(column));
    onStep({ kind: 'column', name: column.name });
  }
  for (const [i, row] of rows.entries()) {
    await site.create(displayName, row);
    onStep({ kind: 'row', nth: i + 1 });
  }
  if (finished === undefined) return;
  await site.describe(displayName, finished);
  onStep({ kind: 'complete' });
}

/** Columns that did not come with a new list: the making of it may have broken off. */
async function leftOut(site: Site, { displayName, columns }: BotList): Promise<BotColumn[]> {
  const there = await site.columns(displayName);
  return columns.filter(({ name }) => !there.has(name));
}

/** Makes all that is missing of the bot's lists. */
export async function provisionLists(
  site: Site,
  lists: readonly BotList[] = BOT_LISTS,
): Promise<void> {
  for (const plan of await planLists(site, lists)) await carryOut(site, plan);
}

/** The id of the site at an address, as the grant wants it. */
export const siteIdAt = async (graph: Graph, address: URL): Promise<string> =>
  (await findSite(graph, address)).slice('/sites/'.length);

/** The PowerShell commands that let the bot write to one site (learn.microsoft.com: New-MgSitePermission). */
export const grantCommands = (siteId: string, botId: string): readonly [string, string] => [
  'Connect-MgGraph -Scopes Sites.FullControl.All',
  `New-MgSitePermission -SiteId '${siteId}' -BodyParameter @{ roles = @('write'); grantedToIdentities = @(@{ application = @{ id = '${botId || '<BOT_ID>'}'; displayName = 'STLS returns' } }) }`,
];

const definitionOf = ({ displayName, description, columns, starter }: BotList) => ({
  displayName,
  description: starter.length > 0 ? `${description}${MARK}` : description,
  columns: columns.map(columnDefinition),
});

/** A columnDefinition (learn.microsoft.com/graph/api/resources/columndefinition). */
function columnDefinition({ type, choices, unique, ...column }: BotColumn) {
  const { name, displayName, description, indexed = false } = column;
  const asUnique = unique ? { enforceUniqueValues: true } : {};
  const base = { name, displayName, description, indexed, ...asUnique };
  switch (type) {
    case 'text':
      return { ...base, text: {} };
    case 'note':
      return { ...base, text: { allowMultipleLines: true } };
    case 'number':
      return { ...base, number: {} };
    case 'boolean':
      return { ...base, boolean: {} };
    case 'day':
      return { ...base, dateTime: { format: 'dateOnly' } };
    case 'instant':
      return { ...base, dateTime: { format: 'dateTime' } };
    case 'choice':
      return { ...base, choice: { choices: choices ?? [], allowTextEntry: false } };
  }
}

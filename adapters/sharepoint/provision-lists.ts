import type { BotColumn, BotList } from './bot-lists.ts';
import type { Site } from './site.ts';

export type Provisioned = { kind: 'there already' } | { kind: 'made' | 'filled'; rows: number };

/** Makes a list of the bot's if it is missing, and gives an empty one its first rows. */
export async function provisionList(site: Site, list: BotList, dry: boolean): Promise<Provisioned> {
  const missing = !(await site.has(list.displayName));
  if (!missing && (list.starter.length === 0 || (await site.items(list.displayName)).length > 0)) {
    return { kind: 'there already' };
  }
  if (!dry) {
    if (missing) await site.createList(definitionOf(list));
    for (const row of list.starter) await site.create(list.displayName, row);
  }
  return { kind: missing ? 'made' : 'filled', rows: list.starter.length };
}

const definitionOf = ({ displayName, description, columns }: BotList) => ({
  displayName,
  description,
  columns: columns.map(columnDefinition),
});

/** A columnDefinition (learn.microsoft.com/graph/api/resources/columndefinition). */
function columnDefinition({ name, displayName, description, type, choices, indexed }: BotColumn) {
  const base = { name, displayName, description, indexed: indexed ?? false };
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

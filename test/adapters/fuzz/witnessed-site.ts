import type { Fields, ListItem, Site } from '../../../adapters/sharepoint/site.ts';

/** Told of each item that is about to be made or changed. */
export type OnItem = (list: string, before: ListItem | undefined, fields: Fields) => void;

/**
 * The site, where nobody writes but the bot: what was read stays as it is until something is written
 * through it, so that ten thousand turns do not read the same lists ten thousand times. Only the items
 * that `holds` knows are there.
 */
export function witnessedSite(
  site: Site,
  holds: (list: string, item: ListItem) => boolean,
  onItem: OnItem,
): Site {
  const reads = new Map<string, Promise<unknown>>();
  const once = <T>(what: string, list: string, read: () => Promise<T>): Promise<T> => {
    const key = `${what}|${list}`;
    const known = reads.get(key) ?? read();
    reads.set(key, known);
    return known as Promise<T>;
  };
  const forget = (list: string) => {
    for (const what of ['items', 'read']) reads.delete(`${what}|${list}`);
  };
  const held = (list: string, items: readonly ListItem[]) =>
    items.filter((one) => holds(list, one));
  const witnessed: Site = {
    ...site,
    lists: () => once('lists', '', () => site.lists()),
    items: (list) => once('items', list, async () => held(list, await site.items(list))),
    columns: (list) => once('columns', list, () => site.columns(list)),
    read: (list) =>
      once('read', list, async () => {
        const { items, columns } = await site.read(list);
        return { items: held(list, items), columns };
      }),
    create: async (list, fields, isIt) => {
      onItem(list, undefined, fields);
      const made = await site.create(list, fields, isIt);
      forget(list);
      return made;
    },
    update: async (list, id, fields, etag) => {
      onItem(
        list,
        (await witnessed.items(list)).find((item) => item.id === id),
        fields,
      );
      await site.update(list, id, fields, etag).finally(() => forget(list));
    },
    within: () => witnessed,
    keep: () => Promise.resolve(),
  };
  return witnessed;
}

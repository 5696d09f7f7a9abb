import { botRows } from './bot-rows.ts';

type Page = { value: { id: string; displayName: string }[] };

/**
 * Puts the fictional rows into the bot's own lists, as a commissioner would: through the site.
 * A list that already has rows besides the starter's is left alone.
 */
export async function fillBotLists(graphUrl: string, site: string, token: string): Promise<void> {
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${graphUrl}/v1.0${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  const { id } = (await ask(`/sites/${site}`)) as { id: string };
  const lists = (await ask(`/sites/${id}/lists?$top=100`)) as Page;
  for (const [name, rows] of Object.entries(botRows)) {
    const list = lists.value.find((one) => one.displayName === name);
    if (!list) throw new Error(`the site has no list “${name}”`);
    const items = (await ask(`/sites/${id}/lists/${list.id}/items?$top=1`)) as Page;
    if (items.value.length > 0) continue;
    for (const fields of rows) await ask(`/sites/${id}/lists/${list.id}/items`, { fields });
  }
}

import { expect, test } from 'vitest';
import type { SeedColumn, SeedItem } from '../../../infra/local/sharepoint/seed.ts';
import { session } from './graph-session.ts';
import { seedReturn } from './small-site.ts';

const count = 20_000;
const columns = Array.from({ length: 30 }, (_, index): SeedColumn => ({
  name: `C${index}`,
  displayName: `Measure ${index}`,
  type: 'number',
  indexed: index < 3,
}));

function* items(): Generator<SeedItem> {
  for (let index = 0; index < count; index += 1) {
    const cells = columns.map(({ name }, place) => [name, (index * 7 + place) % 1000]);
    yield seedReturn({ Title: `Return ${index + 1}`, ...Object.fromEntries(cells) });
  }
}

test('a list of 20,000 items gives every one of them, page by page', async () => {
  const seed = {
    hostname: 'council.example',
    path: 'sites/stls',
    displayName: 'Large',
    lists: [{ displayName: 'Long', description: '', columns, items: items() }],
  };
  const graph = await session({ seed });

  let pages = 0;
  const seen = new Set<string>();
  let next: string | undefined = graph.list('Long', '/items/delta?$expand=fields&$top=1000');
  while (next !== undefined) {
    const answer = await graph.raw('GET', next);
    const page = (await answer.json()) as { value: { id: string }[]; '@odata.nextLink'?: string };
    pages += 1;
    for (const { id } of page.value) seen.add(id);
    next = page['@odata.nextLink'];
  }
  expect(seen.size).toBe(count);
  expect(pages).toBe(count / 1000);

  const page = await graph.page(graph.list('Long', '/items?$top=6000'));
  expect(page.value).toHaveLength(5000);
  const filter = encodeURIComponent('fields/C0 eq 7');
  const found = await graph.everyItem(graph.list('Long', `/items?$filter=${filter}`));
  expect(found).toHaveLength(count / 1000);
}, 120_000);

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, GraphUnderTest } from './graph-under-test.ts';

const fields = z.record(z.string(), z.unknown());
const item = z.object({
  id: z.string(),
  eTag: z.string().optional(),
  fields: fields.optional(),
  deleted: z.object({ state: z.string().nullish() }).nullish(),
});
const page = z.object({
  value: z.array(item),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
const made = z.object({ id: z.string() });

/** An item as Graph gives it. */
export type Item = z.infer<typeof item>;
/** Items page by page, and the link that leads on once all are read. */
export type Read = { items: Item[]; pages: number; deltaLink: string | undefined };

/** Every list that the suite makes begins with this; it touches no other. */
const listPrefix = 'STLS Contract ';

/** The columns of the list under test, as they are asked for. */
export const columns = [
  { name: 'District', choice: { choices: ['Ashford', 'Dover'] }, indexed: true },
  { name: 'Caseload', number: {}, indexed: true },
  { name: 'Reviewed', number: { displayAs: 'percentage' } },
  { name: 'Comments', text: { allowMultipleLines: true } },
  { name: 'Held', dateTime: { format: 'dateOnly' } },
  { name: 'Answered', boolean: {} },
  { name: 'Key', text: {}, indexed: true, enforceUniqueValues: true },
];

/** A list of the suite's own, made for it and taken away after it. */
export class ListUnderTest {
  readonly graph: GraphUnderTest;
  readonly siteId: string;
  readonly id: string;
  readonly title: string;

  constructor(graph: GraphUnderTest, siteId: string, id: string, title: string) {
    this.graph = graph;
    this.siteId = siteId;
    this.id = id;
    this.title = title;
  }

  /** Makes the list on the site. */
  static async make(graph: GraphUnderTest): Promise<ListUnderTest> {
    const site = made.parse((await graph.send('GET', graph.sitePath)).body);
    const displayName = `${listPrefix}${randomUUID()}`;
    const lists = `/sites/${site.id}/lists`;
    const list = { template: 'genericList' };
    try {
      const answer = await graph.send('POST', lists, { displayName, columns, list });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return new ListUnderTest(graph, site.id, made.parse(answer.body).id, displayName);
    } catch (error) {
      // Graph may have made the list and answered badly: nothing is left behind.
      await graph.send('DELETE', `${lists}/${encodeURIComponent(displayName)}`);
      throw error;
    }
  }

  /** Takes the list away, and only a list that the suite has made. */
  async remove(): Promise<void> {
    assert(this.title.startsWith(listPrefix));
    const answer = await this.send('DELETE', '');
    assert.equal(answer.status, 204, `Delete the list '${this.title}' by hand.`);
  }

  /** Sends a request; `rest` follows the list's own address. */
  send(
    method: string,
    rest: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.graph.send(method, this.path(rest), body, headers);
  }

  /** The address of something of the list, below `/v1.0`. */
  path(rest: string): string {
    return `/sites/${this.siteId}/lists/${this.id}${rest}`;
  }

  /** Adds an item. */
  async add(cells: Record<string, unknown>): Promise<Item> {
    const answer = await this.send('POST', '/items', { fields: cells });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return item.parse(answer.body);
  }

  /** An item with its fields. */
  async item(id: string, rest = '?$expand=fields'): Promise<Item> {
    const answer = await this.send('GET', `/items/${id}${rest}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return item.parse(answer.body);
  }

  /** Changes cells of an item. */
  change(
    id: string,
    cells: Record<string, unknown>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.send('PATCH', `/items/${id}/fields`, cells, headers);
  }

  /** Every page from an address or a link on. */
  async read(from: string, headers: Record<string, string> = {}): Promise<Read> {
    const read: Read = { items: [], pages: 0, deltaLink: undefined };
    let next: string | undefined = from.startsWith('http') ? from : this.path(from);
    while (next !== undefined) {
      const answer: Answer = await this.graph.send('GET', next, undefined, headers);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const one = page.parse(answer.body);
      read.items.push(...one.value);
      read.pages += 1;
      read.deltaLink = one['@odata.deltaLink'];
      next = one['@odata.nextLink'];
    }
    return read;
  }
}

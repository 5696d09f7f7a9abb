import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import type { TokenCredential } from '@azure/identity';
import { RestError, type ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import type { Configuration } from '../config.ts';
import { NetworkFailed, reasonOf, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import type { ListCopy } from '../sharepoint/list-copy.ts';
import type { ListItem } from '../sharepoint/list-item.ts';
import type { Snapshots } from '../sharepoint/site-memory.ts';
import { openBlobs } from './account.ts';
import { toldByBlobs } from './told.ts';

const SERVICE = 'Azure Blob Storage';
export const CONTAINER = 'stls-lists';
/** Read by nothing but this file: another number means that the list is read whole again. */
const FORMAT = 1;
const BLOCK_BYTES = 4 * 1024 * 1024;
const BLOCKS_AT_ONCE = 2;
const LONGEST_MS = 60_000;

const head = z.object({
  format: z.literal(FORMAT),
  path: z.string(),
  link: z.string(),
  shape: z.string().optional(),
});
const isCells = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The cells stay the object that was parsed: a copy takes three times the memory. */
const line = z.tuple([
  z.string(),
  z.string(),
  z.coerce.date(),
  z.coerce.date(),
  z.custom<Record<string, unknown>>(isCells),
]);

/**
 * Copies of lists in Azure Blob Storage, one blob a list: gzipped lines of JSON, the delta link first
 * and then an item a line. A blob is replaced whole, so a link and its items always belong together.
 */
export function openSnapshots(
  storage: Configuration['storage'],
  credential?: TokenCredential,
): Snapshots {
  const container = openBlobs(storage, credential).getContainerClient(CONTAINER);
  let made: Promise<unknown> | undefined;
  const ready = async (): Promise<ContainerClient> => {
    made ??= told('making the container', () => container.createIfNotExists());
    await made.catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return container;
  };
  return {
    load: async (path) => {
      const blob = (await ready()).getBlobClient(nameOf(path));
      return told('reading a copy of a list', async () => {
        const abortSignal = AbortSignal.timeout(LONGEST_MS);
        const answer = await blob.download(0, undefined, { abortSignal }).catch(nothingThere);
        return answer?.readableStreamBody && read(answer.readableStreamBody, path);
      });
    },
    save: async (path, copy) => {
      const blob = (await ready()).getBlockBlobClient(nameOf(path));
      const body = through(Readable.from(linesOf(path, copy)), createGzip());
      const abortSignal = AbortSignal.timeout(LONGEST_MS);
      await told('keeping a copy of a list', () =>
        blob.uploadStream(body, BLOCK_BYTES, BLOCKS_AT_ONCE, { abortSignal }),
      );
    },
  };
}

/** `/sites/{id}/lists/{id}`: a list's id is its own in all the world. */
const nameOf = (path: string): string => `${path.split('/').at(-1)}.ndjson.gz`;

function* linesOf(path: string, { link, shape, items }: ListCopy): Generator<string> {
  yield `${JSON.stringify({ format: FORMAT, path, link, shape })}\n`;
  for (const item of items.values()) yield `${JSON.stringify(cellsOf(item))}\n`;
}

const cellsOf = ({ id, etag, createdDateTime, lastModifiedDateTime, fields }: ListItem) => [
  id,
  etag,
  createdDateTime,
  lastModifiedDateTime,
  fields,
];

/** One stream through another; an error in either ends both. */
function through<T extends NodeJS.ReadWriteStream>(from: NodeJS.ReadableStream, into: T): T {
  // Whoever reads `into` hears of the error: it is destroyed with it.
  pipeline(from, into, () => undefined);
  return into;
}

/** The copy, or nothing where it is another list's or was written in another format. */
async function read(body: NodeJS.ReadableStream, path: string): Promise<ListCopy | undefined> {
  const items = new Map<string, ListItem>();
  let first: z.infer<typeof head> | undefined;
  const unzipped = through(body, createGunzip());
  for await (const text of linesIn(unzipped)) {
    if (first === undefined) {
      const known = head.safeParse(JSON.parse(text));
      if (!known.success || known.data.path !== path) return undefined;
      first = known.data;
    } else {
      const [id, etag, createdDateTime, lastModifiedDateTime, fields] = line.parse(
        JSON.parse(text),
      );
      items.set(id, { id, etag, createdDateTime, lastModifiedDateTime, fields });
    }
  }
  if (first === undefined) return undefined;
  const { link, shape } = first;
  return { link, items, ...(shape === undefined ? {} : { shape }) };
}

/** Lines of UTF-8; an early end of reading, or an error, ends the stream too. */
async function* linesIn(bytes: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function nothingThere(error: unknown): undefined {
  if (error instanceof RestError && error.statusCode === 404) return undefined;
  throw error;
}

/** Storage said no, could not be reached, or holds what nobody can read. */
async function told<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await toldByBlobs(doing, request);
  } catch (error) {
    if ([ServiceRefused, NetworkFailed, TypeError].some((kind) => error instanceof kind)) {
      throw error;
    }
    throw new UnexpectedAnswer(SERVICE, doing, reasonOf(error), error);
  }
}

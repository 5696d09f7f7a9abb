import { z } from 'zod';
import { NetworkFailed, ServiceRefused } from '../errors.ts';

/** Runs a request; a status among `expected` gives undefined instead of an error. */
type Told = {
  <T>(
    doing: string,
    request: () => Promise<T>,
    ...expected: [number, ...number[]]
  ): Promise<T | undefined>;
  <T>(doing: string, request: () => Promise<T>): Promise<T>;
};

/** The errors of Azure's clients: each package has a RestError class of its own. */
const restError = z.object({
  name: z.enum(['RestError', 'AbortError']),
  statusCode: z.number().optional(),
  code: z.string().optional(),
});

/** Tells a storage service's refusals (ServiceRefused) from a broken way there (NetworkFailed). */
const toldBy =
  (service: string): Told =>
  async <T>(doing: string, request: () => Promise<T>, ...expected: number[]) => {
    try {
      return await request();
    } catch (error) {
      const read = restError.safeParse(error);
      if (!read.success || !(error instanceof Error)) throw error;
      const { name, statusCode, code } = read.data;
      if (statusCode !== undefined && expected.includes(statusCode)) return undefined as T;
      if (statusCode === undefined) {
        const why = name === 'AbortError' ? 'it took too long' : error;
        throw new NetworkFailed(service, doing, why);
      }
      const said = `${doing}: ${error.message}`;
      throw new ServiceRefused(service, statusCode, code ?? '', said, error);
    }
  };

/** Of Azure Table Storage. */
export const toldByTables = toldBy('Azure Table Storage');
/** Of Azure Queue Storage. */
export const toldByQueues = toldBy('Azure Queue Storage');
/** Of Azure Blob Storage. */
export const toldByBlobs = toldBy('Azure Blob Storage');

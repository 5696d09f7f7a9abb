import { TokenBucket } from 'limiter';

/**
 * What a request costs in resource units (learn.microsoft.com/sharepoint/dev/general-development:
 * how to avoid getting throttled or blocked in SharePoint Online): 1 for a single item or a delta
 * query with a token, 2 for several items or a write, 5 for anything about permissions.
 */
export function unitsOf(method: string, path: string): number {
  const [address = '', query = ''] = path.split('?', 2);
  if (address.includes('/permissions')) return 5;
  if (method !== 'GET') return 2;
  if (address.endsWith('/items/delta')) return query.includes('token=') ? 1 : 2;
  return /\/(items|lists|columns)$/.test(address) ? 2 : 1;
}

/** Units that may be used in a minute, over all requests of this process. */
export type Budget = {
  /** Waits until there are so many; false, at once, when that would take longer than `withinMs`. */
  take(units: number, withinMs: number): Promise<boolean>;
};

const MINUTE_MS = 60_000;

/** A sixth may be used at once, and the rest flows in evenly: so no minute, wherever it begins, sees more. */
export function createBudget(unitsPerMinute: number): Budget {
  const burst = Math.max(5, Math.floor(unitsPerMinute / 6));
  const tokensPerInterval = Math.max(1, unitsPerMinute - burst);
  const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval, interval: MINUTE_MS });
  bucket.content = burst;
  let waiting = 0;
  const waitFor = (units: number): number =>
    bucket.getWaitTime(units) + (waiting * MINUTE_MS) / tokensPerInterval;
  return {
    take: async (units, withinMs) => {
      if (waiting === 0 && bucket.tryRemoveTokens(units)) return true;
      if (waitFor(units) > withinMs) return false;
      waiting += units;
      await bucket.removeTokens(units).finally(() => (waiting -= units));
      return true;
    },
  };
}

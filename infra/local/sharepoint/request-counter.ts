import type { RequestKind } from './request-kinds.ts';

/** A request to be counted; `list` is the display name. */
export type CountedRequest = {
  method: string;
  kind: RequestKind;
  list: string | undefined;
  units: number;
  userAgent: string | undefined;
};

/** What has been asked of Graph since the counters were last set back. */
export type RequestCounts = {
  /** ISO instant by the machine's clock. */
  since: string;
  total: number;
  byMethod: Record<string, number>;
  byKind: Partial<Record<RequestKind, number>>;
  /** By display name, then by kind. */
  byList: Record<string, Partial<Record<RequestKind, number>>>;
  /** Requests that a fault rule answered or spoilt. */
  failedByOrder: number;
  /** Requests answered 429 because `unitsPerMinute` was used up. */
  refusedForBudget: number;
  /** Microsoft's resource units: in total, and in the busiest 60 seconds by the machine's clock. */
  resourceUnits: { total: number; busiestMinute: number };
  /** How often each User-Agent was seen. */
  userAgents: Record<string, number>;
};

const minute = 60_000;

/** Counts requests to Graph. `clock` gives milliseconds that only ever rise. */
export class RequestCounter {
  readonly #clock: () => number;
  #counts = emptyCounts();
  /** The priced requests of the last minute, oldest first. */
  #window: { at: number; units: number }[] = [];
  #inWindow = 0;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Counts one request, failed or not: throttled requests are priced too. */
  count({ method, kind, list, units, userAgent }: CountedRequest): void {
    const counts = this.#counts;
    counts.total += 1;
    addOne(counts.byMethod, method);
    addOne(counts.byKind, kind);
    if (list !== undefined) addOne((counts.byList[list] ??= {}), kind);
    addOne(counts.userAgents, userAgent ?? '(none)');
    this.#price(units);
  }

  /** Notes that the latest request failed by order. */
  noteFailure(): void {
    this.#counts.failedByOrder += 1;
  }

  /** Notes that the latest request was refused for want of units. */
  noteRefusal(): void {
    this.#counts.refusedForBudget += 1;
  }

  /** The whole seconds after which the last minute holds fewer units than this. */
  secondsUntilBelow(units: number): number {
    let left = this.#inWindow;
    const now = this.#clock();
    for (const priced of this.#window) {
      left -= priced.units;
      if (left < units) return Math.max(1, Math.ceil((priced.at + minute - now) / 1000));
    }
    return 1;
  }

  /** The units of the last 60 seconds. */
  unitsInLastMinute(): number {
    this.#forgetOld();
    return this.#inWindow;
  }

  /** A copy of the counts. */
  read(): RequestCounts {
    return structuredClone(this.#counts);
  }

  /** Sets the counts back. What the last minute cost still counts towards the budget. */
  reset(): void {
    this.#counts = emptyCounts();
  }

  #price(units: number): void {
    this.#forgetOld();
    this.#window.push({ at: this.#clock(), units });
    this.#inWindow += units;
    const spent = this.#counts.resourceUnits;
    spent.total += units;
    spent.busiestMinute = Math.max(spent.busiestMinute, this.#inWindow);
  }

  #forgetOld(): void {
    const from = this.#clock() - minute;
    const kept = this.#window.findIndex(({ at }) => at > from);
    const old = this.#window.splice(0, kept === -1 ? this.#window.length : kept);
    for (const { units } of old) this.#inWindow -= units;
  }
}

function emptyCounts(): RequestCounts {
  return {
    since: new Date().toISOString(),
    total: 0,
    byMethod: {},
    byKind: {},
    byList: {},
    failedByOrder: 0,
    refusedForBudget: 0,
    resourceUnits: { total: 0, busiestMinute: 0 },
    userAgents: {},
  };
}

function addOne(counts: Record<string, number | undefined>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

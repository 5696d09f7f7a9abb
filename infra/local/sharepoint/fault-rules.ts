import { z } from 'zod';

/**
 * The ways in which a request can fail by order.
 *
 * - `429 seconds`, `429 date`, `429 bare`, `503 seconds`, `503 bare`: throttled, with Retry-After
 *   in seconds, as an HTTP date, or without it; nothing is done.
 * - `500`; `502` (a page of HTML); `504 before`, `dropped before` (the connection breaks): nothing
 *   is done.
 * - `504 after`, `dropped after`: the request is carried out, then the answer is lost.
 * - `slow body`: carried out; the head of the answer comes at once, its body much later.
 * - `truncated`: carried out; a good answer whose JSON is cut in the middle, with a
 *   Content-Length that agrees with the cut.
 */
export const faultKinds = [
  '429 seconds',
  '429 date',
  '429 bare',
  '503 seconds',
  '503 bare',
  '500',
  '502',
  '504 before',
  '504 after',
  'dropped before',
  'dropped after',
  'slow body',
  'truncated',
] as const;

/** One way in which a request can fail by order. */
export type FaultKind = (typeof faultKinds)[number];

/** A rule as it is ordered, in a test or as JSON. */
export const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  /** Fails each Nth matching request, counted for this rule. */
  every: z.int().min(1).optional(),
  /** Fails this share (0–1) of the matching requests, the same ones for the same `seed`. */
  rate: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  /** Fails at most so many requests. */
  times: z.int().min(0).optional(),
  /** Only requests with this method. */
  method: z.string().min(1).optional(),
  /** Only requests to the list with this display name. */
  list: z.string().min(1).optional(),
  /** Only requests whose address below `/v1.0`, as sent and with its query, contains this. */
  path: z.string().min(1).optional(),
  /** Only requests whose User-Agent contains this. */
  userAgent: z.string().min(1).optional(),
  /** For `429 seconds`, `429 date` and `503 seconds`; 1 unless given. */
  retryAfterSeconds: z.int().min(0).optional(),
  /** For `slow body`: how long the body stalls; ten minutes unless given. */
  stallMilliseconds: z.int().min(0).max(2_147_483_647).optional(),
});
/** Without `every` and `rate`, a rule fails every matching request. */
export type FaultRule = z.input<typeof faultRule>;

/** A request as a rule looks at it; `list` is the display name. */
export type FaultTarget = {
  method: string;
  list: string | undefined;
  path: string;
  userAgent: string | undefined;
};

/** A standing rule with how many requests matched it, and how many of them it failed. */
export type StandingRule = FaultRule & { matched: number; failed: number };

type Standing = { rule: FaultRule; matched: number; failed: number; chance: () => number };

/** The rules by which requests fail. */
export class FaultOrders {
  #standing: Standing[] = [];

  /** Puts these rules in the place of all others; their counts begin at nought. */
  order(rules: readonly FaultRule[]): void {
    this.#standing = z
      .array(faultRule)
      .parse(rules)
      .map((rule) => ({ rule, matched: 0, failed: 0, chance: chanceFrom(rule.seed ?? 1) }));
  }

  /** Takes every rule away. */
  clear(): void {
    this.#standing = [];
  }

  /** The rules that stand, with their counts. */
  standing(): StandingRule[] {
    return this.#standing.map(({ rule, matched, failed }) => ({ ...rule, matched, failed }));
  }

  /** The rule that fails this request. Every matching rule counts it; the first one due takes it. */
  next(target: FaultTarget): FaultRule | undefined {
    const due = this.#standing
      .filter(({ rule }) => isAimedAt(rule, target))
      .filter((standing) => isDue(standing))
      .at(0);
    if (due === undefined) return undefined;
    due.failed += 1;
    return due.rule;
  }
}

function isAimedAt(rule: FaultRule, { method, list, path, userAgent }: FaultTarget): boolean {
  // A batch is answered 200 whatever becomes of its parts, unless a rule asks for it by its path.
  if (path.startsWith('/$batch') && rule.path === undefined) return false;
  return (
    (rule.method === undefined || rule.method.toUpperCase() === method) &&
    (rule.list === undefined || rule.list.toLowerCase() === list?.toLowerCase()) &&
    (rule.path === undefined || path.includes(rule.path)) &&
    (rule.userAgent === undefined || (userAgent ?? '').includes(rule.userAgent))
  );
}

function isDue(standing: Standing): boolean {
  const { every = 1, rate = 1, times = Number.POSITIVE_INFINITY } = standing.rule;
  standing.matched += 1;
  const drawn = standing.chance() < rate;
  return standing.failed < times && standing.matched % every === 0 && drawn;
}

/** Evenly spread numbers from 0 up to 1, the same for the same seed (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { z } from 'zod';
import type { Documents, Held, Tables } from '../storage/tables.ts';
import { CONVERSATION_LIMITS, stillCounting } from './pace.ts';

/** Times are milliseconds since 1970, by the clock of the machine that wrote them. */
const conversation = z.object({
  /** Entra object id, or the name of the channel. */
  who: z.string(),
  /** Whose turn it is to work on it, and until when. */
  claim: z.object({ by: z.string(), until: z.number() }).optional(),
  /** When requests to it were answered, in rising order, as far as a limit still counts them. */
  sends: z.array(z.number()),
  /** The process that added to `sends` last. */
  sentBy: z.string().optional(),
  /** Nothing is to be sent before: Teams asked for it, or an attempt failed. */
  notBefore: z.number().optional(),
  /** How often in a row work on it came to nothing: by a failure of ours, or of others for the moment. */
  setbacks: z.object({ ours: z.number(), others: z.number() }).default({ ours: 0, others: 0 }),
});
/** What the processes agree on about one conversation. */
export type ConversationRecord = z.infer<typeof conversation>;
export type Setbacks = ConversationRecord['setbacks'];
const NO_SETBACKS: Setbacks = { ours: 0, others: 0 };

/** Each in a partition of its own: they are only ever read one by one. */
export const conversationRecords = (tables: Tables): Documents<ConversationRecord> =>
  tables.documents('stlsConversations', conversation, (who) => who);

type ClaimSettings = {
  /** How long a claim lasts that is not renewed, in milliseconds. */
  claimMs: number;
  /** The longest that one request to Teams may take, in milliseconds. */
  requestMs: number;
  /** How far apart the clocks of two processes may be, in milliseconds. */
  skewMs: number;
};

/** How many requests may go unrecorded before the record is written: as many are counted for the dead. */
const MOST_UNRECORDED = 5;

/** Another process has the conversation now. What this one was about to do, the other does. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/** A conversation that this process has to itself. */
export type Claim = {
  readonly who: string;
  /** The times that count towards the limits, in rising order, by this machine's clock. */
  sends(): readonly number[];
  /** Makes sure that after so many milliseconds it still lasts for one request to Teams. Throws ClaimLost. */
  keep(afterMs: number): Promise<void>;
  /** Whether it lasts for one request to Teams that begins now. */
  lasts(): boolean;
  /** Notes that a request was answered just now. */
  sent(): void;
  /** Before this time: how often in a row work on it came to nothing. */
  readonly setbacks: Setbacks;
  /** Lets it go: brought in line, or to be worked on again from `notBefore` on. */
  release(rest?: { notBefore?: number; setbacks: Setbacks }): Promise<void>;
};

/** What came of asking for a conversation; times in milliseconds from now. */
export type Asked =
  | { kind: 'claimed'; claim: Claim }
  /** Another process works on it. */
  | { kind: 'busy'; forMs: number }
  /** It is left in peace for so long. */
  | { kind: 'resting'; forMs: number };

/**
 * Asks for a conversation, for this process alone: compare and swap on its record, with a time at which
 * the claim ends by itself. A request to Teams begins only while the claim lasts longer than that
 * request may take and clocks may differ, so no two processes ever write to one conversation at once.
 *
 * The limits hold across processes: times that another process noted are taken for as late as its clock
 * may have been wrong, and for a process that died, as many requests as it may have left unrecorded are
 * counted at the end of its claim.
 */
export async function claimConversation(
  records: Documents<ConversationRecord>,
  who: string,
  me: string,
  settings: ClaimSettings,
): Promise<Asked> {
  const at = Date.now();
  const held = await records.hold(who);
  const refused = held && refusalOf(held.value, me, at, settings);
  if (refused) return refused;
  const claimed = claimedBy(
    me,
    held?.value ?? { who, sends: [], setbacks: NO_SETBACKS },
    at,
    settings,
  );
  const mine = held ? await records.replace(held, claimed) : await records.insert(who, claimed);
  if (!mine) return { kind: 'busy', forMs: settings.skewMs };
  return { kind: 'claimed', claim: claimOf(records, mine, settings) };
}

function refusalOf(
  { claim, notBefore = 0 }: ConversationRecord,
  me: string,
  at: number,
  { skewMs }: ClaimSettings,
): Asked | undefined {
  // A process asks for one that it does not work on: a claim of its own was left behind.
  const busyMs = claim && claim.by !== me ? claim.until + skewMs - at : 0;
  if (busyMs > 0) return { kind: 'busy', forMs: busyMs };
  return notBefore > at ? { kind: 'resting', forMs: notBefore - at } : undefined;
}

/** The record as `me` takes it over. */
export function claimedBy(
  me: string,
  { who, claim, sends, sentBy, setbacks }: ConversationRecord,
  at: number,
  { claimMs, skewMs }: ClaimSettings,
): ConversationRecord & { claim: { by: string; until: number } } {
  const doubtMs = sentBy === undefined || sentBy === me ? 0 : skewMs;
  const leftBehind = claim ? Array.from({ length: MOST_UNRECORDED }, () => claim.until) : [];
  const counted = [...sends, ...leftBehind].map((time) => Math.min(at, time + doubtMs));
  return {
    who,
    claim: { by: me, until: at + claimMs },
    sends: stillCounting(
      counted.sort((a, b) => a - b),
      CONVERSATION_LIMITS,
      at,
    ),
    sentBy: me,
    setbacks,
  };
}

function claimOf(
  records: Documents<ConversationRecord>,
  first: Held<ConversationRecord>,
  { claimMs, requestMs, skewMs }: ClaimSettings,
): Claim {
  let held = first;
  let sends = [...first.value.sends];
  let unrecorded = 0;
  const write = async (value: ConversationRecord): Promise<void> => {
    const written = await records.replace(held, value);
    if (!written) throw new ClaimLost(`the conversation of ${value.who} was taken over`);
    held = written;
    unrecorded = 0;
  };
  const counting = (): number[] => stillCounting(sends, CONVERSATION_LIMITS, Date.now());
  const left = (): number => (held.value.claim?.until ?? 0) - requestMs - skewMs - Date.now();
  return {
    who: first.value.who,
    sends: () => sends,
    lasts: () => left() > 0,
    keep: async (afterMs) => {
      const { claim } = held.value;
      if (!claim) throw new ClaimLost(`the conversation of ${held.value.who} was let go`);
      if (left() > afterMs && unrecorded < MOST_UNRECORDED) return;
      const until = Date.now() + claimMs;
      await write({ ...held.value, sends: counting(), claim: { by: claim.by, until } });
    },
    sent: () => {
      unrecorded += 1;
      sends = [...sends, Date.now()];
    },
    setbacks: first.value.setbacks,
    release: async (rest = { setbacks: NO_SETBACKS }) => {
      const { claim: _claim, ...record } = held.value;
      await write({ ...record, sends: counting(), ...rest });
    },
  };
}

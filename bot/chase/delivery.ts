import { londonDay } from '../calendar/london.ts';
import type { ReturnKey } from '../returns/return.ts';
import type { ChasedFor, Message, MessageKind } from './message.ts';

/**
 * What became of a message. One that waits, or whose person has no bot installed yet, can still be sent
 * on the London day on which it was decided; after that it is history.
 */
export const DELIVERY_STATUSES = [
  'waiting',
  'sent',
  'withdrawn',
  'no bot installed',
  'blocked',
  'failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Questions that are asked alone, those that a finding is about: the other answers stay as they are. */
export type QuestionsAlone = {
  /** The finding, as a button names it. */
  finding: string;
  /** Measure ids. */
  measures: string[];
};

/** A return whose questions are open on a card: all of them, or those of one finding. */
export type OpenReturn = ReturnKey & { only?: QuestionsAlone | undefined };

/** What was typed beside a finding and was not taken: not sent yet, or refused. */
export type UnsentWords = {
  /** The finding, as a button names it. */
  finding: string;
  cause: string;
  words: string;
  /** Why it is no explanation; empty where it was not sent. */
  refused: string;
};

/** A message in the outbox, and the card that it became: the one record of who was chased for what. */
export type Delivery = {
  /** Unique for the person, the kind and the day (the week, for the summary): decided twice, it is one. */
  id: string;
  kind: MessageKind;
  /** Entra object id; empty for the channel. */
  person: string;
  district?: string | undefined;
  stage?: string | undefined;
  returns: ReturnKey[];
  /** Ids of findings. */
  findings: string[];
  logs: ChasedFor[];
  /** Entra object id of the commissioner who asked for it; absent where a stage was reached. */
  askedBy?: string | undefined;
  decidedAt: Date;
  status: DeliveryStatus;
  /** When it came to this status; absent while nothing was tried. */
  settledAt?: Date | undefined;
  attempts: number;
  /** Why it was not sent, or what Teams said. */
  problem?: string | undefined;
  /** The card's activity in its conversation, while it is there. */
  activityId?: string | undefined;
  /** Digest of the card as last shown, so that it is updated only when something changed. */
  shown?: string | undefined;
  /** The return whose questions are open on the card. */
  open?: OpenReturn | undefined;
  /** Whether the person opened it, rather than the chase. */
  opened: boolean;
  unsent?: UnsentWords[] | undefined;
  /** What was filed from this card last. */
  receipt?: { key: ReturnKey; at: Date; by: string } | undefined;
};

/** What came of handing a card to Teams. */
export type Attempted =
  | { kind: 'posted'; activityId: string }
  | { kind: 'no bot installed' }
  /** The person blocked or removed the bot. */
  | { kind: 'blocked'; reason: string }
  /** The conversation, or the earlier card, is no longer there. */
  | { kind: 'gone'; reason: string }
  /** Teams will never take this card. */
  | { kind: 'refused'; reason: string }
  /** Teams, or the way there, failed for the moment; it is tried again. */
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  /** The bot's own credential was refused: somebody must see to it, and then it is tried again. */
  | { kind: 'not signed'; reason: string; retryAfterMs?: number };

/** A decided message as it waits in the outbox. */
export function deliveryOf(message: Message, at: Date): Delivery {
  const { id, kind, person, district, stage, returns, findings, logs, askedBy } = message;
  const open = kind === 'chase' ? returns[0] : undefined;
  return {
    id,
    kind,
    person: person?.id ?? '',
    ...(district ? { district } : {}),
    ...(stage ? { stage } : {}),
    returns,
    findings,
    logs,
    ...(askedBy ? { askedBy } : {}),
    decidedAt: at,
    status: 'waiting',
    attempts: 0,
    opened: false,
    ...(open ? { open } : {}),
  };
}

/** Whether a message of the same id may take the place of one in the outbox: nobody was sent that one. */
export const givesWay = ({ status }: Delivery): boolean => status === 'withdrawn';

/** Whether a message can still go out: on its own London day only. */
export const isWaiting = ({ status, decidedAt }: Delivery, at: Date): boolean =>
  (status === 'waiting' || status === 'no bot installed') && londonDay(decidedAt) === londonDay(at);

/** A delivery after an attempt to post its card, which is then known by `shown`. */
export function afterAttempt(
  delivery: Delivery,
  attempted: Attempted,
  { at, shown }: { at: Date; shown?: string },
): Delivery {
  const { problem: _problem, ...rest } = delivery;
  const tried = { ...rest, attempts: delivery.attempts + 1, settledAt: at };
  switch (attempted.kind) {
    case 'posted':
      return { ...tried, status: 'sent', activityId: attempted.activityId, shown };
    case 'no bot installed':
      return { ...rest, settledAt: at, status: 'no bot installed' };
    case 'blocked':
    case 'gone':
      return { ...tried, status: 'blocked', problem: attempted.reason };
    case 'refused':
      return { ...tried, status: 'failed', problem: attempted.reason };
    case 'failed':
    case 'not signed':
      return { ...tried, status: 'waiting', problem: attempted.reason };
  }
}

/** A delivery that is not sent after all, and why. */
export const withdrawn = (delivery: Delivery, because: string, at: Date): Delivery => ({
  ...delivery,
  status: 'withdrawn',
  settledAt: at,
  problem: because,
});

/** In the order in which they are to arrive. */
export const compareDeliveries = (a: Delivery, b: Delivery): number =>
  a.decidedAt.getTime() - b.decidedAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

import type { Posted, Teams } from '../../adapters/service/service.ts';
import type { Reference } from '../../adapters/storage/memory.ts';
import type { Card } from '../../cards/render.ts';

type Refusal = Exclude<Posted['kind'], 'posted'>;

/** A message in somebody's conversation, as it looks now. */
export type Shown = {
  /** Whose conversation it is in, or `channel`. */
  who: string;
  activityId: string;
  card: Card;
  /** How often it was changed in place since it was posted. */
  updates: number;
};

/**
 * Keeps what is posted as Teams would: each message has an id, an update changes the message with
 * that id in place, a person who blocked the bot is refused, and so is a message that is gone.
 */
export class RecordingTeams implements Teams {
  readonly shown: Shown[] = [];
  /** How often anything was asked of Teams, whether it was done or refused. */
  requests = 0;
  readonly #refusing = new Map<string, { kind: Refusal; left: number }>();

  /** From now on this person's conversation refuses, as often as `times` says. */
  refuse(who: string, kind: Refusal, times = Infinity): void {
    this.#refusing.set(who, { kind, left: times });
  }

  /** What is in a person's conversation, or in the channel, oldest first. */
  of(who: string): Shown[] {
    return this.shown.filter((message) => message.who === who);
  }

  post({ who }: Reference, card: Card): Promise<Posted> {
    const refused = this.#asked(who);
    if (refused) return Promise.resolve(refused);
    const activityId = `activity-${this.shown.length + 1}`;
    this.shown.push({ who, activityId, card, updates: 0 });
    return Promise.resolve({ kind: 'posted', activityId });
  }

  update({ who }: Reference, activityId: string, card: Card): Promise<Posted> {
    const refused = this.#asked(who);
    if (refused) return Promise.resolve(refused);
    const message = this.of(who).find((one) => one.activityId === activityId);
    if (!message)
      return Promise.resolve({ kind: 'gone', reason: 'ActivityNotFoundInConversation' });
    message.card = card;
    message.updates += 1;
    return Promise.resolve({ kind: 'posted', activityId });
  }

  #asked(who: string): Posted | undefined {
    this.requests += 1;
    const refusing = this.#refusing.get(who);
    if (!refusing || refusing.left <= 0) return undefined;
    refusing.left -= 1;
    return { kind: refusing.kind, reason: REASONS[refusing.kind] };
  }
}

const REASONS: Record<Refusal, string> = {
  blocked: 'MessageWritesBlocked',
  gone: 'ConversationNotFound',
  refused: 'MessageSizeTooBig',
  'not signed': 'Unauthorized',
  failed: 'ServiceUnavailable',
};

/** Where Teams says that somebody can be written to. */
export const referenceOf = (who: string): Reference => ({
  who,
  serviceUrl: 'https://smba.example/uk/',
  channelId: 'msteams',
  conversation: { id: `conversation-of-${who}`, conversationType: 'personal' },
  bot: { id: '28:bot' },
  user: { id: `29:${who}`, aadObjectId: who },
});

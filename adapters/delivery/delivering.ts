import type { LimitFunction } from 'p-limit';
import type { Logger } from '../logger.ts';
import type { WorkQueue } from '../storage/queues.ts';
import type { Documents } from '../storage/tables.ts';
import type { Claim, ConversationRecord } from './conversations.ts';
import type { Handler } from './handler.ts';
import type { InHand } from './in-hand.ts';
import type { Lanes } from './lanes.ts';
import type { Paced } from './posting.ts';
import type { Rest } from './rest.ts';
import type { DispatcherSettings } from './settings.ts';
import type { Trouble } from './trouble.ts';

/** What the parts of one process that delivers share. */
export type Delivering = {
  /** This process, among those that deliver. */
  me: string;
  queue: WorkQueue;
  conversations: Documents<ConversationRecord>;
  handler: Handler;
  lanes: Lanes;
  inHand: InHand;
  /** What it does while it has nothing else to do. */
  rest: Rest;
  /** What keeps it from looking afresh. */
  looking: Trouble;
  /** Only so many conversations are claimed at once. */
  ahead: LimitFunction;
  pacedFor: (claim: Claim) => Paced;
  isStopping: () => boolean;
  settings: DispatcherSettings;
  log: Logger;
};

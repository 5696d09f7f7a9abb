/** Times are in milliseconds. */
export const DISPATCHER_SETTINGS = {
  /** Conversations received for one look, or a few more, and how many such batches are in hand at once. */
  batch: 16,
  batchesInHand: 2,
  /** Conversations that one process has claimed at once. */
  ahead: 8,
  /** How long a received message is out of sight: longer than a batch takes. */
  hideMs: 120_000,
  /** How long claims and lanes outlive a process that dies. */
  claimMs: 60_000,
  laneMs: 30_000,
  /** The longest that one request to Teams may take: the connector is given the same. */
  requestMs: 15_000,
  /** How far apart the clocks of two processes may be. */
  skewMs: 1500,
  /** The longest wait for a conversation's limits with the conversation in hand, and for a lane. */
  longestWaitMs: 250,
  patienceMs: 5000,
  /** What comes back within so long, a drain waits for. */
  drainMs: 3000,
  /** How often an idle process looks for work, and how often one at work sees to its lanes. */
  pollMs: 1500,
  shareMs: 1000,
  /** When a conversation that another process has is looked at again, at the latest. */
  busyMs: 2000,
  /** Failures of ours until a conversation's message goes to the poison queue, and the rest after any failure. */
  mostFailures: 5,
  backOff: { baseMs: 10_000, capMs: 600_000 },
};
export type DispatcherSettings = typeof DISPATCHER_SETTINGS;

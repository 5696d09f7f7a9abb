import { setTimeout as delay } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import type { BlobLeaseClient } from '@azure/storage-blob';
import type { Configuration } from '../config.ts';
import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { openBlobs } from '../storage/account.ts';
import { toldByBlobs as told } from '../storage/told.ts';

const CONTAINER = 'stls-leader';
/** Somebody else holds the lease (409), or held it since (412). */
const NOT_MINE = [409, 412] as const;

/** One of the processes that may lead. */
export type Contender = {
  /** Whether this process leads, and will for at least a moment. */
  isLeader(): boolean;
  /** Why the lead could not be asked for the last time; another's lead is none. */
  problem(): string | undefined;
  /** Gives the lead to another at once, and contends no longer. */
  stop(): Promise<void>;
};

type Contention = {
  storage: Configuration['storage'];
  credential?: TokenCredential | undefined;
  log: Logger;
  /** What is led: one blob, and one leader, a name. */
  name?: string;
  /** 15 to 60, as Azure allows. */
  leaseSeconds?: number;
  /** How long before the lease ends the leader stops to call itself one, in milliseconds. */
  marginMs?: number;
  /** How often another asks whether it may lead, in milliseconds. */
  askMs?: number;
};

/**
 * Contends for the lead, in the background, until it is stopped: a lease on a blob, which Azure gives to
 * one at a time (learn.microsoft.com: Lease Blob). The leader renews it every third of its length; its
 * own time runs from before each request, so it ends before Azure's. When a leader dies, another has the
 * lead within a lease and `askMs`.
 */
export function contend({
  storage,
  credential,
  log,
  name = 'sweep',
  leaseSeconds = 30,
  marginMs = 3000,
  askMs = 2000,
}: Contention): Contender {
  const container = openBlobs(storage, credential).getContainerClient(CONTAINER);
  const blob = container.getBlockBlobClient(name);
  const lease: BlobLeaseClient = blob.getBlobLeaseClient();
  const stopping = new AbortController();
  let surelyUntil = -Infinity;
  let problem: string | undefined;
  const isLeader = (): boolean => performance.now() < surelyUntil;

  const prepare = async (): Promise<void> => {
    await told('making the container', () => container.createIfNotExists());
    const conditions = { ifNoneMatch: '*' };
    // Made already (409), or made and leased (412).
    await told('making the blob', () => blob.upload('', 0, { conditions }), ...NOT_MINE);
  };
  const take = async (): Promise<void> => {
    const began = performance.now();
    const answer = isLeader()
      ? await told('renewing the lead', () => lease.renewLease(), ...NOT_MINE)
      : await told('taking the lead', () => lease.acquireLease(leaseSeconds), ...NOT_MINE);
    surelyUntil = answer ? began + leaseSeconds * 1000 - marginMs : -Infinity;
  };
  const contest = async (): Promise<void> => {
    let isPrepared = false;
    while (!stopping.signal.aborted) {
      const before = isLeader();
      try {
        if (!isPrepared) await prepare();
        isPrepared = true;
        await take();
        problem = undefined;
      } catch (error) {
        // The lead that is held goes on until its time is over.
        problem = reasonOf(error);
        log.warn({ err: error, lead: name }, 'the lead could not be asked for');
      }
      if (isLeader() !== before) log.info({ lead: name, leads: isLeader() }, 'the lead changed');
      const restMs = isLeader() ? (leaseSeconds * 1000) / 3 : askMs;
      await delay(restMs, undefined, { signal: stopping.signal }).catch(ignoreStop);
    }
  };
  const contesting = contest();
  return {
    isLeader,
    problem: () => problem,
    stop: async () => {
      stopping.abort();
      await contesting;
      if (!isLeader()) return;
      surelyUntil = -Infinity;
      await told('giving up the lead', () => lease.releaseLease(), ...NOT_MINE);
    },
  };
}

/** The wait is cut short when the contender is stopped; nothing else ends it. */
function ignoreStop(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

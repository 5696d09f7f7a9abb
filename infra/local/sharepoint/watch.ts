import type { RequestHandler } from 'express';
import { answerWith } from './answer-error.ts';
import { callerOf } from './callers.ts';
import { throttled } from './errors.ts';
import { failAsOrdered } from './fault-answers.ts';
import type { FaultOrders } from './fault-rules.ts';
import { findList } from './lists.ts';
import type { RequestCounter } from './request-counter.ts';
import { noteOf } from './request-kinds.ts';
import type { Context } from './request-context.ts';

/** What looks at each request before it is carried out. */
export type Watch = {
  counter: RequestCounter;
  faults: FaultOrders;
  /** The resource units that the application may use in any 60 seconds. */
  unitsPerMinute: number | undefined;
  /** How long a subscriber may take to prove its address, in milliseconds. */
  patience: number;
};

/** Counts the application's requests, keeps them within the budget, and fails those ordered to. */
export function watchRequests(context: Context, watch: Watch): RequestHandler {
  const { counter, faults, unitsPerMinute = Number.POSITIVE_INFINITY } = watch;
  return (request, response, next) => {
    if (callerOf(request) === 'administrator') {
      next();
      return;
    }
    const { method, url: path } = request;
    const note = noteOf(method, path);
    const list = note.list && (findList(context.db, note.list)?.displayName ?? note.list);
    const userAgent = request.headers['user-agent'];
    counter.count({ ...note, list, method, userAgent });
    if (counter.unitsInLastMinute() > unitsPerMinute) {
      counter.noteRefusal();
      throw throttled(429, String(counter.secondsUntilBelow(unitsPerMinute)));
    }
    const rule = faults.next({ method, list, path, userAgent });
    if (rule === undefined) {
      next();
      return;
    }
    counter.noteFailure();
    failAsOrdered(rule, response, {
      refuse: (error) => answerWith(error, response, context.now()),
      carryOut: next,
    });
  };
}

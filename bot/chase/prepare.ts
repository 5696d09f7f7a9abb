import { commissioners, leads } from '../access/people.ts';
import { londonDay } from '../calendar/london.ts';
import { decideAlertAgain, quietForCommissioners } from './alerts.ts';
import { chaseMessage, decideForLead, decideManagers } from './decide.ts';
import type { Delivery } from './delivery.ts';
import { historyOf } from './history.ts';
import type { MessageKind, Message } from './message.ts';
import { askedOf, outstandingItems } from './outstanding.ts';
import { quietReason, type Decision, type Situation, type WhyNot } from './situation.ts';

/** What becomes of a waiting message at the moment when it would be sent. */
export type Prepared =
  /** It goes out, about what is outstanding at this moment. */
  | { kind: 'send'; delivery: Delivery }
  /** It has become pointless. */
  | { kind: 'withdraw'; because: string }
  /** Not at this hour; it still may today. */
  | { kind: 'wait'; because: string };

/**
 * Decides again about a waiting message, from a fresh situation: nobody is chased for what was filed,
 * promised, handed over, paused or withdrawn since it was decided, nor once the quiet hours have begun.
 */
export function prepare(delivery: Delivery, now: Situation): Prepared {
  if (londonDay(delivery.decidedAt) !== londonDay(now.at)) {
    return { kind: 'withdraw', because: 'its day is over' };
  }
  const quiet = quietFor(delivery.kind, now);
  if (quiet) return { kind: 'wait', because: quiet };
  switch (delivery.kind) {
    case 'chase':
      return prepareChase(delivery, now);
    case 'manager':
      return prepareManager(delivery, now);
    case 'alert':
      return prepareAlert(delivery, now);
    case 'summary':
      return { kind: 'send', delivery };
  }
}

/** Why nobody is sent a message of this kind at the moment. Undefined: they may be. */
const quietFor = (kind: MessageKind, now: Situation): WhyNot | undefined =>
  kind === 'alert' ? quietForCommissioners(now) : quietReason(now);

const withdraw = (because: string): Prepared => ({ kind: 'withdraw', because });

/** The same delivery, about what is outstanding now. */
function about(delivery: Delivery, message: Message): Prepared {
  const { district: _district, ...rest } = delivery;
  const { returns, findings, logs, stage, district } = message;
  const open = returns[0];
  return {
    kind: 'send',
    delivery: {
      ...rest,
      ...(district ? { district } : {}),
      stage,
      returns,
      findings,
      logs,
      ...(delivery.kind === 'chase' ? { open } : {}),
    },
  };
}

function prepareChase(delivery: Delivery, now: Situation): Prepared {
  const lead = leads(now.people).find(({ id }) => id !== '' && id === delivery.person);
  if (!lead) return withdraw('no lead any more');
  if (now.contradictions.length > 0) return withdraw('the terms contradict each other');
  const { items } = outstandingItems(within(lead.districts, now));
  const history = historyOf(now.log, now.at);
  if (delivery.askedBy) {
    if (history.wasWrittenToToday(lead.id)) return withdraw('already written to today');
    const mine = askedOf(lead, items);
    return mine.length > 0
      ? about(delivery, chaseMessage(lead, mine, now))
      : withdraw('nothing is outstanding');
  }
  const scene = { now, history, quiet: undefined };
  const decision = decideForLead(lead, items, scene);
  const [message] = decision.messages;
  return message ? about(delivery, message) : withdraw(whyNothing(decision));
}

/** What concerns some districts: of hundreds of messages each looks at its own. */
const within = (districts: readonly string[], now: Situation): Situation => ({
  ...now,
  statuses: now.statuses.filter(({ district }) => districts.includes(district)),
  findings: now.findings.filter(({ finding }) => districts.includes(finding.district)),
});

/** The reasons why nothing is left to send, each once. */
const whyNothing = ({ notSent }: Decision): string =>
  notSent.length === 0
    ? 'nothing is outstanding'
    : [...new Set(notSent.map(({ why }) => why))].join('; ');

function prepareManager(delivery: Delivery, now: Situation): Prepared {
  const scene = { now, history: historyOf(now.log, now.at), quiet: undefined };
  const messages =
    now.contradictions.length > 0 ? [] : decideManagers(outstandingItems(now).items, [], scene);
  const message = messages.find(({ person }) => person?.id === delivery.person);
  return message ? about(delivery, message) : withdraw('nothing is late any more');
}

function prepareAlert(delivery: Delivery, now: Situation): Prepared {
  const commissioner = commissioners(now.people).find(({ id }) => id === delivery.person);
  if (!commissioner) return withdraw('no commissioner any more');
  if (historyOf(now.log, now.at).wasWrittenToToday(commissioner.id)) {
    return withdraw('already written to today');
  }
  const message = decideAlertAgain(commissioner, delivery.returns, now);
  return message ? about(delivery, message) : withdraw('nothing is left to say');
}

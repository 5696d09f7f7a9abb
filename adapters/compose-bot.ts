import { prepareScoring } from '../bot/conversation/scoring.ts';
import { compose, type Wishes } from './compose.ts';
import type { Configuration } from './config.ts';
import { contend, type Contender } from './delivery/leader.ts';
import { createServer } from './http/server.ts';
import { forgetInTime } from './service/forget-in-time.ts';
import { listMirrors } from './service/mirror-lists.ts';
import { createRunner, moveToNextWorkingDay, type Lead } from './service/run.ts';
import { createConversing } from './service/conversing.ts';
import type { Service } from './service/service.ts';
import type { Subscriptions } from './sharepoint/subscriptions.ts';
import { openQueue, type WorkQueue } from './storage/queues.ts';
import { createApplication, WAITS } from './teams/application.ts';
import { modelChooser } from './teams/model-planner.ts';
import { createPatience } from './teams/patience.ts';

/** On which the leader is asked for a look. */
const LOOKS_QUEUE = 'stls-looks';

/** The whole bot, ready to listen. */
export function composeBot(config: Configuration, wishes: Pick<Wishes, 'clock'> = {}) {
  // What was delivered belongs on the commissioners' card of the day.
  const delivered = () => runner.lookSoon();
  const parts = compose(config, { ...wishes, delivered });
  const { log, tables, adapter, service, subscriptions, dispatcher, credential } = parts;
  const contender = contend({ storage: config.storage, credential, log });
  const looks = openQueue(config.storage, LOOKS_QUEUE, credential);
  const keepSubscribed = subscriptionKeeper(service, subscriptions);
  const mirror = listMirrors(service);
  const forget = forgetInTime(service);
  const runner = createRunner(service, {
    lead: leadThrough(contender, looks),
    afterLook: async ({ look }, began) => {
      // What the sweep read answers questions too.
      conversing.recent.offer(look, began);
      await keepSubscribed();
      await forget();
      await mirror(look);
    },
  });
  const conversing = createConversing(service, runner);
  const patience = createPatience(log);
  const application = createApplication({
    service,
    adapter,
    ownTenant: config.bot.tenantId,
    conversing,
    patience,
    waits: WAITS,
    choose: config.model && modelChooser(config.model, credential, log),
    inTurn: runner.inTurn,
    lookSoon: () => runner.lookSoon(),
    nextWorkingDay: service.isLocal
      ? (actor) => moveToNextWorkingDay(service, runner, actor)
      : undefined,
  });
  const server = createServer({
    service,
    runner,
    adapter,
    verifies: config.bot.id !== '',
    run: (context) => application.run(context),
    pingStorage: () => tables.ping(),
    problems: () => [
      ...named('delivery', dispatcher.health().problem),
      ...named('lead', contender.problem()),
      ...[...parts.unreadable].map((problem) => `storage: ${problem}`),
    ],
    subscriptions,
  });
  const stop = async (): Promise<void> => {
    await conversing.stop();
    await patience.stop();
    await runner.stop();
    await dispatcher.stop();
    await contender.stop();
  };
  const start = (): void => {
    runner.start(config.pollSeconds);
    dispatcher.start();
    prepareScoring();
  };
  return { server, runner, service, conversing, log, start, stop };
}

const named = (what: string, problem: string | undefined): string[] =>
  problem === undefined ? [] : [`${what}: ${problem}`];

/** How long a request for a look is out of sight while it is taken off the queue, in milliseconds. */
const HIDE_MS = 30_000;
const MOST_ASKED = 32;

/** One process looks at the lists; the others ask it to over a queue. */
const leadThrough = (contender: Contender, looks: WorkQueue): Lead => ({
  isLeader: () => contender.isLeader(),
  ask: () => looks.send('look'),
  wasAsked: async () => {
    const asked = await looks.receive(MOST_ASKED, HIDE_MS);
    await Promise.all(asked.map((one) => one.done()));
    return asked.length > 0;
  },
});

/** Keeps Graph notifying; a problem is logged once, not with every look. */
function subscriptionKeeper(service: Service, subscriptions: Subscriptions | undefined) {
  let told = '';
  return async (): Promise<void> => {
    const problems = (await subscriptions?.keep(service.clock.now())) ?? [];
    const now = problems.join('\n');
    if (now !== told && now !== '') {
      service.log.warn({ problems }, 'lists cannot notify the bot; they are polled all the same');
    }
    told = now;
  };
}

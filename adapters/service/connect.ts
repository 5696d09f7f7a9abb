import { londonDay } from '../../bot/calendar/london.ts';
import { peopleOf } from '../../bot/access/people.ts';
import type { Card } from '../../cards/render.ts';
import { CHANNEL, type Reference } from '../storage/memory.ts';
import { changeRow, rowsOf } from './outbox.ts';
import { postCardsAnew, postSummaryAnew } from './post-anew.ts';
import { wayIn } from './introduce.ts';
import { keep } from './keep.ts';
import { whoWaits } from './let-in.ts';
import type { Turn } from './permit.ts';
import { inHaste, look, type Service } from './service.ts';
import { welcomeCard } from './welcome.ts';

/** The bot was installed for somebody, or in a channel. */
export type Arrival = {
  /** Entra object id of whoever installed it. */
  actor: string;
  isPersonal: boolean;
  reference: Omit<Reference, 'who'>;
};

/**
 * Remembers where to write. The commissioning channel is the first one in which a commissioner
 * installs the bot: anyone else's channel is not written to.
 */
export async function connect(patient: Service, arrival: Arrival): Promise<void> {
  const service = inHaste(patient);
  if (arrival.actor === '') {
    // People whose object id is not in the people list yet have an empty one too.
    return service.log.warn('installed by somebody without an Entra object id; not written to');
  }
  const now = await look(service, service.clock.now());
  if (arrival.isPersonal) return connectPerson(service, arrival, now);
  const roles = peopleOf(now.reading.people, arrival.actor).map((p) => p.role);
  if (roles.includes('Commissioner')) return connectChannel(service, arrival, now);
  return service.log.warn(
    { actor: arrival.actor },
    'installed in a channel by no commissioner; nothing is posted there',
  );
}

type Now = Awaited<ReturnType<typeof look>>;

async function connectPerson(
  service: Service,
  { actor, reference }: Arrival,
  now: Now,
): Promise<void> {
  const to: Reference = { ...reference, who: actor };
  await service.memory.references.put(actor, to);
  await tryAgainToday(service, actor);
  await service.teams.post(to, await greeting({ service, actor, now }));
  await keep(service, now);
  await postCardsAnew(service, actor, now);
  await showWhoWantsIn({ service, actor, now }, to);
}

/** Somebody whom the people list does not know is asked where they work. */
async function greeting(turn: Turn): Promise<Card> {
  const entries = peopleOf(turn.now.reading.people, turn.actor);
  const [person] = entries;
  if (!person) return wayIn(turn);
  await turn.service.memory.welcomed.put(turn.actor, { at: turn.now.at });
  return welcomeCard(turn, person.name, entries);
}

/** Who asked to be let in while no commissioner could be told. */
async function showWhoWantsIn(turn: Turn, to: Reference): Promise<void> {
  const card = await whoWaits(turn);
  if (card) await turn.service.teams.post(to, card);
}

/** What a blocked bot could not deliver today waits again, now that it is installed anew. */
async function tryAgainToday(service: Service, person: string): Promise<void> {
  const today = londonDay(service.clock.now());
  const rows = (await rowsOf(service, person)).filter(
    ({ status, decidedAt }) => status === 'blocked' && londonDay(decidedAt) === today,
  );
  for (const row of rows) {
    await changeRow(service, row.id, (kept) => ({ ...kept, status: 'waiting', attempts: 0 }));
  }
}

async function connectChannel(service: Service, { reference }: Arrival, now: Now): Promise<void> {
  const known = await service.memory.references.get(CHANNEL);
  if (known && known.conversation.id !== reference.conversation.id) return;
  await service.memory.references.put(CHANNEL, { ...reference, who: CHANNEL });
  if (known) await postSummaryAnew(service, now);
}

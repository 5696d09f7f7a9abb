import { peopleOf, type Person } from '../../bot/access/people.ts';
import type { Command, CommandName } from '../../bot/conversation/command.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { welcomeView } from '../presenting/help-card.ts';
import type { Memory } from '../storage/memory.ts';
import type { Turn } from './permit.ts';

/** What this is, for somebody in these roles. */
export const welcomeCard = (
  { service: { isLocal }, now }: Pick<Turn, 'service' | 'now'>,
  name: string,
  entries: readonly Pick<Person, 'role' | 'districts'>[],
): Card =>
  renderCard('help', welcomeView(name, { entries, districts: now.reading.districts, isLocal }));

/** Those of whom this process knows that they had their welcome: nobody is looked up twice. */
const known = new WeakMap<Memory, Set<string>>();

/** Notes that somebody is welcomed now; false where they were before. */
export async function isFirstContact({
  service: { memory },
  actor,
  now,
}: Pick<Turn, 'service' | 'actor' | 'now'>): Promise<boolean> {
  const before = known.get(memory) ?? new Set();
  known.set(memory, before);
  if (before.has(actor)) return false;
  const isFirst = await memory.welcomed.add(actor, { at: now.at });
  before.add(actor);
  return isFirst;
}

/** Those are answered by the welcome itself. */
const ASKS_FOR_IT: readonly CommandName[] = ['help', 'greeting'];

/**
 * The first time that somebody of the people list says something: from then on they can be written to
 * too, and a welcome goes before the answer.
 */
export async function welcomeFirst(turn: Turn, { name }: Command): Promise<void> {
  const { service, actor, now, from } = turn;
  const entries = peopleOf(now.reading.people, actor);
  const [person] = entries;
  if (!person || !from || ASKS_FOR_IT.includes(name) || !(await isFirstContact(turn))) return;
  const to = { ...from, who: actor };
  await service.memory.references.add(actor, to);
  await service.teams.post(to, welcomeCard(turn, person.name, entries));
}

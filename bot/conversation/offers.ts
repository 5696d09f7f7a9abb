import type { Role } from '../access/people.ts';
import type { Asking } from './asking.ts';
import type { Command, CommandName } from './command.ts';
import { isWriting } from './families.ts';
import { INTENTS } from './intents.ts';
import { distinct, wishOf } from './meaning.ts';

const LOST: Command = { name: 'not understood' };
const OF_DISTRICTS: readonly Role[] = ['Commissioner', 'District lead'];
/** Who may use what, where it is not for anybody. */
const FOR: ReadonlyMap<CommandName, readonly Role[]> = new Map([
  ...INTENTS.flatMap(({ intent, by }) => (by ? [[intent, by] as const] : [])),
  ['which district', OF_DISTRICTS],
  ['which second district', ['Commissioner']],
  ['add to calendar', ['SENCO', 'Link practitioner', ...OF_DISTRICTS]],
]);
/** A word that is explained has no more words than this, unless the glossary has it. */
const LONGEST_WORD = 3;

/**
 * An offer of what somebody of these roles may use. Of one thing that is left what only reads is taken,
 * and what changes something is offered beside help.
 */
export function offerTo(asking: Asking, commands: readonly Command[]): Command {
  const all = distinct(commands);
  const useful = all.filter((one) => mayUse(one, asking) && !isSentence(one, asking));
  const [first] = useful.filter(({ name }) => name !== 'help');
  if (!first) return LOST;
  if (useful.length > 1) return { name: 'offer', of: useful.slice(0, 3) };
  return all.length > 1 && isWriting(first) ? besideHelp(first) : first;
}

/** What is asked about, and not asked for, is only offered. */
export function onlyOffered(command: Command, asking: Asking): Command {
  return isWriting(command) ? offerTo(asking, [command, ...readingOf(command)]) : command;
}

/** What may be meant where nothing is to be changed. */
function readingOf(command: Command): Command[] {
  if (command.name === 'book clinic') return [{ ...wishOf(command), name: 'next clinic' }];
  if (command.name === 'cancel booking') return [{ name: 'my bookings' }];
  if (command.name === 'chase district')
    return [{ name: 'show district', district: command.district }];
  return [{ name: 'help' }];
}

const besideHelp = (command: Command): Command => ({
  name: 'offer',
  of: [command, { name: 'help' }],
});

const mayUse = ({ name }: Command, { roles }: Asking): boolean =>
  FOR.get(name)?.some((role) => roles.includes(role)) ?? true;

const isSentence = (command: Command, { names }: Asking): boolean =>
  command.name === 'definition' &&
  command.of.split(' ').length > LONGEST_WORD &&
  !names.glossary.some(({ name }) => name === command.of);

import { asWritten } from './as-written.ts';
import { clauseOf, type Message } from './clause.ts';
import type { Command } from './command.ts';
import { oneOf, schoolsMeant, type Context } from './meaning.ts';

const WORKS_AT =
  /\b(?:senco|work|works|working|teach|teaching|teacher|head|practitioner|manager|am|come) (?:at|in|from|for|of) (?:the )?(.+)$|\bschool is (?:called )?(.+)$/;

/** Somebody whom the people list does not know says who they are, whatever they ask. */
export function introduction(message: Message, asking: Context): Command {
  const clause = clauseOf(message.words, message, asking);
  const [fits] = clause.schools;
  if (fits) {
    return oneOf(
      schoolsMeant(fits, clause, asking).map(({ name }) => ({ name: 'introduce', school: name })),
    );
  }
  const [, one, other] = WORKS_AT.exec(clause.words) ?? [];
  const unknown = (one ?? other)?.replace(/@[a-z]+/g, ' ').trim();
  return unknown
    ? { name: 'introduce', unknownSchool: asWritten(unknown, asking.written) }
    : { name: 'introduce' };
}

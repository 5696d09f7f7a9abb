import { problem, type Diagnosis } from './diagnosis.ts';

// The configuration and the lists tell what is wrong with them in sentences for people. This file is
// the only place where the doctor takes such a sentence apart.

/** A problem of a list, as commissioners are told it: `STLS Bot X: what is wrong. Please do this.` */
export function fromList(text: string, otherwise: string): Diagnosis {
  const [what = '', ...wishes] = text.replace(/\.$/, '').split(/[.:] [Pp]lease /);
  return problem(what, wishes.map((wish) => `Please ${wish}.`).join(' ') || otherwise);
}

/** Whether a problem is that of one of these lists. */
export const isOfOne = (lists: readonly string[]) => (text: string) =>
  listOf(lists, text) !== undefined;

/** The list that a problem begins with: `STLS Bot X: …` or `STLS Bot X has no column …`. */
export const listOf = (lists: readonly string[], text: string): string | undefined =>
  lists.find((list) => text.startsWith(`${list}: `) || text.startsWith(`${list} has `));

/** A problem of the configuration: `SETTING: what is wrong. Do this.` */
export function fromConfiguration(text: string): Diagnosis {
  const [what = '', ...remedies] = text.split(/(?<=\.) (?=[A-Z])/);
  const names = [...new Set(text.match(/\b[A-Z]+_[A-Z_]+\b/g))];
  return problem(
    what.replace(/\.$/, ''),
    remedies.join(' ') || `Correct ${names.join(' or ')} in the settings.`,
  );
}

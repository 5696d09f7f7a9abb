/** What a lead says of a finding: a known cause that was chosen, own words, or both; either may be empty. */
export type Explanation = { cause: string; words: string };

/** `not collected this term. The form came late.`; empty where nothing was said. */
export const explanationInWords = ({ cause, words }: Explanation = { cause: '', words: '' }) =>
  [cause, words].filter((part) => part !== '').join('. ');

/** What was said, by the causes that are known: one that is not is own words, and one that was typed a cause. */
export function explanationOf(said: Explanation, knownCauses: readonly string[]): Explanation {
  if (knownCauses.includes(said.cause)) return said;
  const words = explanationInWords(said);
  return knownCauses.includes(words) ? { cause: words, words: '' } : { cause: '', words };
}

/** Tells the cause from the words of what was kept as one text. */
export function explanationFrom(text: string, knownCauses: readonly string[]): Explanation {
  const [cause] = knownCauses
    .filter((one) => text === one || text.startsWith(`${one}. `))
    .sort((a, b) => b.length - a.length);
  return cause === undefined
    ? { cause: '', words: text }
    : { cause, words: text.slice(cause.length + 2) };
}

/**
 * Patterns of words. They are regular expressions over lower-case words in which names are replaced
 * by what they are: `@district`, `@school`, `@person`, `@date`, and in definitions `@word`, `@short`.
 */
export function compiled(pattern: string): RegExp {
  const marks = pattern.replace(/@(district|school|person|date|word|short)/g, '@$1[a-z]');
  return new RegExp(`(?<![a-z0-9@])(?:${marks})(?![a-z0-9])`);
}

/** The words that a pattern goes by, so that a slip in them can be put right. */
export const wordsIn = (pattern: string): string[] =>
  pattern
    .replace(/@\w+|\\./g, ' ')
    .replace(/([a-z]+)([a-z])\?/g, '$1 $1$2')
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1);

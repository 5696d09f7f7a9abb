/** What is quoted back is no longer. */
const LONGEST = 100;

/** Words as somebody wrote them: with their capitals and apostrophes where they are found again. */
export function asWritten(said: string, written: string): string {
  const words = said.slice(0, LONGEST).trim();
  const pattern = words
    .split(' ')
    .map((word) => [...word].map(escaped).join("['’]?"))
    .join('[^\\p{L}\\p{N}]+');
  return new RegExp(pattern, 'iu').exec(written)?.[0] ?? words;
}

const escaped = (letter: string): string =>
  /[\p{L}\p{N}]/u.test(letter) ? letter : letter.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

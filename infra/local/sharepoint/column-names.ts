const longestName = 32;

/**
 * The internal name that SharePoint makes of a column's first name: characters outside
 * letters, digits and underscores become `_x0020_`, the whole is cut at 32 characters,
 * and a digit is added when the list already has the name.
 */
export function internalName(wanted: string, taken: readonly string[]): string {
  const name = escapeName(wanted).slice(0, longestName);
  const lower = new Set(taken.map((each) => each.toLowerCase()));
  if (!lower.has(name.toLowerCase())) return name;
  for (let digit = 0; ; digit += 1) {
    const candidate = `${name}${digit}`;
    if (!lower.has(candidate.toLowerCase())) return candidate;
  }
}

function escapeName(wanted: string): string {
  const escaped = wanted.trim().replaceAll(/[^A-Za-z0-9_]/g, escapeCharacter);
  return escaped.replace(/^[0-9]/, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`;
}

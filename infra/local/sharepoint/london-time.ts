const londonParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const minute = 60_000;

/** An instant as the site's clock shows it: `2026-07-01T09:30`. */
export function toLondon(instant: Date): string {
  const part = new Map(londonParts.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
  return `${day}T${part.get('hour')}:${part.get('minute')}`;
}

/** The instant at which the site's clock shows `2026-07-01T09:30`. */
export function fromLondon(local: string): Date {
  const asIfUtc = Date.parse(`${local}Z`);
  const shown = Date.parse(`${toLondon(new Date(asIfUtc))}Z`);
  const ahead = shown - Math.floor(asIfUtc / minute) * minute;
  return new Date(asIfUtc - ahead);
}

/** An instant as Graph writes it: whole seconds, in UTC. */
export function graphInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

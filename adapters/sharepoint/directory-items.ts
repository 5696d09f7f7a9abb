import type { Clinic, LinkPractitioner } from '../../bot/directory/directory.ts';
import { writeBookings } from '../../bot/directory/booking.ts';
import { ServiceRefused } from '../errors.ts';
import { CLINICS, PRACTITIONERS } from './bot-lists.ts';
import { clinicRow, practitionerRow } from './rows.ts';
import type { Fields, Site } from './site.ts';

/** A row as it is read this moment, with the version that a change must still meet. */
export type Held<T> = { id: string; etag: string; row: T };

/** The clinic with this id; undefined where the list has none, or its row cannot be used. */
export async function clinicHeld(site: Site, id: string): Promise<Held<Clinic> | undefined> {
  const item = (await site.items(CLINICS)).find((one) => one.id === id);
  const row = clinicRow.safeParse({ ...item?.fields, id }).data;
  return item && row && { id, etag: item.etag, row };
}

/** Writes how many places are taken and by whom. False where somebody changed the row meanwhile. */
export const writePlaces = (
  site: Site,
  { id, etag }: Held<Clinic>,
  { booked, bookings }: Pick<Clinic, 'booked' | 'bookings'>,
): Promise<boolean> =>
  written(site, CLINICS, id, { Booked: booked, BookedBy: writeBookings(bookings) || null }, etag);

/** The link practitioner whom a test picks out, as the list has them now. */
export async function practitionerHeld(
  site: Site,
  isThem: (row: LinkPractitioner) => boolean,
): Promise<Held<LinkPractitioner> | undefined> {
  for (const { id, etag, fields } of await site.items(PRACTITIONERS)) {
    const row = practitionerRow.safeParse(fields).data;
    if (row && isThem(row)) return { id, etag, row };
  }
  return undefined;
}

/** Writes when somebody is away, null for never. False where somebody changed the row meanwhile. */
export const writeAbsence = (
  site: Site,
  { id, etag }: Held<LinkPractitioner>,
  fields: { AwayFrom: string | null; AwayUntil: string | null; CoverEmail?: string | null },
): Promise<boolean> => written(site, PRACTITIONERS, id, fields, etag);

const CHANGED = 412;

async function written(
  site: Site,
  list: string,
  id: string,
  fields: Fields,
  etag: string,
): Promise<boolean> {
  try {
    await site.update(list, id, fields, etag);
    return true;
  } catch (error) {
    if (error instanceof ServiceRefused && error.status === CHANGED) return false;
    throw error;
  }
}

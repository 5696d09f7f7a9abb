import { z } from 'zod';
import type { Introduction, WaitingRow } from '../../bot/access/introduction.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import { letInView } from '../presenting/way-in-cards.ts';
import { PEOPLE } from '../sharepoint/bot-lists.ts';
import type { ListItem } from '../sharepoint/site.ts';
import type { Service } from './service.ts';

const text = z.preprocess((cell) => (typeof cell === 'string' ? cell.trim() : ''), z.string());
const cells = z.object({
  Title: text,
  Email: text,
  EntraObjectId: text,
  Role: text,
  Organisation: text,
});

/** A row of the people list as it stands, whoever it names and whether or not it can be used. */
export type PeopleRow = WaitingRow & { id: string; etag: string };

export const peopleRows = async ({ site }: Pick<Service, 'site'>): Promise<PeopleRow[]> =>
  (await site.items(PEOPLE)).map(rowOf);

function rowOf({ id, etag, fields }: ListItem): PeopleRow {
  const { Title, Email, EntraObjectId, Role, Organisation } = cells.parse(fields);
  return {
    item: id,
    etag,
    id: EntraObjectId.toLowerCase(),
    name: Title,
    email: Email,
    role: Role,
    organisation: Organisation,
  };
}

/** Rows that wait for their object id. */
export const waitingRows = (rows: readonly PeopleRow[]): PeopleRow[] =>
  rows.filter(({ id }) => id === '');

/** One request, as a commissioner is shown it. */
export const letInCard = async (service: Service, introduction: Introduction): Promise<Card> =>
  renderCard('let-in', letInView({ introduction }, waitingRows(await peopleRows(service))));

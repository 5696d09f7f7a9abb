import { renderCard, type Card } from '../../cards/render.ts';
import { NetworkFailed, ServiceRefused } from '../errors.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';

/** Says whose fault it was, and what to do. */
export function apology(error: unknown): string {
  if (error instanceof NetworkFailed || error instanceof ListsUnavailable) {
    return 'SharePoint cannot be reached at the moment. Please try again in a few minutes; nothing you typed was changed.';
  }
  if (error instanceof ServiceRefused) {
    return 'SharePoint or Teams did not allow this just now. Please try again; if it goes on, tell a commissioner.';
  }
  return 'Something went wrong on our side. Please try again; if it goes on, tell a commissioner.';
}

export const apologyCard = (error: unknown): Card =>
  renderCard('note', {
    headline: 'That did not work',
    text: apology(error),
    tone: 'attention',
  });

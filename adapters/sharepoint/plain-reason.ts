import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { OWN_BUDGET } from './graph.ts';

const REASONS: Record<number, string> = {
  401: 'SharePoint did not accept the bot’s sign-in',
  403: 'SharePoint does not let the bot read or change it',
  404: 'the list is not on the site',
  429: 'SharePoint is too busy',
  503: 'SharePoint is too busy',
};

/** Why SharePoint did not do something, for people; undefined where the fault is not SharePoint's. */
export function plainReason(error: unknown): string | undefined {
  if (error instanceof NetworkFailed) return 'SharePoint could not be reached';
  if (error instanceof UnexpectedAnswer) return 'SharePoint answered something unexpected';
  if (!(error instanceof ServiceRefused)) return undefined;
  if (error.code === OWN_BUDGET) return 'the bot has asked its share of SharePoint for this minute';
  return REASONS[error.status] ?? `SharePoint said no (${error.status} ${error.code})`;
}

import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import type { Look } from '../../bot/look.ts';
import { keyOf } from '../../bot/returns/return.ts';
import { onlyIn, type CardAction } from '../../cards/actions.ts';
import { ListsUnavailable } from '../sharepoint/read-own-lists.ts';
import { keepDraft, receiveForLater, type SentIn } from './file-return.ts';
import { say, type Acted } from './pressed-card.ts';
import { look, type Service } from './service.ts';

/** Where the lists cannot be read nobody can be authorised, but what somebody typed is theirs, and is kept. */
export async function lookOrKeep(
  service: Service,
  actor: string,
  action: CardAction,
  typed: ReadonlyMap<string, TypedAnswer>,
): Promise<{ look: Look } | { kept: Acted }> {
  const at = service.clock.now();
  try {
    return { look: await look(service, at) };
  } catch (error) {
    const isFiling = action.verb === 'return.save' || action.verb === 'return.submit';
    if (!isFiling || !(error instanceof ListsUnavailable)) throw error;
    service.log.error({ err: error, actor }, 'the lists cannot be read; what was typed is kept');
    const sent = sentIn(action, typed);
    if (action.verb === 'return.submit') {
      return { kept: await receiveForLater(service, keyOf(action), actor, sent) };
    }
    await keepDraft(service, keyOf(action), actor, { ...sent, at });
    return {
      kept: say(
        'Draft kept',
        'SharePoint cannot be read at the moment. What you typed is kept, and not filed.',
        'attention',
      ),
    };
  }
}

/** What was typed, as a button sends it in. */
export const sentIn = (
  action: Extract<CardAction, { verb: 'return.save' | 'return.submit' }>,
  typed: ReadonlyMap<string, TypedAnswer>,
): SentIn => ({ typed, version: action.version, only: onlyIn(action) });

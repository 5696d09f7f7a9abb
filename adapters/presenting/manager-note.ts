import { leadsOf, managersOf } from '../../bot/access/people.ts';
import { standingFor } from '../../bot/chase/arrangement.ts';
import { seenBy } from '../../bot/chase/arranging.ts';
import { lateReturns } from '../../bot/chase/outstanding.ts';
import { formName, keyOf, returnId, type ReturnKey } from '../../bot/returns/return.ts';
import type { NoteView } from '../../cards/views.ts';
import type { Look } from '../../bot/look.ts';
import { codeOf } from '../../cards/actions.ts';
import { madeFor, whoAndWhen } from './arranged.ts';
import { count, statusLine } from './words.ts';

/** What a lead's manager is told once a return is late enough; it follows what happens. */
export function managerNote(keys: readonly ReturnKey[], look: Look): NoteView {
  const ids = new Set(keys.map(returnId));
  const late = lateReturns(look.situation).filter((s) => ids.has(returnId(s)));
  const unread = new Set(look.reading.notChecked.flatMap((n) => n.forms));
  if (late.length === 0 && keys.some((key) => unread.has(key.form))) {
    return {
      headline: 'Could not check',
      text: 'The lists cannot be read at the moment, so I cannot say whether the late returns of your team have come in.',
      tone: 'default',
    };
  }
  if (late.length === 0) return nothingLate(keys, look);
  const lines = late.map((s) => {
    const who = leadsOf(look.reading.people, s.district).map((p) => p.name);
    return `${s.district}: ${formName(s.form)} (${who.join(', ') || 'no lead named'}). ${statusLine(s, look.reading.terms, look.at)}.`;
  });
  return {
    headline: `${count(late.length, 'return')} of your team ${late.length === 1 ? 'is' : 'are'} late`,
    text: lines.join(' '),
    tone: 'attention',
    ...seenOf(late, look),
  };
}

function nothingLate(keys: readonly ReturnKey[], { situation }: Look): NoteView {
  const isWithdrawn = keys.some((key) => standingFor(key, situation).withdrawn);
  return {
    headline: isWithdrawn ? 'Nothing is late any more' : 'Received, thank you',
    text: `The late returns of your team have come in${isWithdrawn ? ', or are not asked for this term' : ''}. There is nothing for you to do.`,
    tone: 'good',
  };
}

/** *Seen*, until a manager of these leads has said so since the stage that was reached. */
function seenOf(late: readonly ReturnKey[], look: Look): Pick<NoteView, 'seen' | 'saw'> {
  const seen = late.map((key) => ({ key, by: seenByManager(key, look) }));
  const unseen = seen.filter(({ by }) => by === undefined).map(({ key }) => key);
  if (unseen.length > 0) return { seen: { returns: codeOf(unseen) }, saw: '' };
  const last = seen.at(-1)?.by;
  return last ? { saw: `Seen by ${whoAndWhen(last)}` } : {};
}

function seenByManager(key: ReturnKey, look: Look) {
  const { people } = look.reading;
  const managers = leadsOf(people, key.district)
    .flatMap((lead) => managersOf(people, lead))
    .map(({ id }) => id);
  return seenBy(keyOf(key), madeFor(key, look), look.situation).find(({ by }) =>
    managers.includes(by),
  );
}

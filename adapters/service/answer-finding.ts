import type { Person } from '../../bot/access/people.ts';
import { heldOf } from '../../bot/approvable.ts';
import {
  accept,
  explain,
  sendBack,
  undoDecision,
  type Answered,
} from '../../bot/findings/answering.ts';
import type { TypedAnswer } from '../../bot/findings/typed-return.ts';
import { needsAnswer, type FindingRecord } from '../../bot/findings/register.ts';
import { standingApproval } from '../../bot/returns/approval.ts';
import { returnId } from '../../bot/returns/return.ts';
import { findingCode, seenCode, type CardAction } from '../../cards/actions.ts';
import { causeMeant } from '../presenting/finding-view.ts';
import { decideOnKept } from './decide-on-kept.ts';
import { keep } from './keep.ts';
import { keepTyped } from './keep-typed.ts';
import {
  cardAfterwards,
  keepUnsent,
  say,
  showTyped,
  type Acted,
  type Press,
} from './pressed-card.ts';
import { look } from './service.ts';
import { showFinding } from './show-findings.ts';

/** What became of a finding that was to be changed; `gone`: the register does not hold it. */
type FindingChange = Answered | 'gone' | 'contended';

/** Changes a finding as is decided on what others had made of it by then. */
export async function changeFinding(
  { service: { memory } }: Press,
  id: string,
  decide: (record: FindingRecord) => Answered | Promise<Answered>,
): Promise<FindingChange> {
  const changed = await decideOnKept(
    memory.findings,
    id,
    async (record): Promise<{ keep: FindingRecord } | { not: FindingChange }> => {
      if (!record) return { not: 'gone' };
      const answered = await decide(record);
      return answered.ok ? { keep: answered.record } : { not: answered };
    },
  );
  if (changed === 'contended') return changed;
  return 'not' in changed ? changed.not : { ok: true, record: changed.keep };
}

/** Keeps what was answered to a finding, decided on what others had answered by then, and shows it. */
async function answerFinding(
  press: Press,
  { finding }: FindingRecord,
  who: Person,
  decide: (record: FindingRecord) => Answered | Promise<Answered>,
  refuse: (reason: string) => Acted | Promise<Acted> = (reason) => say('Not done', reason),
): Promise<Acted> {
  await keep(press.service, press.now);
  const change = await changeFinding(press, finding.id, decide);
  if (change === 'gone') return say('That is settled', 'This question is no longer open.');
  if (change === 'contended') return say('Not done', OTHERS, 'attention');
  return change.ok ? showAnswered(press, change.record, who) : refuse(change.reason);
}

const OTHERS = 'Others are answering it at this moment. Please try again.';

async function showAnswered(press: Press, record: FindingRecord, who: Person): Promise<Acted> {
  if (press.on === 'finding') return showFinding(press, record, who);
  const card = await cardAfterwards(press);
  if (who.role === 'District lead' && card.inPlace) return card;
  return {
    ...say('Recorded', `${record.finding.district}: ${record.status}.`, 'good'),
    ...card,
  };
}

/** What stands in the boxes of an open return, by measure. */
type Typed = ReadonlyMap<string, TypedAnswer>;
type Explaining = Extract<CardAction, { verb: 'finding.explain' }>;

/**
 * Where it explains nothing, the card says so beside what was typed; what was typed elsewhere stays, in the
 * questions of an open return too.
 */
export async function explainFinding(
  pressed: Press,
  action: Explaining,
  typed: Typed,
  { record, who }: { record: FindingRecord; who: Person },
): Promise<Acted> {
  const { words } = action;
  const cause = causeMeant(record.finding, action.cause);
  const hasBoxes = record.finding.severity === 'query' && needsAnswer(record);
  const finding = findingCode(record.finding.id);
  const others = (pressed.unsent ?? []).filter((one) => one.finding !== finding);
  const press = { ...pressed, unsent: others, answered: finding };
  await keepUnsent(press);
  await keepTyped(press, typed);
  return answerFinding(
    press,
    record,
    who,
    (one) => explain(one, words, who, press.now.at, cause),
    (refused) =>
      hasBoxes
        ? showTyped({
            ...press,
            unsent: [...others, { finding, cause: action.cause, words, refused }],
          })
        : say('Not done', refused),
  );
}

type DecidingOn = Extract<CardAction, { verb: 'finding.accept' | 'finding.sendBack' }>;

/** Accepts an explanation, or sends it back: the one that the pressed card showed, and no later one. */
export function decideOnFinding(
  press: Press,
  action: DecidingOn,
  record: FindingRecord,
  who: Person,
): Promise<Acted> {
  const { at } = press.now;
  const { verb, note, seen } = action;
  const decided = (one: FindingRecord): Answered =>
    verb === 'finding.accept' ? accept(one, who, at, note) : sendBack(one, note, who, at);
  return answerFinding(
    press,
    record,
    who,
    (one) => {
      const deciding = decided(one);
      const why = deciding.ok ? whyToLookAgain(seen, one) : undefined;
      return why === undefined ? deciding : { ok: false, reason: why };
    },
    async (reason) => ({
      ...say('Not done', reason, 'attention'),
      ...(await asItStands(press, record, who, note)),
    }),
  );
}

/** Why somebody has to look again before deciding; undefined where what was seen is what stands. */
function whyToLookAgain(seen: string, record: FindingRecord): string | undefined {
  if (seen === seenCode(record)) return undefined;
  if (seen !== '') return ANSWERED_SINCE;
  // Of a finding that nobody has explained an older card says enough.
  return record.status === 'explained' ? OLDER_CARD : undefined;
}

const ANSWERED_SINCE =
  'Somebody has answered this again since the card was shown. Please look at what it says now, and decide on that.';
const OLDER_CARD =
  'Please open it again and decide there: this card is from before buttons kept which explanation was shown beside them.';

/** The pressed card as it stands now, with the note that was typed. */
async function asItStands(
  press: Press,
  { finding }: FindingRecord,
  who: Person,
  note: string,
): Promise<Pick<Acted, 'inPlace'>> {
  if (press.on !== 'finding') return cardAfterwards(press);
  const now = await look(press.service, press.now.at);
  const record = now.assessment.register.get(finding.id);
  return record ? showFinding({ ...press, now }, record, who, note) : {};
}

/** Takes an acceptance back. What was accepted before a return was approved is part of what was approved. */
export const reopenFinding = (press: Press, record: FindingRecord, who: Person): Promise<Acted> =>
  answerFinding(press, record, who, async (one) => {
    const undone = undoDecision(one, who, press.now.at);
    const why = undone.ok ? await whyNotReopened(press, one) : undefined;
    return why === undefined ? undone : { ok: false, reason: why };
  });

/**
 * Why an acceptance that is held has to stand. Where it need not, the approvals are written again as they
 * are: an approval that is being decided on them is decided anew, on what became of the finding.
 */
export async function whyNotReopened(
  { service: { memory }, now }: Press,
  { finding }: FindingRecord,
): Promise<string | undefined> {
  const filed = heldOf(now, finding);
  const kept = await decideOnKept(memory.approvals, returnId(finding), (there) =>
    standingApproval(there?.made, filed)
      ? { not: 'Its return is approved. Please take the approval back first.' }
      : { keep: there ?? { made: [] } },
  );
  if (kept === 'contended') return OTHERS;
  return 'not' in kept ? kept.not : undefined;
}

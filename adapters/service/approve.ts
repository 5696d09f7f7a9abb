import type { Person } from '../../bot/access/people.ts';
import { approvableIn } from '../../bot/approvable.ts';
import type { TermKey } from '../../bot/calendar/terms.ts';
import { accept } from '../../bot/findings/answering.ts';
import type { FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import {
  approve,
  undoApproval,
  whoAndWhen,
  type ApprovalEvent,
  type Deciding,
} from '../../bot/returns/approval.ts';
import { returnId, sameReturn, type Return, type ReturnKey } from '../../bot/returns/return.ts';
import { codeOf } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { NoteView } from '../../cards/views.ts';
import { approvalsView, changedFrom, isItemShown, whenShortly } from '../presenting/approvals.ts';
import { districtView } from '../presenting/commissioner-cards.ts';
import { count } from '../presenting/words.ts';
import type { Memory } from '../storage/memory.ts';
import { grants, type Grant } from './arrange.ts';
import { keep } from './keep.ts';
import { note } from './notes.ts';
import type { Acted, Press } from './pressed-card.ts';
import { look } from './service.ts';

/** What a commissioner can approve now, of the term being gathered or of another. */
export const approvalsCard = (now: Look, of?: TermKey): Card =>
  renderCard('approvals', approvalsView(now, of));

/** What became of one return: decided, decided so already, or left out with the reason. */
type Outcome = { key: ReturnKey; who: Person } & (
  | { kind: 'done'; accepted: number }
  | { kind: 'so'; reason: string }
  | { kind: 'left'; reason: string }
);

/**
 * Approves returns as they were shown: `shown` names the versions that the card was made from, in the
 * order of the returns. Whatever changed since is left out and named.
 */
export async function approveReturns(
  press: Press,
  keys: readonly ReturnKey[],
  shown: string,
): Promise<Acted> {
  const versions = shown.split(',');
  const asked = new Map(keys.map((key, at) => [returnId(key), versions[at] ?? '']));
  const granted = await grants(press, 'approve a return', once(keys));
  if ('refusal' in granted) return { reply: granted.refusal };
  await keep(press.service, press.now);
  const outcomes: Outcome[] = [];
  for (const grant of granted.grants) {
    outcomes.push(await approveOne(press, grant, asked.get(returnId(grant.key)) ?? ''));
  }
  return answered(press, outcomes, (done) => ({
    headline: `Approved: ${count(done.length, 'return')}`,
    nothing: 'Nothing was approved',
    approved: codeOf(done.map(({ key }) => key)),
  }));
}

/** Takes approvals back. What was accepted with them stays accepted. */
export async function undoApprovals(press: Press, keys: readonly ReturnKey[]): Promise<Acted> {
  const granted = await grants(press, 'undo an approval', once(keys));
  if ('refusal' in granted) return { reply: granted.refusal };
  const outcomes: Outcome[] = [];
  for (const { key, who } of granted.grants) {
    const filed = heldOf(press.now, key);
    const deciding = await append(press, key, (made) =>
      undoApproval(made, filed, who, press.now.at),
    );
    outcomes.push(outcomeOf({ key, who }, deciding, 0));
  }
  return answered(press, outcomes, (done) => ({
    headline: `Taken back: ${count(done.length, 'approval')}`,
    nothing: 'Nothing was taken back',
    approved: '',
  }));
}

const once = (keys: readonly ReturnKey[]): ReturnKey[] => [
  ...new Map(keys.map((key) => [returnId(key), key])).values(),
];

function heldOf({ situation, assessment }: Look, key: ReturnKey): Return | 'unread' | undefined {
  if (situation.unread.has(key.form)) return 'unread';
  return assessment.statuses.find((status) => sameReturn(status, key))?.filed;
}

async function approveOne(press: Press, { key, who }: Grant, shown: string): Promise<Outcome> {
  const { now } = press;
  const left = (reason: string): Outcome => ({ key, who, kind: 'left', reason });
  const approvable = approvableIn(now, key);
  if (approvable.kind === 'is') {
    const reason = `approved already by ${whoAndWhen(approvable.approval)}`;
    return { key, who, kind: 'so', reason };
  }
  const held = heldOf(now, key);
  if (held && held !== 'unread' && !isItemShown(shown, held)) {
    const when = whenShortly(held.modifiedAt, now.at);
    return left(`changed ${when.length > 5 ? 'on' : 'at'} ${when}: please look again`);
  }
  if (approvable.kind === 'cannot') return left(approvable.why);
  if (changedFrom(shown, approvable) === 'findings') return left(ANSWERED_MEANWHILE);
  for (const record of approvable.explained) {
    if (!(await acceptAsShown(press, record, who))) return left(ANSWERED_MEANWHILE);
  }
  const accepted = approvable.explained.map(({ finding }) => finding.id);
  const deciding = await append(press, key, (made) =>
    approve(made, approvable.filed, who, { at: now.at, accepted }),
  );
  return outcomeOf({ key, who }, deciding, accepted.length);
}

const ANSWERED_MEANWHILE = 'what was raised or explained has changed: please look again';

const outcomeOf = (grant: Grant, deciding: Deciding, accepted: number): Outcome =>
  deciding.ok
    ? { ...grant, kind: 'done', accepted }
    : { ...grant, kind: deciding.isSo ? 'so' : 'left', reason: deciding.reason };

/** How often somebody else may decide about the same thing in the same moment. */
const MOST_ROUNDS = 10;

/** Accepts an explanation that is still the one that was shown; false where it is not. */
async function acceptAsShown(
  { service, now }: Press,
  { finding, explanation }: FindingRecord,
  who: Person,
): Promise<boolean> {
  const { findings } = service.memory;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const held = await findings.hold(finding.id);
    if (held?.value.status !== 'explained' || held.value.explanation !== explanation) return false;
    const accepted = accept(held.value, who, now.at, 'with the approval of the return');
    if (!accepted.ok) return false;
    if (await findings.replace(held, accepted.record)) return true;
  }
  return false;
}

/** Appends what is decided on what was decided by then, so that of two who press only one decides. */
async function append(
  { service: { memory, log } }: Press,
  key: ReturnKey,
  decide: (made: readonly ApprovalEvent[]) => Deciding,
): Promise<Deciding> {
  const id = returnId(key);
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const before = (await memory.approvals.get(id))?.made;
    const deciding = decide(before ?? []);
    if (!deciding.ok) return deciding;
    if (await appended(memory, id, before, deciding.made)) {
      const { what, by, at } = deciding.made;
      log.info({ return: id, what, by, at }, 'decided on an approval');
      return deciding;
    }
  }
  throw new Error(`The approval of ${id} was decided on ${MOST_ROUNDS} times in a row.`);
}

/** Appends to what was read; false where somebody else has appended since. */
function appended(
  { approvals }: Pick<Memory, 'approvals'>,
  id: string,
  before: ApprovalEvent[] | undefined,
  made: ApprovalEvent,
): Promise<boolean> {
  if (!before) return approvals.add(id, { made: [made] });
  return approvals.change(id, (kept) =>
    kept.made.length === before.length ? { made: [...kept.made, made] } : undefined,
  );
}

type Wording = { headline: string; nothing: string; approved: string };

/** The pressed card as it stands now, with what was done and what was left out, and why. */
async function answered(
  press: Press,
  outcomes: readonly Outcome[],
  wordingOf: (done: readonly Outcome[]) => Wording,
): Promise<Acted> {
  const done = outcomes.filter(({ kind }) => kind === 'done');
  const { headline, nothing, approved } = wordingOf(done);
  const isSo = outcomes.every(({ kind }) => kind === 'so');
  const told = {
    headline: done.length > 0 ? headline : isSo ? 'It is so already' : nothing,
    lines: linesOf(outcomes),
  };
  const tone: NoteView['tone'] = outcomes.some(({ kind }) => kind === 'left')
    ? 'attention'
    : 'good';
  const [first] = outcomes;
  const now = await look(press.service, press.now.at);
  if (first && press.on === 'district') {
    const card = renderCard('district', districtView(first.key.district, now, first.who));
    return { inPlace: card, reply: note(told.headline, told.lines.join('. '), tone) };
  }
  const before = { done: { ...told, returns: approved, on: 'approvals' as const }, tone };
  return { inPlace: renderCard('approvals', approvalsView(now, first?.key, before)) };
}

function linesOf(outcomes: readonly Outcome[]): string[] {
  const done = outcomes.filter((one) => one.kind === 'done');
  const accepted = done.reduce((sum, one) => sum + one.accepted, 0);
  return [
    ...(done.length > 0 ? [done.map(({ key }) => nameOf(key)).join(', ')] : []),
    ...(accepted > 0 ? [`${count(accepted, 'explanation')} accepted with it`] : []),
    ...outcomes.flatMap((one) =>
      one.kind === 'done' ? [] : [`${nameOf(one.key)}: ${one.reason}`],
    ),
  ];
}

/** `Dover KPI`. */
const nameOf = ({ district, form }: ReturnKey): string => `${district} ${form}`;

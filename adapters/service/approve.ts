import type { Person } from '../../bot/access/people.ts';
import { approvableIn, heldOf, type Approvable } from '../../bot/approvable.ts';
import type { TermKey } from '../../bot/calendar/terms.ts';
import { accept, type Answered } from '../../bot/findings/answering.ts';
import { explanationInWords } from '../../bot/findings/explanation.ts';
import { deedOf, isToDecide, type FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import {
  approve,
  undoApproval,
  whoAndWhen,
  type ApprovalEvent,
  type Deciding,
} from '../../bot/returns/approval.ts';
import { returnId, sameReturn, type ReturnKey } from '../../bot/returns/return.ts';
import { codeOf } from '../../cards/actions.ts';
import { renderCard, type Card } from '../../cards/render.ts';
import type { NoteView } from '../../cards/views.ts';
import { approvalsView, changedFrom, changedWhen, isItemShown } from '../presenting/approvals.ts';
import { districtView } from '../presenting/commissioner-cards.ts';
import { count } from '../presenting/words.ts';
import type { ApprovalsMade } from '../storage/memory.ts';
import { changeFinding, whyNotReopened } from './answer-finding.ts';
import { grants, type Grant } from './arrange.ts';
import { decideOnKept } from './decide-on-kept.ts';
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
    outcomes.push(outcomeOf({ key, who }, deciding));
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
    return left(`${changedWhen(held.modifiedAt, now.at)}: please look again`);
  }
  if (approvable.kind === 'cannot') return left(approvable.why);
  if (changedFrom(shown, approvable) === 'findings') return left(ANSWERED_MEANWHILE);
  const accepted: Accepted = new Map();
  let deciding: Deciding | undefined;
  try {
    deciding = await append(press, key, (made) =>
      approveAsShown(press, who, { ...approvable, made, accepted }),
    );
    return outcomeOf({ key, who }, deciding);
  } finally {
    if (!deciding?.ok) await takeBack(press, who, accepted);
  }
}

/** What was accepted in this act, as it stood before, by the finding's id. */
type Accepted = Map<string, FindingRecord>;

type Approving = Extract<Approvable, { kind: 'can' }> & {
  made: readonly ApprovalEvent[];
  accepted: Accepted;
};

/**
 * Accepts what is explained, and approves. What was accepted before is written again as it is: whoever
 * takes an acceptance back in the same moment, on what stood before, has to look again.
 */
async function approveAsShown(
  press: Press,
  who: Person,
  { filed, explained, made, accepted }: Approving,
): Promise<Deciding> {
  const { at, assessment } = press.now;
  const bare = approve(made, filed, who, { at, accepted: [] });
  if (!bare.ok) return bare;
  const resting = [...explained, ...acceptedOn(filed, assessment.register)];
  if (!(await areAsShown(press, who, resting))) return leftOut(ANSWERED_MEANWHILE);
  for (const shown of resting) {
    const change = await changeFinding(press, shown.finding.id, acceptedAs(shown, who, at));
    if (typeof change === 'string' || !change.ok) return leftOut(ANSWERED_MEANWHILE);
    if (isOfThisAct(change.record, who, at)) accepted.set(shown.finding.id, shown);
  }
  return approve(made, filed, who, { at, accepted: [...accepted.keys()] });
}

/** Whether all can be accepted, before any is: where one was answered meanwhile nothing is accepted. */
async function areAsShown(
  { service: { memory }, now }: Press,
  who: Person,
  resting: readonly FindingRecord[],
): Promise<boolean> {
  const held = await Promise.all(resting.map(({ finding }) => memory.findings.hold(finding.id)));
  return resting.every((shown, i) => {
    const record = held[i]?.value;
    return record !== undefined && acceptedAs(shown, who, now.at)(record).ok;
  });
}

/** What was accepted with an approval that came to nothing is as it was, unless another approval rests on it. */
async function takeBack(press: Press, who: Person, accepted: Accepted): Promise<void> {
  for (const [id, before] of accepted) {
    await changeFinding(press, id, async (record) => {
      const isAsLeft = record.status === 'accepted' && isOfThisAct(record, who, press.now.at);
      const why = isAsLeft ? await whyNotReopened(press, record) : ANSWERED_MEANWHILE;
      const asBefore = { ...before, finding: record.finding };
      return why === undefined ? { ok: true, record: asBefore } : { ok: false, reason: why };
    });
  }
}

const acceptedOn = (
  key: ReturnKey,
  register: Look['assessment']['register'],
): readonly FindingRecord[] =>
  [...register.values()].filter(
    ({ finding, status }) => status === 'accepted' && sameReturn(finding, key),
  );

const WITH_APPROVAL = 'with the approval of the return';

const isSaidAs = (a: FindingRecord, b: FindingRecord): boolean =>
  explanationInWords(a.explanation) === explanationInWords(b.explanation);

/** Accepts an explanation where nothing was said or decided since it was shown. */
const acceptedAs =
  (shown: FindingRecord, who: Person, at: Date) =>
  (record: FindingRecord): Answered => {
    if (record.status === 'accepted' && isSaidAs(shown, record)) {
      return { ok: true, record };
    }
    const isAsShown = record.history.length === shown.history.length;
    return isAsShown && isToDecide(record)
      ? accept(record, who, at, WITH_APPROVAL)
      : { ok: false, reason: ANSWERED_MEANWHILE };
  };

/** Not what was accepted on another occasion, or by somebody else in the same moment. */
function isOfThisAct(record: FindingRecord, who: Person, at: Date): boolean {
  const { byId, text, at: when } = deedOf(record, 'accepted') ?? {};
  return byId === who.id && text === WITH_APPROVAL && when !== undefined && when >= at;
}

const OTHERS_DECIDE = 'others are deciding on it at this moment: please try again';
const ANSWERED_MEANWHILE = 'what was raised or explained has changed: please look again';

const leftOut = (reason: string): Deciding => ({ ok: false, isSo: false, reason });

function outcomeOf(grant: Grant, deciding: Deciding): Outcome {
  if (!deciding.ok) {
    return { ...grant, kind: deciding.isSo ? 'so' : 'left', reason: deciding.reason };
  }
  const { made } = deciding;
  return { ...grant, kind: 'done', accepted: made.what === 'approved' ? made.accepted.length : 0 };
}

/** Appends what is decided on what was decided by then, so that of two who press only one decides. */
async function append(
  { service: { memory, log } }: Press,
  key: ReturnKey,
  decide: (made: readonly ApprovalEvent[]) => Deciding | Promise<Deciding>,
): Promise<Deciding> {
  const id = returnId(key);
  type Appended = { keep: ApprovalsMade; made: ApprovalEvent };
  const decided = await decideOnKept(
    memory.approvals,
    id,
    async (there): Promise<Appended | { not: Deciding }> => {
      const before = there?.made ?? [];
      const deciding = await decide(before);
      if (!deciding.ok) return { not: deciding };
      return { keep: { made: [...before, deciding.made] }, made: deciding.made };
    },
  );
  if (decided === 'contended') return leftOut(OTHERS_DECIDE);
  if ('not' in decided) return decided.not;
  const { made } = decided;
  log.info({ return: id, what: made.what, by: made.by, at: made.at }, 'decided on an approval');
  return { ok: true, made };
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

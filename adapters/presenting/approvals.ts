import { createHash } from 'node:crypto';
import { candidatesOf, chosenTerm, isClean, termsToApprove } from '../../bot/approvable.ts';
import type { Approvable, Candidate } from '../../bot/approvable.ts';
import { londonDay, londonTime, shortInstant } from '../../bot/calendar/london.ts';
import { sameTerm, termName, type TermKey } from '../../bot/calendar/terms.ts';
import type { ChaseEntry } from '../../bot/chase/history.ts';
import { explanationInWords } from '../../bot/findings/explanation.ts';
import { messageOf } from '../../bot/findings/finding.ts';
import { deedOf, type FindingRecord } from '../../bot/findings/register.ts';
import type { Look } from '../../bot/look.ts';
import {
  changesInWords,
  voidedInWords,
  voidingId,
  voidingInFull,
  type Voided,
} from '../../bot/returns/approval.ts';
import { FORMS } from '../../bot/returns/measure.ts';
import {
  formName,
  returnName,
  sameReturn,
  type Return,
  type ReturnKey,
} from '../../bot/returns/return.ts';
import { codeOf, codeOfTerm } from '../../cards/actions.ts';
import type { ApprovalsView, ApproveView, ReturnsView } from '../../cards/views.ts';
import { asLines } from './arranged.ts';
import { count, shortened } from './words.ts';

/** How many returns a card offers with what there is to look at beside each. */
export const MOST_SINGLES = 4;
/** How many explanations a press accepts at the most: all of them stand beside the button. */
export const MOST_EXPLANATIONS = 4;
const MOST_CHANGES = 5;
const MOST_DISTRICTS = 8;
/** A button carries no more text than this. */
const LONGEST_CODE = 4000;

type Can = Extract<Approvable, { kind: 'can' }>;
type Offer = { key: ReturnKey; can: Can };

/** What can be approved of a term, and what the press before came to. */
export function approvalsView(
  look: Look,
  of: TermKey | undefined,
  before: Pick<ApprovalsView, 'done' | 'tone'> = { tone: 'default' },
): ApprovalsView {
  const terms = termsToApprove(look);
  const term = chosenTerm(terms, of);
  const candidates = term ? candidatesOf(term, look) : [];
  const clean = asManyAsFit(candidates.flatMap(({ key, approvable }) => cleanOf(key, approvable)));
  const offers = candidates.flatMap(({ key, approvable }) => singleOf(key, approvable));
  const singles = offers.slice(0, MOST_SINGLES);
  const shown = new Set([...clean, ...singles].map(({ key }) => key));
  const rest = candidates.filter(({ key, approvable }) => {
    return approvable.kind !== 'is' && !shown.has(key);
  });
  return {
    headline: term
      ? `${termName(term)}: ${count(clean.length, 'return')} of ${candidates.length} can be approved together`
      : 'There is no term to approve yet',
    ...before,
    clean: byForm(clean.map(({ key }) => key)),
    ...(clean.length > 0 ? { together: together(clean) } : {}),
    singles: singles.map((offer) => ({ ...singleView(offer, look), ...approveView(offer) })),
    ...notYet(rest),
    approved: byForm(candidates.filter((c) => c.approvable.kind === 'is').map(({ key }) => key)),
    terms: terms
      .filter((one) => term !== undefined && !sameTerm(one, term))
      .map((one) => ({ title: termName(one), of: codeOfTerm(one) })),
  };
}

const cleanOf = (key: ReturnKey, approvable: Approvable): Offer[] =>
  approvable.kind === 'can' && isClean(approvable) ? [{ key, can: approvable }] : [];

const singleOf = (key: ReturnKey, approvable: Approvable): Offer[] =>
  approvable.kind === 'can' && !isClean(approvable) && fits(approvable)
    ? [{ key, can: approvable }]
    : [];

/** Whether all that the press accepts can stand beside the button. */
const fits = ({ explained }: Can): boolean => explained.length <= MOST_EXPLANATIONS;

function asManyAsFit(offers: readonly Offer[]): Offer[] {
  let many = offers.length;
  while (codeOf(offers.slice(0, many).map(({ key }) => key)).length > LONGEST_CODE) many -= 1;
  return offers.slice(0, many);
}

const together = (offers: readonly Offer[]): ApproveView => ({
  on: 'approvals',
  button: offers.length === 1 ? 'Approve this one' : `Approve these ${offers.length}`,
  returns: codeOf(offers.map(({ key }) => key)),
  shown: offers.map(({ can }) => versionOf(can)).join(','),
});

function singleView({ key, can }: Offer, look: Look): { title: string; lines: string[] } {
  return { title: `${key.district}, ${formName(key.form)}`, lines: toLookAt(can, look.at) };
}

const approveView = ({ key, can }: Offer): ApproveView => ({
  on: 'approvals',
  button: buttonFor(can),
  returns: codeOf([key]),
  shown: versionOf(can),
});

function buttonFor({ explained, voided }: Can): string {
  const what = voided ? 'Approve again' : 'Approve';
  if (explained.length === 0) return what;
  return `${what}, accepting ${explained.length === 1 ? 'this explanation' : 'these explanations'}`;
}

/** What somebody should read before approving: what changed, and the explanations that are accepted. */
function toLookAt({ explained, voided }: Can, at: Date): string[] {
  return [
    ...(voided ? voidedLines(voided) : []),
    ...explained.map((record) => explainedLine(record, at)),
  ];
}

/** What voided an approval, and each change, as lines of a card. */
function voidedLines(voided: Voided): string[] {
  const changes = voided.changes ? changesInWords(voided.changes) : [];
  const more = changes.length - MOST_CHANGES;
  return asLines([
    voidedInWords(voided),
    ...changes.slice(0, MOST_CHANGES).map((change) => shortened(change, MOST_WORDS)),
    ...(more > 0 ? [`and ${count(more, 'more change')}`] : []),
  ]);
}

/**
 * What was changed after it was approved, for a commissioner's card of today: what they were told of on a
 * day before is no news.
 */
export function voidedNews({ assessment, situation, at }: Look, person: string): string[] {
  const today = londonDay(at);
  const news = assessment.voided.filter((one) => {
    const id = voidingId(one);
    const isToldOf = (entry: ChaseEntry) =>
      entry.about === id && entry.person === person && entry.outcome === 'sent';
    return !situation.log.some((entry) => isToldOf(entry) && londonDay(entry.at) < today);
  });
  const more = news.length - MOST_NEWS;
  return [
    ...news.slice(0, MOST_NEWS).map((one) => {
      return shortened(
        `${one.key.district}, ${returnName(one.key)}: ${voidingInFull(one)}`,
        MOST_WORDS,
      );
    }),
    ...(more > 0 ? [`and ${more} more: type “what can be approved”`] : []),
  ];
}

/** How many of them stand on the alert. */
export const MOST_NEWS = 3;

export const MOST_WORDS = 200;

function explainedLine(record: FindingRecord, at: Date): string {
  const { finding } = record;
  const explanation = explanationInWords(record.explanation);
  const said = deedOf(record, 'explained');
  const who = said ? ` (${said.by}, ${whenShortly(said.at, at)})` : '';
  return `${shortened(messageOf(finding), MOST_WORDS)} Explained: “${shortened(explanation, MOST_WORDS)}”${who}`;
}

const isToday = (then: Date, at: Date): boolean => londonDay(then) === londonDay(at);

/** `10:14` of today, or `Fri 20 Nov, 10:14`. */
const whenShortly = (then: Date, at: Date): string =>
  isToday(then, at) ? londonTime(then) : shortInstant(then);

/** `changed at 10:14`, or `changed on Fri 20 Nov, 10:14`. */
export const changedWhen = (then: Date, at: Date): string =>
  `changed ${isToday(then, at) ? 'at' : 'on'} ${whenShortly(then, at)}`;

function byForm(keys: readonly ReturnKey[]): ReturnsView[] {
  const groups = Map.groupBy(keys, ({ form }) => form);
  return FORMS.flatMap((form) => {
    const districts = groups.get(form)?.map(({ district }) => district) ?? [];
    if (districts.length === 0) return [];
    return [{ form: `${formName(form)} (${districts.length})`, districts: districts.join(', ') }];
  });
}

/** What keeps the others from it, a line for each district. */
function notYet(candidates: readonly Candidate[]): Pick<ApprovalsView, 'notYet' | 'more'> {
  const rows = [...Map.groupBy(candidates, ({ key }) => key.district)].map(([district, mine]) => ({
    district,
    text: mine
      .map(({ key, approvable }) => `${formName(key.form)}: ${whyNot(approvable)}`)
      .join('; '),
  }));
  const rest = rows.slice(MOST_DISTRICTS).map(({ district }) => district);
  return {
    notYet: rows.slice(0, MOST_DISTRICTS),
    more: rest.length === 0 ? '' : `and ${rest.length} more: ${rest.join(', ')}`,
  };
}

function whyNot(approvable: Approvable): string {
  if (approvable.kind === 'cannot') return approvable.why;
  if (approvable.kind === 'is') return 'approved';
  const { explained, voided } = approvable;
  const decide =
    explained.length > 0 ? [`${count(explained.length, 'explanation')} to decide`] : [];
  const again = voided ? ['changed since it was approved'] : [];
  return [...again, ...decide].join(', ') || 'can be approved next';
}

/** What a return of the district's own card says and offers about its approval. */
export function approvalOnDistrict(
  key: ReturnKey,
  approvable: Approvable,
  { at, assessment }: Look,
): { approval: string[]; approve?: ApproveView; canUndoApproval: boolean } {
  if (approvable.kind === 'is') {
    const { name, at: then } = approvable.approval;
    return { approval: [`Approved by ${name}, ${shortInstant(then)}`], canUndoApproval: true };
  }
  if (approvable.kind === 'can' && fits(approvable)) {
    const approve = { ...approveView({ key, can: approvable }), on: 'district' as const };
    return { approval: toLookAt(approvable, at), approve, canUndoApproval: false };
  }
  const voided = assessment.voided.find((one) => sameReturn(one.key, key));
  return { approval: voided ? voidedLines(voided) : [], canUndoApproval: false };
}

/** What a card was made from, of a return: its item's version, and the explanations beside the button. */
export const versionOf = ({ filed, explained }: Pick<Can, 'filed' | 'explained'>): string =>
  `${itemVersion(filed)}.${explanationsVersion(explained)}`;

/** How a press finds what was shown changed: the item, or only what is explained. */
export function changedFrom(
  shown: string,
  { filed, explained }: Can,
): 'item' | 'findings' | undefined {
  const [item, findings] = shown.split('.');
  if (item !== itemVersion(filed)) return 'item';
  return findings === explanationsVersion(explained) ? undefined : 'findings';
}

/** Whether an item is the one that a card was made from. */
export const isItemShown = (shown: string, filed: Return): boolean =>
  shown.split('.')[0] === itemVersion(filed);

const itemVersion = ({ itemId, etag }: Return): string => digestOf([itemId, etag]);

const explanationsVersion = (explained: readonly FindingRecord[]): string =>
  digestOf(
    explained.map(({ finding, status, explanation }) => [
      finding.id,
      status,
      explanationInWords(explanation),
    ]),
  );

const DIGEST_LENGTH = 12;

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, DIGEST_LENGTH);

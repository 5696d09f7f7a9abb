import { addDays, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { sameTerm, termName, type TermKey } from '../../bot/calendar/terms.ts';
import { leads, leadsOf, type Person } from '../../bot/access/people.ts';
import { pauseFor, standingFor } from '../../bot/chase/arrangement.ts';
import { askAgain, escalate, whyNotWithdrawn } from '../../bot/chase/arranging.ts';
import type { ChaseEntry } from '../../bot/chase/history.ts';
import { isEscalated, openTerm } from '../../bot/chase/outstanding.ts';
import type { ReturnStatus } from '../../bot/chase/situation.ts';
import { subjectOf } from '../../bot/chase/subject.ts';
import { formName, keyOf, returnId, returnName } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';
import { codeOf } from '../../cards/actions.ts';
import type {
  AlertView,
  ChasedView,
  DistrictReturnView,
  DistrictView,
  MissingView,
} from '../../cards/views.ts';
import { approvableIn, hasApproval } from '../../bot/approvable.ts';
import { gatheredIn, notCheckedInWords, notSavedYet, type Look } from '../../bot/look.ts';
import { approvalOnDistrict, voidedNews } from './approvals.ts';
import { asLines, askingOf, standsFor } from './arranged.ts';
import { MOST_FINDINGS } from './finding-words.ts';
import { allOf, fewFindings, openFindings } from './findings-list.ts';
import { notReached } from './not-reached.ts';
import { count, shortened, stateInWords, statusLine } from './words.ts';

/** What a commissioner is told of today: who was chased, what is missing, what looks wrong, what was changed. */
export function alertView(look: Look, isLocal: boolean, person = ''): AlertView {
  const missing = missingByDistrict(look);
  const findings = openFindings(look);
  const chased = chasedToday(look);
  const voided = voidedNews(look, person);
  return {
    headline: `${shortDay(londonDay(look.at))}: ${count(askedFor(missing), 'district')} with something missing, ${count(findings.length, 'figure')} that ${findings.length === 1 ? 'looks' : 'look'} wrong${voided.length > 0 ? ', and changes after approval' : ''}`,
    chased,
    districts: missing.map(({ district, text }, row) => ({
      row,
      district,
      text: shortened(text, MOST_WORDS),
      tomorrow: tomorrow(look),
    })),
    findings: fewFindings(findings, MOST_FINDINGS, look, true),
    all: allOf(findings, MOST_FINDINGS, ''),
    voided,
    problems: fewProblems([
      ...notReached(look),
      ...look.assessment.problems,
      ...notSavedYet(look.remembered.saving),
    ]),
    notChecked: notChecked(look),
    isLocal,
  };
}

/** As many as are read at once; the others follow as these are mended. */
function fewProblems(problems: readonly string[]): string[] {
  const more = problems.length - MOST_PROBLEMS;
  const shown = problems.slice(0, MOST_PROBLEMS).map((text) => shortened(text, MOST_OF_A_PROBLEM));
  return more > 0 ? [...shown, `and ${more} more, which follow as these are mended`] : shown;
}

const MOST_PROBLEMS = 8;
const MOST_OF_A_PROBLEM = 240;

/** What is said of one district at the most: with all twelve the alert still fits. The rest is on its own card. */
export const MOST_WORDS = 180;

/** Who is missing, when a commissioner asks. */
export function missingView(look: Look, isLocal: boolean): MissingView {
  const rows = missingByDistrict(look);
  const term = gatheredIn(look);
  const headline =
    askedFor(rows) > 0
      ? `${count(askedFor(rows), 'district')} with something missing${term ? `, ${termName(term)}` : ''}`
      : look.reading.notChecked.length > 0
        ? 'Nothing is known to be missing, but not everything could be checked'
        : 'Nothing is missing';
  const shown = rows.map(({ district, text }) => ({ district, text }));
  return { headline, rows: shown, notChecked: notChecked(look), isLocal };
}

/** One district, when somebody asks who may see it; a commissioner may act on it. */
export function districtView(district: string, look: Look, who: Person): DistrictView {
  const isDecider = who.role === 'Commissioner';
  const term = gatheredIn(look);
  const findings = openFindings(look).filter(({ finding }) => finding.district === district);
  const more = findings.length - MOST_FINDINGS;
  const pause = pauseFor(district, look.situation);
  const recently = lastChase(district, look);
  return {
    district,
    term: term ? termName(term) : 'No term is being gathered',
    returns: [
      ...returnsOf(district, term, look).map((s, i) =>
        districtReturn(s, MOST_FINDINGS + i, look, who),
      ),
      ...look.reading.notChecked.map(notReadView),
    ],
    findings: fewFindings(findings, MOST_FINDINGS, look, isDecider).flatMap(({ rules }) => rules),
    all: isDecider ? allOf(findings, MOST_FINDINGS, district) : [],
    more: !isDecider && more > 0 ? `and ${more} more` : '',
    paused: pause ? `Paused until ${shortDay(pause.until)} by ${pause.name}.` : recently,
    isPaused: pause !== undefined,
    canChase: isDecider,
    tomorrow: tomorrow(look),
  };
}

/** Those of the term being gathered; of others what is still owed, approved lately or changed after that. */
function returnsOf(district: string, term: TermKey | undefined, look: Look): ReturnStatus[] {
  return look.assessment.statuses.filter(
    (s) =>
      s.district === district &&
      ((term !== undefined && sameTerm(s, term)) ||
        (!isFiled(s.state) && openTerm(s, look.situation) !== undefined) ||
        hasApproval(s, look)),
  );
}

function districtReturn(
  status: ReturnStatus,
  row: number,
  look: Look,
  who: Person,
): DistrictReturnView {
  const term = gatheredIn(look);
  const asking = askingOf(status, who, look);
  const isDecider = who.role === 'Commissioner';
  return {
    row,
    title: term && sameTerm(status, term) ? formName(status.form) : returnName(status),
    state: stateInWords(status.state),
    detail: lineOf(status, look),
    stands: asLines(standsFor(status, look)),
    returns: codeOf([status]),
    canTell: isDecider && escalate(asking).ok,
    canWithdraw: isDecider && whyNotWithdrawn(asking) === undefined,
    canAskAgain: isDecider && askAgain(asking).ok,
    ...approvalFor(status, isDecider, look),
    on: 'district',
  };
}

/** Its own lead may read what stands about the approval of a return. */
function approvalFor(status: ReturnStatus, isDecider: boolean, look: Look) {
  const offered = approvalOnDistrict(keyOf(status), approvableIn(look, status), look);
  return isDecider ? offered : { approval: offered.approval, canUndoApproval: false };
}

const notReadView = ({ list, reason }: { list: string; reason: string }): DistrictReturnView => ({
  row: 0,
  title: list,
  state: 'Could not check',
  detail: reason,
  stands: [],
  returns: '',
  canTell: false,
  canWithdraw: false,
  canAskAgain: false,
  approval: [],
  canUndoApproval: false,
  on: 'district',
});

const tomorrow = (look: Look): string => addDays(londonDay(look.at), 1);

const notChecked = ({ reading }: Look): string[] => notCheckedInWords(reading.notChecked);

/** Districts with something that is asked for. */
const askedFor = (missing: readonly MissingDistrict[]): number =>
  missing.filter(({ isAsked }) => isAsked).length;

type MissingDistrict = { district: string; text: string; isAsked: boolean };

function missingByDistrict(look: Look): MissingDistrict[] {
  const gathered = gatheredIn(look);
  const missing = look.assessment.statuses
    .filter((s) => !isFiled(s.state) && !look.situation.saving.has(returnId(s)))
    .filter(
      (s) =>
        (gathered !== undefined && sameTerm(s, gathered)) ||
        openTerm(s, look.situation) !== undefined,
    );
  return [...Map.groupBy(missing, (s) => s.district)].map(([district, statuses]) => ({
    district,
    text: [
      ...(statuses.some((s) => isEscalated(s, look.situation) && isAskedFor(s, look))
        ? [`${look.reading.policy.commissionerStage} working days late or more: for you to take up`]
        : []),
      ...statuses.map((s) =>
        [`${formName(s.form)}: ${lower(lineOf(s, look))}`, ...standsFor(s, look)].join('; '),
      ),
    ].join('. '),
    isAsked: statuses.some((s) => isAskedFor(s, look)),
  }));
}

const isAskedFor = (status: ReturnStatus, { situation }: Look): boolean =>
  standingFor(status, situation).withdrawn === undefined;

const lineOf = (status: ReturnStatus, look: Look): string =>
  look.situation.saving.has(returnId(status))
    ? 'Received, being saved'
    : statusLine(status, look.reading.terms, look.at);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Today's chases: those that reached somebody first, then the others with what to do about them. */
function chasedToday(look: Look): ChasedView[] {
  const today = chases(look).filter((e) => londonDay(e.at) === londonDay(look.at));
  const byPerson = Map.groupBy(today, (e) => e.person);
  const chased = leads(look.reading.people).flatMap((lead) => {
    const entries = byPerson.get(lead.id) ?? [];
    const outcome = entries.at(-1)?.outcome;
    if (!outcome) return [];
    return [{ lead, about: chasedFor(entries, look), outcome }];
  });
  return OUTCOME_ORDER.flatMap((outcome) => {
    const alike = chased.filter((c) => c.outcome === outcome);
    return alike.map(({ lead, about }, i) => ({
      district: lead.districts.join(', '),
      text: `${lead.name}: ${about}. ${OUTCOMES[outcome].text}`,
      remedy: i === alike.length - 1 ? OUTCOMES[outcome].remedy : '',
    }));
  });
}

const chases = ({ situation }: Look): ChaseEntry[] =>
  situation.log.filter(({ kind }) => kind === 'chase');

function chasedFor(entries: readonly ChaseEntry[], look: Look): string {
  const about = new Set(entries.map((e) => e.about));
  const returns = look.assessment.statuses.filter((s) => about.has(returnId(s)));
  return returns.length > 0
    ? returns.map((s) => formName(s.form)).join(' and ')
    : count(about.size, 'figure to check', 'figures to check');
}

type Outcome = ChaseEntry['outcome'];
const OUTCOME_ORDER: readonly Outcome[] = [
  'sent',
  'waiting',
  'failed',
  'blocked',
  'no bot installed',
];

const OUTCOMES: Record<Outcome, { text: string; remedy: string }> = {
  sent: { text: 'Card sent', remedy: '' },
  waiting: {
    text: 'Not delivered yet',
    remedy: 'Teams did not take these messages. They are tried some more times.',
  },
  failed: {
    text: 'Could not be delivered',
    remedy:
      'These messages could not be sent. Please telephone, and tell whoever looks after the bot: its log says why.',
  },
  blocked: {
    text: 'Could not be reached',
    remedy: 'The bot was blocked or removed. Please telephone.',
  },
  'no bot installed': {
    text: 'Could not be reached',
    remedy:
      'The bot is not installed for these people. Ask the Teams administrator to install it, and telephone meanwhile.',
  },
};

function lastChase(district: string, look: Look): string {
  const people = new Set(leadsOf(look.reading.people, district).map((p) => p.id));
  const isAbout = (about: string) => subjectOf(about)?.key.district === district;
  const last = chases(look).findLast((e) => people.has(e.person) && isAbout(e.about));
  return last ? `Last chased ${shortDay(londonDay(last.at))}. ${OUTCOMES[last.outcome].text}.` : '';
}

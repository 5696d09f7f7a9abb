import { addDays, londonDay, shortDay } from '../../bot/calendar/london.ts';
import { findTerm, sameTerm, termName, type TermKey } from '../../bot/calendar/terms.ts';
import { termBeingGathered } from '../../bot/calendar/open-terms.ts';
import { leads, leadsOf } from '../../bot/access/people.ts';
import { isEscalated } from '../../bot/chase/outstanding.ts';
import { pauseFor, type ChaseEntry, type ReturnStatus } from '../../bot/chase/situation.ts';
import { isOpen, type FindingRecord } from '../../bot/findings/register.ts';
import { formName, returnId } from '../../bot/returns/return.ts';
import { isFiled } from '../../bot/returns/state.ts';
import type { AlertView, ChasedView, DistrictView, MissingView } from '../../cards/views.ts';
import { notSavedYet, type Look } from '../../bot/look.ts';
import { byUrgency, findingForCommissioner, findingToRead, MOST_FINDINGS } from './finding-view.ts';
import { count, stateInWords, statusLine } from './words.ts';

/** What a commissioner is told of today: who was chased, what is missing, what looks wrong. */
export function alertView(look: Look, isLocal: boolean): AlertView {
  const missing = missingByDistrict(look);
  const findings = currentFindings(look);
  const chased = chasedToday(look);
  return {
    headline: `${shortDay(londonDay(look.at))}: ${count(missing.length, 'district')} with something missing, ${count(findings.length, 'figure')} that ${findings.length === 1 ? 'looks' : 'look'} wrong`,
    chased,
    districts: missing.map(({ district, text }, row) => ({
      row,
      district,
      text,
      tomorrow: tomorrow(look),
    })),
    findings: findings
      .slice(0, MOST_FINDINGS)
      .map((record, i) => findingForCommissioner(record, missing.length + i, look.at)),
    more: moreOf(findings),
    problems: [...look.assessment.problems, ...notSavedYet(look.remembered.saving)],
    notChecked: notChecked(look),
    isLocal,
  };
}

/** Who is missing, when a commissioner asks. */
export function missingView(look: Look, isLocal: boolean): MissingView {
  const rows = missingByDistrict(look);
  const term = termBeingGathered(look.assessment.calendar, look.at);
  const headline =
    rows.length > 0
      ? `${count(rows.length, 'district')} with something missing${term ? `, ${termName(term)}` : ''}`
      : look.reading.notChecked.length > 0
        ? 'Nothing is known to be missing, but not everything could be checked'
        : 'Nothing is missing';
  return { headline, rows, notChecked: notChecked(look), isLocal };
}

/** One district, when somebody asks who may see it. */
export function districtView(district: string, look: Look, canChase: boolean): DistrictView {
  const present = canChase ? findingForCommissioner : findingToRead;
  const term = termBeingGathered(look.assessment.calendar, look.at);
  const statuses = look.assessment.statuses.filter(
    (s) => s.district === district && term !== undefined && sameTerm(s, term),
  );
  const findings = currentFindings(look).filter(({ finding }) => finding.district === district);
  const pause = pauseFor(district, look.situation);
  const recently = lastChase(district, look);
  return {
    district,
    term: term ? termName(term) : 'No term is being gathered',
    returns: [
      ...statuses.map((s) => ({
        title: formName(s.form),
        state: stateInWords(s.state),
        detail: lineOf(s, look),
      })),
      ...look.reading.notChecked.map(({ list, reason }) => ({
        title: list,
        state: 'Could not check',
        detail: reason,
      })),
    ],
    findings: findings.slice(0, MOST_FINDINGS).map((record, row) => present(record, row, look.at)),
    more: findings.length > MOST_FINDINGS ? `and ${findings.length - MOST_FINDINGS} more` : '',
    paused: pause ? `Paused until ${shortDay(pause.until)} by ${pause.by}.` : recently,
    isPaused: pause !== undefined,
    canChase,
    tomorrow: tomorrow(look),
  };
}

const tomorrow = (look: Look): string => addDays(londonDay(look.at), 1);

const notChecked = (look: Look): string[] =>
  look.reading.notChecked.map(({ list, reason }) => `${list}: could not check. ${reason}`);

/** Findings that a commissioner should know of: of terms that may still change, and of items that name none. */
function currentFindings(look: Look): FindingRecord[] {
  const today = londonDay(look.at);
  const isCurrent = (key: TermKey) => (findTerm(look.reading.terms, key)?.locks ?? '') >= today;
  return [...look.assessment.register.values()]
    .filter((record) => isOpen(record) && isCurrent(record.finding))
    .sort(byUrgency);
}

function moreOf(findings: readonly FindingRecord[]): string {
  const rest = findings.slice(MOST_FINDINGS);
  if (rest.length === 0) return '';
  const districts = [...new Set(rest.map((r) => r.finding.district))].join(', ');
  return `and ${rest.length} more (${districts}): type “show” and the district`;
}

function missingByDistrict(look: Look): { district: string; text: string }[] {
  const gathered = termBeingGathered(look.assessment.calendar, look.at);
  const missing = look.assessment.statuses
    .filter((s) => !isFiled(s.state) && !look.situation.saving.has(returnId(s)))
    .filter(
      (s) =>
        (gathered !== undefined && sameTerm(s, gathered)) ||
        (findTerm(look.reading.terms, s)?.locks ?? '') >= londonDay(look.at),
    );
  return [...Map.groupBy(missing, (s) => s.district)].map(([district, statuses]) => ({
    district,
    text: [
      ...statuses.map((s) => `${formName(s.form)}: ${lower(lineOf(s, look))}`),
      ...(statuses.some((s) => isEscalated(s, look.situation))
        ? [`${look.reading.policy.commissionerStage} working days late or more: for you to take up`]
        : []),
    ].join('. '),
  }));
}

const lineOf = (status: ReturnStatus, look: Look): string =>
  look.situation.saving.has(returnId(status))
    ? 'Received, being saved'
    : statusLine(status, look.reading.terms, look.at);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Today's chases: those that reached somebody first, then the others with what to do about them. */
function chasedToday(look: Look): ChasedView[] {
  const today = look.remembered.log.filter((e) => londonDay(e.at) === londonDay(look.at));
  const byPerson = Map.groupBy(today, (e) => e.person);
  const chased = leads(look.reading.people).flatMap((lead) => {
    const entries = byPerson.get(lead.id) ?? [];
    const outcome = entries.at(-1)?.outcome;
    return outcome ? [{ lead, outcome, about: subjectOf(entries, look) }] : [];
  });
  const outcomes = Object.keys(OUTCOMES) as ChaseEntry['outcome'][];
  return outcomes.flatMap((outcome) => {
    const alike = chased.filter((c) => c.outcome === outcome);
    return alike.map(({ lead, about }, i) => ({
      district: lead.districts.join(', '),
      text: `${lead.name}: ${about}. ${OUTCOMES[outcome].text}`,
      remedy: i === alike.length - 1 ? OUTCOMES[outcome].remedy : '',
    }));
  });
}

function subjectOf(entries: readonly ChaseEntry[], look: Look): string {
  const about = new Set(entries.map((e) => e.about));
  const returns = look.assessment.statuses.filter((s) => about.has(returnId(s)));
  return returns.length > 0
    ? returns.map((s) => formName(s.form)).join(' and ')
    : count(about.size, 'figure to check', 'figures to check');
}

const OUTCOMES: Record<ChaseEntry['outcome'], { text: string; remedy: string }> = {
  sent: { text: 'Card sent', remedy: '' },
  failed: {
    text: 'Not delivered yet',
    remedy: 'Teams did not take these messages. They are tried some more times.',
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
  const last = look.remembered.log.findLast((e) => people.has(e.person));
  return last ? `Last chased ${shortDay(londonDay(last.at))}. ${OUTCOMES[last.outcome].text}.` : '';
}

import { peopleOf, type Person } from '../../bot/access/people.ts';
import { shortInstant } from '../../bot/calendar/london.ts';
import { compareTerms, termLabel } from '../../bot/calendar/terms.ts';
import { addressedAs } from '../../bot/chase/chase-log-row.ts';
import type { Message } from '../../bot/chase/message.ts';
import type { NotSent, ReturnStatus } from '../../bot/chase/situation.ts';
import { stageShown } from '../../bot/chase/stage.ts';
import { decidedEarlier, outcomeInWords } from '../../bot/chase/story-so-far.ts';
import { subjectName, subjectOf } from '../../bot/chase/subject.ts';
import { whyNotInWords } from '../../bot/chase/why-not.ts';
import { messageOf } from '../../bot/findings/finding.ts';
import type { Look } from '../../bot/look.ts';
import { isFiled } from '../../bot/returns/state.ts';
import type { Change } from './deliver.ts';
import type { Swept } from './sweep.ts';
import { textTable, type Rows } from './text-table.ts';

/** A sweep in tables that a commissioner can read, wrapped to so many characters. */
export function inWords({ look, decision, changes }: Swept, width: number): string {
  const { assessment, reading } = look;
  const section = (title: string, head: readonly string[], rows: Rows, count = rows.length) =>
    rows.length === 0 ? `${title}: none` : `${title}: ${count}\n\n${textTable(head, rows, width)}`;
  const changed = (all: readonly Change[]) => all.map((one) => changeRow(one, reading.people));
  const findings = [...assessment.report.findings].sort((a, b) => (a.id < b.id ? -1 : 1));
  const unread = reading.notChecked.map(({ list, reason }) => [list, reason]);
  return [
    `As things stand on ${shortInstant(look.at)} (London)`,
    section(
      'To be sent',
      MESSAGE,
      decision.messages.flatMap((message) => messageRows(message, look)),
      decision.messages.length,
    ),
    section('Cards to be updated', CHANGE, changed(changes.updates)),
    section('To be withdrawn', CHANGE, changed(changes.withdrawals)),
    section(
      'Not sent',
      ['Who', 'District', 'About', 'Why'],
      notSentRows(decision.notSent),
      decision.notSent.length,
    ),
    section(
      'Returns',
      ['Term', 'State', 'How many', 'Which'],
      stateRows(look),
      assessment.statuses.length,
    ),
    section(
      'Findings',
      ['Severity', 'About, and the rule', 'What was found'],
      findings.map((f) => [f.severity, `${subjectName({ key: f })}\n${f.rule}`, messageOf(f)]),
    ),
    ...(unread.length > 0 ? [section('Could not check', ['List', 'Why'], unread)] : []),
    ...(assessment.problems.length > 0
      ? [
          section(
            'To be put right in the lists',
            ['What'],
            assessment.problems.map((p) => [p]),
          ),
        ]
      : []),
    '',
  ].join('\n\n');
}

const MESSAGE = ['To', 'About', 'Stage', 'Because'] as const;
const CHANGE = ['To', 'District', 'Because'] as const;

/** A line for each thing that is chased for; who it goes to stands on the first, and what came of it today. */
function messageRows(message: Message, look: Look): Rows {
  const { id, person, stage = '', logs } = message;
  const earlier = decidedEarlier(id, look);
  const name = person ? `${person.name}\n${person.role}` : 'Commissioning channel';
  const to = earlier ? `${name}\n${outcomeInWords(earlier, look.at)}` : name;
  if (logs.length === 0) return [[to, contents(message), stageShown(stage), DAILY[message.kind]]];
  return logs.map(({ about, stage: at, because }, i) => {
    const subject = subjectOf(about);
    const what = subject ? subjectName(subject) : about;
    return [i === 0 ? to : '', what, stageShown(at), because];
  });
}

const DAILY: Record<Message['kind'], string> = {
  chase: '',
  manager: '',
  alert: 'what is new for commissioners today',
  summary: 'the summary of the week',
};

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

const contents = ({ kind, returns, findings }: Message): string =>
  kind === 'summary'
    ? 'all districts'
    : `${counted(returns.length, 'return')}, ${counted(findings.length, 'finding')}`;

function changeRow({ delivery, because }: Change, people: readonly Person[]): string[] {
  const name = peopleOf(people, delivery.person)[0]?.name;
  const role = addressedAs(delivery);
  return [name ? `${name}\n${role}` : role, delivery.district ?? '', because];
}

/** What is the same for several things is one line: `15 returns`, `it is filed`. */
function notSentRows(all: readonly NotSent[]): Rows {
  const groups = Map.groupBy(all, ({ person, why, detail }) => [person, why, detail].join('|'));
  return [...groups.values()].map((group) => {
    const districts = [...new Set(group.map(({ district }) => district))];
    const [first] = group;
    return [
      first?.person || 'Nobody',
      districts.length === 1 ? (districts[0] ?? '') : `${districts.length} districts`,
      abouts(group),
      first ? whyNotInWords(first) : '',
    ];
  });
}

const MOST_NAMED = 3;

function abouts(group: readonly NotSent[]): string {
  const subjects = group.map(({ about }) => ({ about, subject: subjectOf(about) }));
  if (group.length <= MOST_NAMED) {
    return subjects
      .map(({ about, subject }) => (subject ? subjectName(subject) : about))
      .join('\n');
  }
  const queries = subjects.filter(({ subject }) => subject?.rule !== undefined).length;
  const parts = [
    ...(queries < group.length ? [counted(group.length - queries, 'return')] : []),
    ...(queries > 0 ? [queries === 1 ? '1 query' : `${queries} queries`] : []),
  ];
  return parts.join(', ');
}

/** By term, the latest first: what is not filed is named. */
function stateRows({ assessment, reading }: Look): Rows {
  const latestFirst = [...assessment.statuses].sort((a, b) => compareTerms(b, a));
  const groups = Map.groupBy(latestFirst, (one) => `${termLabel(one)}|${one.state}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = isFiled(first.state) ? [] : group.map((one) => statusName(one, reading.measures));
    return [[termLabel(first), first.state, String(group.length), names.join('\n')]];
  });
}

function statusName(
  { district, form, blank }: ReturnStatus,
  measures: Look['reading']['measures'],
): string {
  const questions = blank.map((id) => measures.find((m) => m.id === id)?.question ?? id);
  return `${district} ${form}${questions.length > 0 ? ` (blank: ${questions.join(', ')})` : ''}`;
}

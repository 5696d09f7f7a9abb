import { expect, test } from 'vitest';
import type {
  AlertView,
  DistrictFindingsView,
  FindingCardView,
  FindingsView,
  LeadCardView,
  ReturnFormView,
  SummaryView,
} from '../../cards/views.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { MOST_WORDS } from '../../adapters/presenting/commissioner-cards.ts';
import {
  MOST_LINES,
  MOST_OF_A_CONVERSATION,
  MOST_OF_A_LINE,
  MOST_OF_AN_OPERAND,
  MOST_OPERANDS,
} from '../../adapters/presenting/finding-conversation.ts';
import { MOST_FINDINGS } from '../../adapters/presenting/finding-words.ts';
import { FINDINGS_A_PAGE, MOST_OF_A_FINDING } from '../../adapters/presenting/findings-list.ts';
import { MOST_NEWS, MOST_WORDS as MOST_NEWS_WORDS } from '../../adapters/presenting/approvals.ts';
import { readJson, renderAny, sizeOf } from './samples.ts';

/** Older clients refuse a card above this. */
const LIMIT = 28 * 1024;

const lead = (): LeadCardView => readJson('lead.form.sample.json') as LeadCardView;

/** The sample form with so many questions, its own over and over. */
function formOf(count: number): LeadCardView {
  const view = lead();
  if (!view.form) throw new Error('The sample holds no form.');
  const asked = view.form.sections.flatMap((section) => section.questions);
  const questions = Array.from({ length: count }, (_, at) => ({
    ...asked[at % asked.length],
    id: `childrenSupportedByArea${at}`,
  }));
  const sections = [{ title: 'Schools and settings supported', questions }];
  return { ...view, form: { ...view.form, sections } as ReturnFormView };
}

test('a form of 20 questions is under 28 KB', () => {
  expect(sizeOf(renderAny('lead', formOf(20)))).toBeLessThan(LIMIT);
});

test('the longest form of the starter’s questions, with all that can be arranged, is under 28 KB', () => {
  const { form, promise, ...view } = readJson('lead.form.sample.json') as LeadCardView;
  const [first] = view.outstanding;
  if (!form || !promise || !first) throw new Error('The sample holds less than it should.');
  const questions = starterMeasures
    .filter((m) => m['Form'] === 'KPI' && !m['LastTerm'])
    .map((m) => ({
      id: String(m['Title']),
      question: String(m['Question']),
      definition: String(m['Definition'] ?? ''),
      lastTerm: 'Last term: 1,234',
      answer: '1,234',
      unit: String(m['Unit']).startsWith('percentage') ? '%' : '',
      without: '',
      reason: '',
      hasNoFigure: false,
      problem: '',
    }));
  expect(questions).toHaveLength(19);
  const promised = { ...first, stands: ['You said: by Fri 27 Nov'], canUndo: true };
  const stands = ['Handed over to Delphine Orr (demo), Mon 23 Nov, 09:14'];
  const handed = { ...first, stands, takeBack: 'Take it back' };
  const { returns, which } = promise;
  const id = '00000000-0000-4000-8000-000000000108';
  const colleagues = [1, 2, 3].map((n) => ({ title: `Delphine Orr ${n} (demo)`, value: id }));
  const card = renderAny('lead', {
    ...view,
    outstanding: [promised, handed],
    promise,
    handOver: { returns, which, colleagues, colleague: id },
    form: { ...form, sections: [{ title: 'Children supported', questions }] },
  } satisfies LeadCardView);
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

/** Findings of as many districts, each at its longest. */
function longFindings(count: number): DistrictFindingsView[] {
  const [group] = (readJson('findings.sample.json') as FindingsView).groups;
  const [rule] = group?.rules ?? [];
  const [finding] = rule?.findings ?? [];
  if (!group || !rule || !finding) throw new Error('The sample holds no finding.');
  const long = 'x'.repeat(MOST_OF_A_FINDING);
  return Array.from({ length: count }, () => ({
    ...group,
    rules: [
      {
        ...rule,
        wording: long,
        findings: [{ ...finding, figures: long, status: long, canAccept: true }],
      },
    ],
  }));
}

test('an alert with all 12 districts missing and 5 findings is under 28 KB', () => {
  const view = readJson('alert.sample.json') as AlertView;
  const names = (readJson('summary.sample.json') as SummaryView).rows.map((row) => row.district);
  expect(names).toHaveLength(12);
  const [first] = view.districts;
  const text = 'x'.repeat(MOST_WORDS);
  const districts = names.map((district, row) => ({ ...first, row, district, text }));
  const voided = Array.from({ length: MOST_NEWS + 1 }, () => 'x'.repeat(MOST_NEWS_WORDS));
  const findings = longFindings(MOST_FINDINGS);
  const card = renderAny('alert', { ...view, districts, voided, findings });
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

test('a page of findings of as many districts is under 28 KB', () => {
  const view = readJson('findings.sample.json') as FindingsView;
  const card = renderAny('findings', { ...view, groups: longFindings(FINDINGS_A_PAGE) });
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

test('a finding with as many values and as much said about it as are shown is under 28 KB', () => {
  const view = readJson('finding.sample.json') as FindingCardView;
  const long = 'x'.repeat(MOST_OF_AN_OPERAND);
  const tested = Array.from({ length: MOST_OPERANDS }, () => ({ label: long, shown: long }));
  const [line] = view.conversation;
  if (!line) throw new Error('The sample holds no conversation.');
  const conversation = Array.from({ length: MOST_LINES }, () => ({
    ...line,
    text: 'x'.repeat(MOST_OF_A_CONVERSATION / MOST_LINES),
  }));
  const why = 'x'.repeat(MOST_OF_A_LINE);
  const card = renderAny('finding', { ...view, tested, comparedWith: [], conversation, why });
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

test('a summary with the figures of 80 measures is under 28 KB', () => {
  const view = readJson('summary.sample.json') as SummaryView;
  const line = { question: 'x'.repeat(60), figure: 'mean 100.5% (12 of 12)' };
  const lines = Array.from({ length: 40 }, () => line);
  const figures = ['KPI return', 'Local Activity Report'].map((form) => ({
    form,
    lines,
    more: 'and 3 more in the list',
  }));
  expect(sizeOf(renderAny('summary', { ...view, figures }))).toBeLessThan(LIMIT);
});

test('a summary with 20 lines of news is under 28 KB', () => {
  const view = readJson('summary.sample.json') as SummaryView;
  const news = Array.from({ length: 20 }, () => view.news[0] ?? '');
  expect(sizeOf(renderAny('summary', { ...view, news }))).toBeLessThan(LIMIT);
});

test('a summary with 50 figures, every lead chased and much arranged is under 28 KB', () => {
  const view = readJson('summary.sample.json') as SummaryView;
  const line = { question: 'x'.repeat(60), figure: 'mean 100.5% (12 of 12)' };
  const lines = Array.from({ length: 25 }, () => line);
  const figures = ['KPI return', 'Local Activity Report'].map((form) => ({
    form,
    lines,
    more: '',
  }));
  const many = (text: string, length: number) => Array.from({ length }, () => text);
  const chased = many('Tonbridge and Malling: Lena Marchbank (demo), about 2 items (sent)', 13);
  const arranged = many(
    'Tonbridge and Malling, Local Activity Report: Lena Marchbank (demo) handed it over to Oskar Venn (demo)',
    11,
  );
  const card = renderAny('summary', { ...view, figures, chased, arranged });
  expect(sizeOf(card)).toBeLessThan(LIMIT);
});

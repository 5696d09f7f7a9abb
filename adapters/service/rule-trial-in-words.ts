import type { NotChecked } from '../../bot/assess.ts';
import { foundInWords, OUTCOMES } from '../../bot/findings/finding.ts';
import type { Counts, Trial, TrialProblem } from '../../bot/findings/trial.ts';
import { raisedIn } from '../../bot/findings/trial.ts';
import { placeOf } from '../presenting/finding-words.ts';
import {
  cellsToWrite,
  couldNotCheck,
  headlineOf,
  ruleInWords,
  sentence,
  settingsInWords,
  silencesInWords,
  stepsFor,
  termInWords,
} from '../presenting/rule-trial.ts';
import { textTable, type Rows } from './text-table.ts';

/** How many of each are worth a line; `--json` has every finding. */
const MOST = { examples: 10, silences: 6 };

/** What a rule would raise, in tables that a commissioner can read, wrapped to so many characters. */
export function trialInWords(
  trial: Trial,
  notChecked: readonly NotChecked[],
  width: number,
): string {
  const { rule, counts, districts, terms, findings, silences } = trial;
  const table = (head: readonly string[], rows: Rows) =>
    rows.length === 0 ? [] : [textTable(head, rows, width)];
  const examples = findings.slice(0, MOST.examples);
  const raising = terms.filter((term) => raisedIn(term.counts) > 0);
  return [
    `${ruleInWords(rule)}\n${settingsInWords(rule)}`,
    `${headlineOf(trial)}.`,
    textTable(['Outcome', ...OUTCOMES], [['times', ...figures(counts)]], width),
    ...table(
      ['Why it said nothing'],
      silencesInWords(silences, MOST.silences).map((why) => [why]),
    ),
    ...table(
      ['District', ...OUTCOMES],
      districts.map(({ district, counts }) => [district, ...figures(counts)]),
    ),
    ...table(
      ['Term', ...OUTCOMES],
      raising.map((term) => [termInWords(term), ...figures(term.counts)]),
    ),
    ...table(
      [
        findings.length > examples.length
          ? `For example, ${examples.length} of ${findings.length}`
          : 'Raised',
        'Figures',
      ],
      examples.map((finding) => [placeOf(finding), foundInWords(finding)]),
    ),
    ...table(
      ['Could not check'],
      couldNotCheck(rule, notChecked).map((line) => [line]),
    ),
    stepsFor(trial),
    ...table(['Column', 'Cell'], cellsToWrite(trial)),
    '',
  ].join('\n\n');
}

const figures = (counts: Counts): string[] => OUTCOMES.map((kind) => String(counts[kind]));

const INDENT = '    ';

/** Each fault with its place: the text of the rule, a caret under it, and what is wrong. */
export const problemsInWords = (problems: readonly TrialProblem[]): string =>
  problems
    .map(({ problem, text, at }) =>
      [
        ...(text === '' ? [] : [`${INDENT}${text}`]),
        ...(text === '' || at === undefined ? [] : [`${INDENT}${under(text, at)}^`]),
        sentence(problem),
        '',
      ].join('\n'),
    )
    .join('\n');

/** A character outside the basic plane is two units of a text, and one sign on a screen. */
const under = (text: string, at: number): string =>
  ' '.repeat(Array.from(text.slice(0, at)).length);

import { tryRule } from '../bot/findings/trial.ts';
import { commandGraph } from './command-graph.ts';
import { readTyped, runCommand } from './command.ts';
import { readPlace } from './config-parts.ts';
import {
  chooseIdentity,
  commandCredential,
  identityOptions,
  readAskedIdentity,
} from './credential.ts';
import { UsageError } from './errors.ts';
import { problemsInWords, trialInWords } from './service/rule-trial-in-words.ts';
import { trialReport } from './service/rule-trial-report.ts';
import { readHeld } from './sharepoint/read-held.ts';
import { openSite } from './sharepoint/site.ts';

const USAGE = `Usage: npm run rule -- "schoolCaseload >= activelySupportedSchools" [options]

  "LEFT OPERATOR RIGHT"   >= <= > < = !=, "both or neither", "not both"
  "MEASURES CHECK"        such as "referralsPrimary fits its own history"
  "ID"                    a row of the rules list, on or off

  --tolerance 1           how far the sides may differ; in the text: within 1
  --severity error        error or query (query); in the text: as error
  --missing "never skip"  or "skip if any", "skip if all" (skip if any); in the text: missing: never skip
  --form KPI              KPI, LAR, Budget, AET, "KPI and LAR" or All; in the text: form KPI
  --from "2023-24 T1"     the first term that it looks at; in the text: from 2023-24 T1
  --json                  one JSON object, with every finding

  Real sites: --sign-in managed-identity|azure-cli|device-code, --tenant ID, --client-id ID

Shows what the rule would have raised on the returns held. Nothing is written.
`;
/** How wide tables are where no terminal says it. */
const WIDTH = 100;

/**
 * `npm run rule -- "schoolCaseload >= activelySupportedSchools"`: reads the lists and shows what the
 * rule would have raised. Exits with 0, with 1 where the rule cannot be used or a service failed, and
 * with 2 where the call or the configuration is wrong.
 */
await runCommand(main, USAGE.trimEnd());

async function main(): Promise<void> {
  const { text, json, help, identity: asked } = readArguments();
  if (help) return void process.stdout.write(USAGE);
  const place = readPlace(process.env);
  const identity = chooseIdentity(asked, place.graph);
  const tell = (message: string): void => void process.stderr.write(`${message}\n`);
  const graph = commandGraph(place, identity, commandCredential(identity, tell));
  const held = await readHeld(openSite(graph, place.site));
  const tried = tryRule(text, held);
  if (!tried.ok) process.exitCode = 1;
  if (json) {
    process.stdout.write(`${JSON.stringify(trialReport(tried, held.notChecked))}\n`);
  } else if (tried.ok) {
    const width = process.stdout.columns || WIDTH;
    process.stdout.write(trialInWords(tried.trial, held.notChecked, width));
  } else {
    process.stderr.write(problemsInWords(tried.problems));
  }
}

/** What is wished by flags stands behind the rule, as it could have been typed there. */
function readArguments() {
  const { values, positionals } = readTyped({
    allowPositionals: true,
    options: {
      tolerance: { type: 'string' },
      severity: { type: 'string' },
      missing: { type: 'string' },
      form: { type: 'string' },
      from: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...identityOptions,
    },
  });
  const { help, json } = values;
  const wishes = [
    ...(values.tolerance === undefined ? [] : [`within ${values.tolerance}`]),
    ...(values.severity === undefined ? [] : [`as ${values.severity}`]),
    ...(values.missing === undefined ? [] : [`missing: ${values.missing}`]),
    ...(values.form === undefined ? [] : [`form ${values.form}`]),
    ...(values.from === undefined ? [] : [`from ${values.from}`]),
  ];
  if (!help && positionals.length === 0) throw new UsageError('No rule was given.');
  const text = [...positionals, ...wishes].join(' ');
  return { text, json, help, identity: readAskedIdentity(values) };
}

import { NetworkFailed, ServiceRefused, UnexpectedAnswer } from '../errors.ts';
import { firstLineOf, NotChecked, problem, type Diagnosis } from './diagnosis.ts';

/** One thing that is looked at. `id` never changes: scripts go by it. */
export type Check<Subject> = {
  id: string;
  /** Ids of checks that must have found no problem first. */
  needs: readonly string[];
  look: (subject: Subject) => Promise<readonly Diagnosis[]> | readonly Diagnosis[];
};

/** A diagnosis, and the id of the check that made it. */
export type Line = Diagnosis & { id: string };

/** Looks at everything in turn, to the end, whatever fails. */
export async function examine<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): Promise<Line[]> {
  const lines: Line[] = [];
  const sound = new Set<string>();
  for (const check of checks) {
    const waitsFor = check.needs.find((id) => !sound.has(id));
    const diagnoses = waitsFor
      ? [notChecked(`waits for “${waitsFor}”, above`)]
      : await diagnosesOf(check, subject);
    if (diagnoses.every(({ status }) => status === 'ok' || status === 'note')) sound.add(check.id);
    lines.push(...diagnoses.map((diagnosis) => ({ id: check.id, ...diagnosis })));
  }
  return lines;
}

const notChecked = (what: string): Diagnosis => ({ status: 'not checked', what });

async function diagnosesOf<Subject>(
  check: Check<Subject>,
  subject: Subject,
): Promise<readonly Diagnosis[]> {
  try {
    return await check.look(subject);
  } catch (error) {
    if (error instanceof NotChecked) return [notChecked(error.message)];
    return [problem(firstLineOf(error), remedyFor(error))];
  }
}

function remedyFor(error: unknown): string {
  if (error instanceof NetworkFailed) {
    return `Check that this machine reaches ${error.service}, then ask again.`;
  }
  if (error instanceof ServiceRefused && error.status === 429) {
    return 'It is busy. Ask again in a few minutes.';
  }
  if (error instanceof ServiceRefused) return `Check what ${error.service} lets this identity do.`;
  if (error instanceof UnexpectedAnswer) return 'Ask again in a few minutes.';
  return 'The check itself failed. Please report it with this line.';
}

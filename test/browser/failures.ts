import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach } from 'vitest';
import type { LocalDemo } from './local-demo.ts';
import type { Playground } from './playground.ts';

const FAILURES = resolve(import.meta.dirname, '../../.local/failures');
const WARNING = /"level":[456]0/;
const MOST_WARNINGS = 20;

type Scene = { demo: LocalDemo | undefined; pages: Record<string, Playground | undefined> };

/** Keeps what a failed test saw, for each test of a file: pictures of its pages, and the demo's logs. */
export function keepFailures(scene: () => Scene): void {
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      const folder = join(FAILURES, task.name.replaceAll(/\W+/g, '-'));
      const { demo, pages } = scene();
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      say(`Pages and logs of “${task.name}” are in ${folder}.`);
      if (demo) {
        cpSync(demo.logs, join(folder, 'logs'), { recursive: true });
        say(warningsIn(join(demo.logs, 'bot.log')));
      }
      // A page that is gone has no picture.
      await Promise.allSettled(
        Object.entries(pages).map(async ([who, playground]) =>
          playground?.page.screenshot({ path: join(folder, `${who}.png`), fullPage: true }),
        ),
      );
    });
  });
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function warningsIn(log: string): string {
  const warnings = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => WARNING.test(line));
  return [`The bot warned ${warnings.length} times:`, ...warnings.slice(-MOST_WARNINGS)].join('\n');
}

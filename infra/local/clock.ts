import { readPorts } from './ports.ts';

/** `npm run clock -- +1d`: moves the standing clock of the local demo, and runs what would have run. */
const url = `http://127.0.0.1:${readPorts().bot.port}/local/clock`;
const [to] = process.argv.slice(2);

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`The bot does not answer at ${url}. Start it with: npm start\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const answer = to
    ? await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to }),
      })
    : await fetch(url);
  const body = (await answer.json()) as { now?: string; runs?: string[]; error?: string };
  if (!answer.ok) {
    process.stderr.write(`${body.error ?? `The bot answered ${answer.status}.`}\n`);
    process.exitCode = 1;
    return;
  }
  for (const run of body.runs ?? []) process.stdout.write(`Ran ${run}\n`);
  const now = new Date(body.now ?? '').toLocaleString('en-GB', {
    timeZone: 'Europe/London',
    dateStyle: 'full',
    timeStyle: 'short',
  });
  process.stdout.write(`It is ${now}\n`);
}

import { once } from 'node:events';
import { composeBot } from './compose-bot.ts';
import { ConfigurationError, readConfiguration, servingProblems } from './config.ts';

/** `npm run serve`: the bot alone, as in production. */
try {
  await serve();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const config = readConfiguration();
  const problems = servingProblems();
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { server, start, stop, log } = composeBot(config);
  const listener = server.listen(config.port, config.host);
  listener.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    process.stderr.write(
      taken
        ? `Port ${config.port} is taken. Stop what uses it, or set PORT to another.\n`
        : `The bot cannot listen on ${config.host}:${config.port}: ${error.message}\n`,
    );
    process.exit(1);
  });
  await once(listener, 'listening');
  start();
  process.stdout.write(`Bot on http://${config.host}:${config.port}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      listener.close();
      listener.closeAllConnections();
      stop()
        .catch((error: unknown) => log.error({ err: error }, 'stopping failed'))
        .finally(() => process.exit(0));
    });
  }
}

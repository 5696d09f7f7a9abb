import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { readConfiguration, type Configuration } from '../../adapters/config.ts';
import { createAdapter } from '../../adapters/teams/adapter.ts';
import { trustKeysInEnvironment } from '../bot-framework-keys.ts';
import { tellPort } from './turns-process.ts';

/** A botbuilder bot that says what it is told, on the server that the bot has too. */
trustKeysInEnvironment();
const configuration = readConfiguration();
const adapter = process.env['ON_OWN_ADAPTER'] ? createAdapter(configuration) : bare(configuration);

/** As in Microsoft's samples. */
function bare({ bot }: Configuration): CloudAdapter {
  return new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: bot.id,
      MicrosoftAppType: bot.type,
      MicrosoftAppTenantId: bot.tenantId,
    }),
  );
}

const app = express();
app.use(express.json({ limit: '256kb' }));
app.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(context.activity.text);
  });
});
await tellPort(app);

import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { readConfiguration } from '../../adapters/config.ts';
import { trustKeysInEnvironment } from '../bot-framework-keys.ts';
import { tellPort } from './turns-process.ts';

/** A bare botbuilder bot that says what it is told, made as Microsoft's samples are, on the server that the bot has too. */
trustKeysInEnvironment();
const { bot } = readConfiguration();
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    bot.id
      ? {
          MicrosoftAppId: bot.id,
          MicrosoftAppType: bot.type,
          MicrosoftAppTenantId: bot.tenantId,
          MicrosoftAppPassword: bot.password,
        }
      : {},
  ),
);
const app = express();
app.use(express.json({ limit: '256kb' }));
app.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(context.activity.text);
  });
});
await tellPort(app);

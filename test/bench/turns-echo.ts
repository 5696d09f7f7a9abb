import express from 'express';
import { readConfiguration } from '../../adapters/config.ts';
import { createAdapter } from '../../adapters/teams/connector.ts';
import { tellPort } from './turns-process.ts';

/** A bare botbuilder bot that says what it is told, on the adapter and the server that the bot has too. */
const adapter = createAdapter(readConfiguration());
const app = express();
app.use(express.json({ limit: '256kb' }));
app.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(context.activity.text);
  });
});
await tellPort(app);

import express from 'express';
import { listening } from '../talking-bot.ts';
import type { Turn } from './fuzzed-bot.ts';
import type { Answered, Sent } from './in-process.ts';

/** Stands where Teams’ connector does, and keeps what the bot posts there. */
export async function connector(): Promise<{ url: string; posted: Turn['shown'] }> {
  const posted: Turn['shown'] = [];
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.use(({ path, body }, res) => {
    const [, , , to = ''] = path.split('/');
    posted.push({ to: decodeURIComponent(to), where: 'here', json: JSON.stringify(body) });
    res.json({ id: `answer-${posted.length}` });
  });
  return { url: await listening(app), posted };
}

/** Posts as Teams does. What no client can send is not sent. */
export async function postOverHttp(url: string, { headers, body }: Sent): Promise<Answered> {
  const { 'content-length': _length, ...others } = headers;
  const answer = await fetch(`${url}/api/messages`, { method: 'POST', headers: others, body });
  return { status: answer.status, headers: {}, body: await answer.text() };
}

import type { Acted, Press } from './pressed-card.ts';
import { say } from './pressed-card.ts';

export async function introduce(_press: Press, _school: string): Promise<Acted> {
  return say('Not yet', '');
}

export async function letIn(_press: Press, _who: string): Promise<Acted> {
  return say('Not yet', '');
}

export async function decline(_press: Press, _who: string): Promise<Acted> {
  return say('Not yet', '');
}

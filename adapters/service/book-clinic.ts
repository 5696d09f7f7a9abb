import type { Acted, Press } from './pressed-card.ts';
import { say } from './pressed-card.ts';

export async function bookClinic(_press: Press, _clinic: string): Promise<Acted> {
  return say('Not yet', '');
}

export async function cancelBooking(_press: Press, _clinic: string): Promise<Acted> {
  return say('Not yet', '');
}

import { NetworkFailed } from '../errors.ts';
import { NOTIFICATIONS_PATH } from '../sharepoint/subscriptions.ts';
import type { Check } from './examine.ts';
import { note, ok, problem, type Diagnosis } from './diagnosis.ts';
import { ELSEWHERE } from './settings.ts';
import type { Subject } from './subject.ts';

const MOST_MS = 10_000;
const FURTHEST_APART_MS = 60_000;

/** What is asked of addresses without a token: the time, and the way back to the bot. */
export const REACHING_CHECKS: readonly Check<Subject>[] = [
  { id: 'clock', needs: [], look: clockDiagnoses },
  { id: 'notifications', needs: [], look: notificationDiagnoses },
];

/** Tokens and delta links go by the time: this machine's is held against Graph's. */
async function clockDiagnoses({ place }: Subject): Promise<Diagnosis[]> {
  const asked = Date.now();
  const { headers } = await ask('Microsoft Graph', `${place().graph.baseUrl}/v1.0/`, {});
  const here = (asked + Date.now()) / 2;
  const there = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(there)) return [note('Graph gave no time to compare with', 'Ask again later.')];
  const apart = here - there;
  if (Math.abs(apart) <= FURTHEST_APART_MS) return [ok('agrees with Microsoft Graph’s')];
  const seconds = Math.round(Math.abs(apart) / 1000);
  return [
    problem(
      `this machine’s clock is ${seconds} seconds ${apart > 0 ? 'ahead of' : 'behind'} Microsoft Graph’s`,
      'Let the machine set its clock by a time server (NTP).',
    ),
  ];
}

const PROBE = 'doctor: is this address read back?';

/** Graph asks the same before it takes a subscription (learn.microsoft.com: change notifications). */
async function notificationDiagnoses({ env, isDesk }: Subject): Promise<Diagnosis[]> {
  if (isDesk) return [ELSEWHERE];
  const base = env['PUBLIC_URL'];
  if (!base || !URL.canParse(base)) {
    return [
      note(
        'PUBLIC_URL is not set, so the lists are only polled',
        'Set PUBLIC_URL to https:// and the host of the web app to hear of changes sooner.',
      ),
    ];
  }
  const address = new URL(NOTIFICATIONS_PATH, base);
  address.searchParams.set('validationToken', PROBE);
  const { status, text } = await ask('PUBLIC_URL', address.href, { method: 'POST' });
  return status === 200 && text === PROBE
    ? [ok(`Microsoft Graph can reach ${address.origin}`)]
    : [
        problem(
          `${address.origin}${address.pathname} answered ${status} where a notification would go`,
          'Deploy and start the bot, and set PUBLIC_URL to the address under which it is reached.',
        ),
      ];
}

async function ask(service: string, address: string, options: RequestInit) {
  try {
    const signal = AbortSignal.timeout(MOST_MS);
    const answer = await fetch(address, { ...options, redirect: 'error', signal });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } catch (error) {
    throw new NetworkFailed(service, address.split('?')[0] ?? '', error);
  }
}

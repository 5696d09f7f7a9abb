import { expect, test } from 'vitest';
import { districtSubject } from '../../../bot/chase/arrangement.ts';
import { whyChanged } from '../../../bot/chase/why-changed.ts';
import { returnId } from '../../../bot/returns/return.ts';
import { arrangedFor, commissioner, findingAt, recordOf, situationOf, statusOf } from '../made.ts';
import { chasedOn, DOVER, london, priya, sam } from './looks.ts';

const [delivery] = chasedOn(['2026-11-23']);
if (!delivery) throw new Error('Nobody was chased.');
const NOW = '2026-11-23T12:00:00Z';
const at = london('2026-11-23T10:00');
const byPriya = { at, by: priya.id, name: priya.name };
const byColin = { at, by: commissioner.id, name: commissioner.name };
const missing = statusOf();

test.each([
  ['Dover KPI return: filed', { statuses: [statusOf({ state: 'filed' })] }],
  [
    'Dover KPI return: received, being saved',
    { statuses: [missing], saving: new Set([returnId(DOVER)]) },
  ],
  [
    'Dover KPI return: promised for Fri 27 Nov',
    {
      statuses: [missing],
      arrangements: arrangedFor(returnId(DOVER), {
        ...byPriya,
        what: 'promised',
        until: '2026-11-27',
      }),
    },
  ],
  [
    'Dover KPI return: handed over to Sam Okoro',
    {
      statuses: [missing],
      arrangements: arrangedFor(returnId(DOVER), {
        ...byPriya,
        what: 'handed over',
        to: sam.id,
        toName: sam.name,
      }),
    },
  ],
  [
    'Dover KPI return: withdrawn by Colin Marsh',
    {
      statuses: [missing],
      arrangements: arrangedFor(returnId(DOVER), { ...byColin, what: 'withdrawn', note: '' }),
    },
  ],
  [
    'Dover: paused until Fri 27 Nov',
    {
      statuses: [missing],
      arrangements: arrangedFor(districtSubject('Dover'), {
        ...byColin,
        what: 'paused',
        until: '2026-11-27',
      }),
    },
  ],
  ['what it shows has changed', { statuses: [missing] }],
] as const)('a card is to look different: %s', (why, over) => {
  expect(whyChanged(delivery, situationOf(NOW, over))).toBe(why);
});

test('what was arranged before the card was sent is no news', () => {
  const earlier = { ...byPriya, at: london('2026-11-20T10:00') };
  const arrangements = arrangedFor(returnId(DOVER), {
    ...earlier,
    what: 'promised',
    until: '2026-11-27',
  });
  const now = situationOf(NOW, { statuses: [missing], arrangements });
  expect(whyChanged(delivery, now)).toBe('what it shows has changed');
});

test('an answered query is named with what came of it', () => {
  const finding = findingAt();
  const about = { ...delivery, returns: [], findings: [finding.id] };
  const findings = [recordOf({ finding, status: 'explained' })];
  expect(whyChanged(about, situationOf(NOW, { findings }))).toBe(
    'Dover query a-within-b: explained',
  );
});

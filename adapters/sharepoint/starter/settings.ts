import type { Row } from '../bot-lists.ts';

const setting = (Title: string, Value: string, Notes: string): Row => ({ Title, Value, Notes });

/** The policy of the service, as rows that commissioners can change. */
export const starterSettings: readonly Row[] = [
  setting(
    'chase stages',
    '-5, -1, 1, 3, 5, 10',
    'Working days from the due day on which a missing return is chased.',
  ),
  setting(
    'query stages',
    '1, 2, 5',
    'Working days from the day a query was raised on which it is chased.',
  ),
  setting('manager stage', '5', 'From this stage the lead’s manager is told too.'),
  setting('commissioner stage', '10', 'From this stage the commissioners are told.'),
  setting('quiet until', '08:30', 'Nothing is sent before this London time.'),
  setting('quiet from', '17:00', 'Nothing is sent from this London time on.'),
  setting(
    'summary at',
    '09:00',
    'London time of the weekly summary on the first working day of the week.',
  ),
];

import type { WhyNot } from './situation.ts';

const WORDS: Record<WhyNot, string> = {
  'already filed': 'it is filed',
  'received, being saved': 'it was received and is being saved in SharePoint',
  'no stage reached yet': 'no stage of chasing is reached yet',
  'could not check': 'its list could not be read',
  'muted by promise': 'it is promised',
  'muted while its return is missing': 'the return itself is asked for first',
  'its return is approved': 'its return was approved as it stands',
  withdrawn: 'it was withdrawn',
  'handed over': 'it was handed over',
  paused: 'its district is paused',
  'this stage was sent already': 'what this stage asks was sent already',
  'already written to today': 'one card a day was sent already',
  'not a working day': 'this is no working day',
  'outside hours': 'nobody is written to at this hour',
  'the terms contradict each other': 'the terms in the list contradict each other',
  'no Entra object id in the people list': 'the people list has no Entra object id for them',
  'nobody leads this district': 'nobody leads the district',
};

/** `it is promised (Priya Raman said: by Fri 27 Nov)`. */
export const whyNotInWords = ({ why, detail }: { why: WhyNot; detail: string }): string =>
  detail === '' ? WORDS[why] : `${WORDS[why]} (${detail})`;

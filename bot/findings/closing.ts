/**
 * Why a finding was closed. A correction is the return's: what became of the rule, of the district's
 * number of schools, or of the whole item, corrects no figure.
 */
export const CLOSINGS = [
  'closed by correction',
  'figure taken out',
  'district changed',
  'rule changed',
  'rule switched off',
  'rule taken out',
  'rule no longer applies',
  'return taken out',
] as const;
export type Closing = (typeof CLOSINGS)[number];

const BECAUSE: Record<Closing, string> = {
  'closed by correction': 'it was corrected',
  'figure taken out': 'a figure that it rested on was taken out',
  'district changed':
    'the districts list has another number for the district, and the same figures pass',
  'rule changed': 'its rule was changed, and the same figures pass it',
  'rule switched off': 'its rule was switched off',
  'rule taken out': 'its rule is no longer in the list of rules',
  'rule no longer applies': 'its rule no longer applies to this return',
  'return taken out': 'the return was taken out of its list',
};

/** `it was corrected`. */
export const becauseOf = (closing: Closing): string => BECAUSE[closing];

/** `Closed: it was corrected`. */
export const closingInWords = (closing: Closing): string => `Closed: ${BECAUSE[closing]}`;

export const isClosing = (deed: string): deed is Closing =>
  (CLOSINGS as readonly string[]).includes(deed);

/** A figure that was taken out claims nothing any more; whether one is owed is for the form to say. */
export const isCorrection = (closing: Closing): boolean =>
  closing === 'closed by correction' || closing === 'figure taken out';

import type {
  FORM_CHOICES,
  MissingValues,
  Operator,
  Severity,
} from '../../../bot/findings/rule.ts';
import type { Phase } from '../../../bot/directory/directory.ts';
import type { Row } from '../bot-lists.ts';

/** The report's own explanations of figures that look wrong. */
const OUT_OF_DISTRICT = 'schools outside the district joined a shared course';
const NOT_COLLECTED = 'not collected this term';
const SICKNESS = 'long-term sickness';
const SENIF = 'case kept open for SENIF';
/** Not from the report: the slip that a form with two boxes invites. */
const SWAPPED = 'the two figures were entered the other way round';

/** From this term the percentages and the areas of need are collected. */
const CHANGED = '2023-24 T1';

type Draft = {
  form: (typeof FORM_CHOICES)[number];
  left: string;
  operator: Operator;
  right?: string;
  severity: Severity;
  wording: string;
  causes?: readonly string[];
  tolerance?: number;
  missing?: MissingValues;
  from?: string;
  phase?: Phase;
};

const rule = (Title: string, draft: Draft): Row => ({
  Title,
  Form: draft.form,
  LeftSide: draft.left,
  Operator: draft.operator,
  RightSide: draft.right ?? '',
  Tolerance: draft.tolerance ?? 0,
  Severity: draft.severity,
  MissingValues: draft.missing ?? 'skip if any is missing',
  Wording: draft.wording,
  KnownCauses: (draft.causes ?? []).join('\n'),
  Enabled: true,
  ...(draft.from ? { FirstTerm: draft.from } : {}),
  ...(draft.phase ? { Phase: draft.phase } : {}),
});

const PHASES = [
  {
    id: 'ey',
    phase: 'Early years',
    measure: 'eySettingsSupported',
    district: 'district.eySettings',
    what: 'settings',
  },
  {
    id: 'primary',
    phase: 'Primary',
    measure: 'primarySchoolsSupported',
    district: 'district.primarySchools',
    what: 'primary schools',
  },
  {
    id: 'secondary',
    phase: 'Secondary',
    measure: 'secondarySchoolsSupported',
    district: 'district.secondarySchools',
    what: 'secondary schools',
  },
] as const;

/** The caseload of schools is of two phases. */
const phaseOf = (of: 'schools' | 'ey'): { phase?: Phase } =>
  of === 'ey' ? { phase: 'Early years' } : {};

const within = (of: 'schools' | 'ey', left: string, right: string): Row =>
  rule(`supported-within-caseload-${of}`, {
    form: 'KPI',
    left,
    operator: '≤',
    right,
    severity: 'error',
    wording:
      'Every child who is actively supported is on the caseload, so the caseload cannot be the smaller number.',
    causes: [SWAPPED, NOT_COLLECTED],
    ...phaseOf(of),
  });

const pair = (of: 'schools' | 'ey', left: string, right: string): Row =>
  rule(`supported-and-caseload-both-given-${of}`, {
    form: 'KPI',
    left,
    operator: 'both or neither',
    right,
    severity: 'query',
    wording: 'The caseload and the number actively supported are usually given together.',
    causes: [NOT_COLLECTED, SICKNESS, SENIF],
    ...phaseOf(of),
  });

const caseloads: Row[] = [
  within('schools', 'activelySupportedSchools', 'schoolCaseload'),
  within('ey', 'activelySupportedEY', 'eyCaseload'),
  pair('schools', 'activelySupportedSchools', 'schoolCaseload'),
  pair('ey', 'activelySupportedEY', 'eyCaseload'),
];

const supported: Row[] = PHASES.flatMap(({ id, phase, measure, district, what }) => [
  rule(`supported-within-district-${id}`, {
    form: 'KPI',
    left: measure,
    operator: '≤',
    right: district,
    severity: 'query',
    wording: `More ${what} are counted as supported than the district has.`,
    causes: [OUT_OF_DISTRICT],
    phase,
  }),
  rule(`percentage-agrees-${id}`, {
    form: 'KPI',
    left: `${measure}Pct`,
    operator: '=',
    right: `${measure} / ${district} * 100`,
    tolerance: 1,
    severity: 'query',
    wording: `The percentage is not the number of ${what} supported out of those in the district.`,
    causes: [OUT_OF_DISTRICT],
    from: CHANGED,
    phase,
  }),
]);

const SUM = 'The parts do not add up to the whole.';

const sums: Row[] = [
  rule('referral-areas-sum-schools', {
    form: 'LAR',
    left: 'schoolReferralsCI + schoolReferralsCL + schoolReferralsSEMH + schoolReferralsSP',
    operator: '=',
    right: 'referralsPrimary + referralsSecondary',
    severity: 'query',
    wording: `School referrals by area of need should come to the referrals received. ${SUM}`,
    causes: [NOT_COLLECTED],
  }),
  rule('referral-areas-sum-ey', {
    form: 'LAR',
    left: 'eyReferralsCI + eyReferralsCL + eyReferralsSEMH + eyReferralsSP',
    operator: '=',
    right: 'referralsEY',
    severity: 'query',
    wording: `Early years referrals by area of need should come to the referrals received. ${SUM}`,
    causes: [NOT_COLLECTED],
    phase: 'Early years',
  }),
  rule('active-areas-sum', {
    form: 'KPI',
    left: 'activeCI + activeCL + activeSEMH + activeSP',
    operator: '=',
    right: 'activelySupportedSchools + activelySupportedEY',
    severity: 'query',
    wording: `Active cases by area of need should come to the children actively supported. ${SUM}`,
    causes: [NOT_COLLECTED, SENIF],
    from: CHANGED,
  }),
];

const money: Row[] = [
  rule('budget-sums-to-sla', {
    form: 'Budget',
    left: 'coreBudget + outreachBudget',
    operator: '=',
    right: 'slaTotal',
    severity: 'error',
    wording: 'The core and outreach budgets come to the amount in the service level agreement.',
  }),
  rule('sla-equals-total-budget', {
    form: 'Budget',
    left: 'slaTotal',
    operator: '=',
    right: 'totalBudget',
    severity: 'query',
    wording:
      'The total reported with the spending is usually the amount in the service level agreement.',
  }),
  rule('spend-within-budget', {
    form: 'Budget',
    left: 'staffingCosts + rentAndPremises + specialSchoolOutreach',
    operator: '≤',
    right: 'totalBudget',
    severity: 'query',
    wording: 'More is spent than the total budget.',
    causes: ['met from other income', 'met by the school that holds the agreement'],
  }),
  rule('aet-completed-within-booked', {
    form: 'AET',
    left: 'aetCompleted',
    operator: '≤',
    right: 'aetBooked',
    severity: 'query',
    wording: 'More sessions are completed than were booked.',
    causes: ['bookings were not recorded in time'],
  }),
];

const ofEach = (
  Title: string,
  form: Draft['form'],
  operator: Operator,
  severity: Severity,
  wording: string,
  causes: readonly string[] = [],
): Row => rule(Title, { form, left: '*', operator, severity, wording, causes });

/** Checks of each answer, or of an item as a whole. */
const checks: Row[] = [
  ofEach(
    'percentage-range',
    'KPI and LAR',
    'is between 0 and 100',
    'error',
    'A percentage of the district cannot be above 100.',
    [OUT_OF_DISTRICT],
  ),
  ofEach(
    'identical-to-previous-term',
    'KPI and LAR',
    'is not repeated from last term',
    'query',
    'Please check that last term’s return was not sent again.',
    ['the figures really are the same'],
  ),
  ofEach(
    'zero-after-non-zero',
    'KPI and LAR',
    'does not fall to zero',
    'query',
    'Please check that nothing was left out.',
    [NOT_COLLECTED, SICKNESS],
  ),
  ofEach(
    'outlier',
    'KPI and LAR',
    'fits its own history',
    'query',
    'The figure is far from this district’s earlier ones. Please check it.',
    [SICKNESS, SENIF, OUT_OF_DISTRICT],
  ),
  ofEach(
    'duplicate-return',
    'KPI and LAR',
    'is filed once',
    'error',
    'The most recently changed one counts; please remove the other.',
  ),
  ofEach(
    'unknown-district',
    'All',
    'names a known district',
    'error',
    'No district has this name, so the return cannot be counted.',
  ),
  ofEach(
    'unknown-term',
    'All',
    'names a known term',
    'error',
    'No term has this name, so the return cannot be counted.',
  ),
  ofEach('unreadable-number', 'All', 'can be read', 'error', 'Please give a plain number.'),
];

/** The rules that the service starts with. */
export const starterRules: readonly Row[] = [
  ...caseloads,
  ...supported,
  ...sums,
  ...money,
  ...checks,
];

import { PHASES, type Phase } from '../../../bot/directory/directory.ts';
import type { Form, Unit } from '../../../bot/returns/measure.ts';
import type { Row } from '../bot-lists.ts';

const KPI_LIST = 'STLS KPI Returns';
const LAR_LIST = 'STLS Local Activity Report';
const BUDGET_LIST = 'STLS Budget and Spend';
const AET_LIST = 'STLS AET Training';

/** The year from which the measures changed (countywide report 2022-23, appendix C, recommendation five). */
const CHANGED = '2023-24 T1';
const LAST_BEFORE = '2022-23 T6';
const LAST_LIFT = '2024-25 T6';

const ACTIVELY =
  'Children who are open to the service, whom a specialist teacher is actively supporting, and who work towards individual targets.';
const CASELOAD = 'Every child open to the service, whether supported at present or not.';

/** The measures of one phase alone. */
const OF_PHASE: Record<Phase, readonly string[]> = {
  'Early years': [
    'eySettingsSupported',
    'eySettingsSupportedPct',
    'activelySupportedEY',
    'eyCaseload',
    'eySettingsAtLift',
    'referralsEY',
    'eyReferralsCI',
    'eyReferralsCL',
    'eyReferralsSEMH',
    'eyReferralsSP',
    'clinicsEY',
    'transitionEY',
    'settingsTrained',
  ],
  Primary: [
    'primarySchoolsSupported',
    'primarySchoolsSupportedPct',
    'primarySchoolsAtLift',
    'referralsPrimary',
  ],
  Secondary: [
    'secondarySchoolsSupported',
    'secondarySchoolsSupportedPct',
    'secondarySchoolsAtLift',
    'referralsSecondary',
  ],
};

const phaseOf = (id: string): { Phase?: Phase } => {
  const phase = PHASES.find((one) => OF_PHASE[one].includes(id));
  return phase ? { Phase: phase } : {};
};

type Span = { from?: string; to?: string; optional?: boolean };
type Question = [
  id: string,
  column: string,
  question: string,
  definition: string,
  unit?: Unit,
  span?: Span,
];

function rows(form: Form, list: string, sections: Record<string, Question[]>): Row[] {
  const flat = Object.entries(sections).flatMap(([section, questions]) =>
    questions.map((question) => ({ section, question })),
  );
  return flat.map(
    ({ section, question: [id, column, question, definition, unit = 'count', span = {}] }, i) => ({
      Title: id,
      Form: form,
      Question: question,
      Definition: definition,
      Section: section,
      ...phaseOf(id),
      Unit: unit,
      StoredAs: unit === 'percentage' || unit === 'money' ? 'text' : 'number',
      ListName: list,
      ColumnName: column,
      Required: span.optional !== true,
      Position: (i + 1) * 10,
      ...(span.from ? { FirstTerm: span.from } : {}),
      ...(span.to ? { LastTerm: span.to } : {}),
    }),
  );
}

const kpi = rows('KPI', KPI_LIST, {
  'Schools and settings supported': [
    [
      'eySettingsSupported',
      'EY_x0020_Settings_x0020_Supporte',
      'Early years settings supported',
      'Settings of this district that had support of any kind this term. Leave out settings of other districts.',
    ],
    [
      'primarySchoolsSupported',
      'Primary_x0020_Schools_x0020_Supp',
      'Primary schools supported',
      'Mainstream primary schools of this district that had support of any kind this term.',
    ],
    [
      'secondarySchoolsSupported',
      'Secondary_x0020_Schools_x0020_Su',
      'Secondary schools supported',
      'Mainstream secondary schools of this district that had support of any kind this term.',
    ],
    [
      'eySettingsSupportedPct',
      'field_7',
      'Early years settings supported (%)',
      'Settings supported out of all settings in the district, 0 to 100.',
      'percentage',
      { from: CHANGED },
    ],
    [
      'primarySchoolsSupportedPct',
      'field_8',
      'Primary schools supported (%)',
      'Primary schools supported out of all in the district, 0 to 100.',
      'percentage',
      { from: CHANGED },
    ],
    [
      'secondarySchoolsSupportedPct',
      'field_9',
      'Secondary schools supported (%)',
      'Secondary schools supported out of all in the district, 0 to 100.',
      'percentage',
      { from: CHANGED },
    ],
  ],
  'Children supported': [
    [
      'activelySupportedSchools',
      'Actively_x0020_Supported_x0020_S',
      'Actively supported, schools',
      ACTIVELY,
    ],
    ['schoolCaseload', 'School_x0020_Caseload', 'School caseload', CASELOAD],
    [
      'activelySupportedEY',
      'Actively_x0020_Supported_x0020_E',
      'Actively supported, early years',
      ACTIVELY,
    ],
    ['eyCaseload', 'EY_x0020_Caseload', 'Early years caseload', CASELOAD],
  ],
  'Actively supported, by area of need': [
    [
      'activeCI',
      'Active_x0020_C_x0026_I',
      'Communication and Interaction',
      'Actively supported children whose main need is Communication and Interaction.',
      'count',
      { from: CHANGED },
    ],
    [
      'activeCL',
      'Active_x0020_C_x0026_L',
      'Cognition and Learning',
      'Actively supported children whose main need is Cognition and Learning.',
      'count',
      { from: CHANGED },
    ],
    [
      'activeSEMH',
      'Active_x0020_SEMH',
      'Social, Emotional and Mental Health',
      'Actively supported children whose main need is Social, Emotional and Mental Health.',
      'count',
      { from: CHANGED },
    ],
    [
      'activeSP',
      'Active_x0020_Sensory_x002f_Physi',
      'Sensory and/or Physical',
      'Actively supported children whose main need is Sensory and/or Physical.',
      'count',
      { from: CHANGED },
    ],
  ],
  Targets: [
    [
      'targetsReviewed',
      'Targets_x0020_Reviewed',
      'Targets formally reviewed (%)',
      'Children open to the service whose targets were formally reviewed this term.',
      'percentage of 1',
    ],
    [
      'targetsAmended',
      'Targets_x0020_Amended',
      'Targets amended on review (%)',
      'Individual cases whose targets were amended on review. Schools only.',
      'percentage of 1',
    ],
    [
      'closedTargetsMet',
      'Closed_x0020_Targets_x0020_Met',
      'Closed with targets achieved (%)',
      'Individual cases closed because the targets set by the service were achieved.',
      'percentage of 1',
    ],
  ],
  Staffing: [
    [
      'fteTotal',
      'FTE_x0020_Total',
      'Staff (full-time equivalent)',
      'Full-time equivalent of all posts, filled or not. One decimal.',
      'decimal',
    ],
    [
      'fteVacancies',
      'FTE_x0020_Vacancies',
      'Vacancies (full-time equivalent)',
      'Full-time equivalent of vacant posts. One decimal.',
      'decimal',
    ],
  ],
});

const lar = rows('LAR', LAR_LIST, {
  'LIFT meetings': [
    [
      'primarySchoolsAtLift',
      'Primary_x0020_Schools_x0020_at_x',
      'Primary schools at LIFT',
      'Primary schools that came to a Local Inclusion Forum Team meeting.',
      'count',
      { to: LAST_LIFT },
    ],
    [
      'secondarySchoolsAtLift',
      'Secondary_x0020_Schools_x0020_at',
      'Secondary schools at LIFT',
      'Secondary schools that came to a Local Inclusion Forum Team meeting.',
      'count',
      { to: LAST_LIFT },
    ],
    [
      'eySettingsAtLift',
      'EY_x0020_Settings_x0020_at_x0020',
      'Early years settings at LIFT',
      'Settings that came to a Local Inclusion Forum Team meeting.',
      'count',
      { to: LAST_LIFT },
    ],
  ],
  'Referrals received': [
    [
      'referralsPrimary',
      'Referrals_x0020_Primary',
      'Referrals, primary',
      'Referrals received this term from primary schools.',
    ],
    [
      'referralsSecondary',
      'Referrals_x0020_Secondary',
      'Referrals, secondary',
      'Referrals received this term from secondary schools.',
    ],
    [
      'referralsEY',
      'Referrals_x0020_EY',
      'Referrals, early years',
      'Referrals received this term from early years settings.',
    ],
  ],
  'School referrals, by area of need': [
    [
      'schoolReferralsCI',
      'School_x0020_Referrals_x0020_C_x',
      'Communication and Interaction, schools',
      'School referrals by main area of need. The four areas add up to all school referrals.',
    ],
    [
      'schoolReferralsCL',
      'School_x0020_Referrals_x0020_C_x0',
      'Cognition and Learning, schools',
      'School referrals by main area of need.',
    ],
    [
      'schoolReferralsSEMH',
      'School_x0020_Referrals_x0020_SEM',
      'Social, Emotional and Mental Health, schools',
      'School referrals by main area of need.',
    ],
    [
      'schoolReferralsSP',
      'School_x0020_Referrals_x0020_S_x',
      'Sensory and/or Physical, schools',
      'School referrals by main area of need.',
    ],
  ],
  'Early years referrals, by area of need': [
    [
      'eyReferralsCI',
      'EY_x0020_Referrals_x0020_C_x0026',
      'Communication and Interaction, early years',
      'Early years referrals by main area of need. The four areas add up to all early years referrals.',
    ],
    [
      'eyReferralsCL',
      'EY_x0020_Referrals_x0020_C_x00260',
      'Cognition and Learning, early years',
      'Early years referrals by main area of need.',
    ],
    [
      'eyReferralsSEMH',
      'EY_x0020_Referrals_x0020_SEMH',
      'Social, Emotional and Mental Health, early years',
      'Early years referrals by main area of need.',
    ],
    [
      'eyReferralsSP',
      'EY_x0020_Referrals_x0020_S_x0026',
      'Sensory and/or Physical, early years',
      'Early years referrals by main area of need.',
    ],
  ],
  'Clinics and transition': [
    [
      'clinicsSchools',
      'Clinics_x0020_Schools',
      'Clinics for schools',
      'Clinics, surgeries and in-school reviews held this term.',
    ],
    [
      'clinicsEY',
      'Clinics_x0020_EY',
      'Clinics for early years',
      'Clinics, surgeries and in-setting reviews held this term.',
    ],
    [
      'casesAtClinics',
      'Cases_x0020_at_x0020_Clinics',
      'Cases discussed at clinics',
      'Cases discussed at clinics this term, schools and early years together.',
      'count',
      { from: CHANGED },
    ],
    [
      'transitionSchools',
      'Transition_x0020_Schools',
      'Schools supported with transition events',
      'Schools supported to deliver transition events this term.',
    ],
    [
      'transitionEY',
      'Transition_x0020_EY',
      'Settings supported with transition events',
      'Early years settings supported to deliver transition events this term.',
    ],
  ],
  Training: [
    [
      'coreTraining',
      'Core_x0020_Training',
      'Core training courses',
      'Courses of the yearly core offer delivered this term.',
      'count',
      { to: LAST_BEFORE },
    ],
    [
      'bespokeTraining',
      'Bespoke_x0020_Training',
      'Bespoke training courses',
      'Courses delivered at a school’s own request this term.',
      'count',
      { to: LAST_BEFORE },
    ],
    [
      'parentalTraining',
      'Parental_x0020_Training',
      'Courses for parents',
      'Training courses delivered to parents this term.',
    ],
    [
      'trainingCourses',
      'Training_x0020_Courses',
      'Training courses',
      'All courses delivered to schools and settings this term, core and bespoke together.',
      'count',
      { from: CHANGED },
    ],
    [
      'schoolsTrained',
      'Schools_x0020_Trained',
      'Schools trained',
      'Schools that took part in training this term.',
    ],
    [
      'settingsTrained',
      'Settings_x0020_Trained',
      'Settings trained',
      'Early years settings that took part in training this term.',
    ],
  ],
});

const budget = rows('Budget', BUDGET_LIST, {
  Budget: [
    ['coreBudget', 'Core_x0020_Budget', 'Core budget', 'Core funding of the district.', 'money'],
    [
      'outreachBudget',
      'Outreach_x0020_Budget',
      'Outreach budget',
      'Outreach funding of the district.',
      'money',
    ],
    [
      'slaTotal',
      'SLA_x0020_Total',
      'SLA total',
      'The amount specified in the service level agreement.',
      'money',
    ],
    [
      'otherIncome',
      'Other_x0020_Income',
      'Other income',
      'Any other income of the district.',
      'money',
      { optional: true },
    ],
    [
      'totalBudget',
      'Total_x0020_Budget',
      'Total budget',
      'Total budget as the district reported it with its spending.',
      'money',
    ],
  ],
  Spending: [
    [
      'staffingCosts',
      'Direct_x0020_Staffing_x0020_Cost',
      'Direct staffing costs',
      'Staffing costs of the school that holds the agreement.',
      'money',
    ],
    [
      'rentAndPremises',
      'Rent_x0020_and_x0020_Premises',
      'Rent and premises',
      'Rent and premises overheads.',
      'money',
    ],
    [
      'specialSchoolOutreach',
      'Special_x0020_School_x0020_Outre',
      'Allocated to special school outreach',
      'Amount allocated to special school outreach.',
      'money',
    ],
  ],
});

const aet = rows('AET', AET_LIST, {
  'AET training': [
    [
      'aetCompleted',
      'Sessions_x0020_Completed',
      'AET sessions completed',
      'Autism Education Trust training sessions completed so far.',
    ],
    [
      'aetBooked',
      'Sessions_x0020_Booked',
      'AET sessions booked',
      'Autism Education Trust training sessions booked so far, completed ones included.',
    ],
  ],
});

/** The measures of the council's lists, as rows that commissioners can correct. */
export const starterMeasures: readonly Row[] = [...kpi, ...lar, ...budget, ...aet];

/** The columns of the council's four lists: internal names as Graph speaks them. */
import type { SeedColumn } from '../sharepoint/seed.ts';
import { districtNames } from './districts.ts';

export const kpi = {
  district: 'District',
  year: 'Academic_x0020_Year',
  term: 'Term',
  submittedBy: 'Submitted_x0020_By',
  eySupported: 'EY_x0020_Settings_x0020_Supporte',
  primarySupported: 'Primary_x0020_Schools_x0020_Supp',
  secondarySupported: 'Secondary_x0020_Schools_x0020_Su',
  eyPercent: 'field_7',
  primaryPercent: 'field_8',
  secondaryPercent: 'field_9',
  activeSchools: 'Actively_x0020_Supported_x0020_S',
  schoolCaseload: 'School_x0020_Caseload',
  activeEy: 'Actively_x0020_Supported_x0020_E',
  eyCaseload: 'EY_x0020_Caseload',
  activeInteraction: 'Active_x0020_C_x0026_I',
  activeLearning: 'Active_x0020_C_x0026_L',
  activeSemh: 'Active_x0020_SEMH',
  activeSensory: 'Active_x0020_Sensory_x002f_Physi',
  targetsReviewed: 'Targets_x0020_Reviewed',
  targetsAmended: 'Targets_x0020_Amended',
  closedTargetsMet: 'Closed_x0020_Targets_x0020_Met',
  fteTotal: 'FTE_x0020_Total',
  fteVacancies: 'FTE_x0020_Vacancies',
  comments: 'Comments',
} as const;

export const lar = {
  district: 'District',
  year: 'Academic_x0020_Year',
  term: 'Term',
  submittedBy: 'Submitted_x0020_By',
  primaryAtLift: 'Primary_x0020_Schools_x0020_at_x',
  secondaryAtLift: 'Secondary_x0020_Schools_x0020_at',
  eyAtLift: 'EY_x0020_Settings_x0020_at_x0020',
  referralsPrimary: 'Referrals_x0020_Primary',
  referralsSecondary: 'Referrals_x0020_Secondary',
  referralsEy: 'Referrals_x0020_EY',
  schoolInteraction: 'School_x0020_Referrals_x0020_C_x',
  schoolLearning: 'School_x0020_Referrals_x0020_C_x0',
  schoolSemh: 'School_x0020_Referrals_x0020_SEM',
  schoolSensory: 'School_x0020_Referrals_x0020_S_x',
  eyInteraction: 'EY_x0020_Referrals_x0020_C_x0026',
  eyLearning: 'EY_x0020_Referrals_x0020_C_x00260',
  eySemh: 'EY_x0020_Referrals_x0020_SEMH',
  eySensory: 'EY_x0020_Referrals_x0020_S_x0026',
  clinicsSchools: 'Clinics_x0020_Schools',
  clinicsEy: 'Clinics_x0020_EY',
  casesAtClinics: 'Cases_x0020_at_x0020_Clinics',
  transitionSchools: 'Transition_x0020_Schools',
  transitionEy: 'Transition_x0020_EY',
  coreTraining: 'Core_x0020_Training',
  bespokeTraining: 'Bespoke_x0020_Training',
  parentalTraining: 'Parental_x0020_Training',
  trainingCourses: 'Training_x0020_Courses',
  schoolsTrained: 'Schools_x0020_Trained',
  settingsTrained: 'Settings_x0020_Trained',
  comments: 'Comments',
} as const;

export const budget = {
  district: 'District',
  year: 'Academic_x0020_Year',
  asOfTerm: 'As_x0020_Of_x0020_Term',
  core: 'Core_x0020_Budget',
  outreach: 'Outreach_x0020_Budget',
  slaTotal: 'SLA_x0020_Total',
  otherIncome: 'Other_x0020_Income',
  total: 'Total_x0020_Budget',
  staffing: 'Direct_x0020_Staffing_x0020_Cost',
  rent: 'Rent_x0020_and_x0020_Premises',
  specialSchoolOutreach: 'Special_x0020_School_x0020_Outre',
} as const;

export const aet = {
  district: 'District',
  phase: 'Phase',
  asOf: 'As_x0020_Of',
  completed: 'Sessions_x0020_Completed',
  booked: 'Sessions_x0020_Booked',
} as const;

const from2023 = 'from 2023-24';
const to2024 = 'to 2024-25';
const to2022 = 'to 2022-23';

export const kpiColumns: SeedColumn[] = [
  districtChoice(),
  text(kpi.year, 'Academic Year', '2026-27; older items 2022/23'),
  termChoice('Term 1 … Term 6; older items T1, 1'),
  text(kpi.submittedBy, 'Submitted By', 'e-mail address'),
  count(kpi.eySupported, 'EY Settings Supported'),
  count(kpi.primarySupported, 'Primary Schools Supported'),
  count(kpi.secondarySupported, 'Secondary Schools Supported'),
  text(kpi.eyPercent, 'EY settings supported (%)', '0–100, with or without %; from 2023-24'),
  text(
    kpi.primaryPercent,
    'Primary schools supported (%)',
    '0–100, with or without %; from 2023-24',
  ),
  text(
    kpi.secondaryPercent,
    'Secondary schools supported (%)',
    '0–100, with or without %; from 2023-24',
  ),
  count(kpi.activeSchools, 'Actively Supported Schools'),
  count(kpi.schoolCaseload, 'School Caseload'),
  count(kpi.activeEy, 'Actively Supported EY'),
  count(kpi.eyCaseload, 'EY Caseload'),
  count(kpi.activeInteraction, 'Active C&I', from2023),
  count(kpi.activeLearning, 'Active C&L', from2023),
  count(kpi.activeSemh, 'Active SEMH', from2023),
  count(kpi.activeSensory, 'Active Sensory/Physical', from2023),
  percentage(kpi.targetsReviewed, 'Targets Reviewed', 'stored 0–1'),
  percentage(kpi.targetsAmended, 'Targets Amended', 'stored 0–1; schools only'),
  percentage(kpi.closedTargetsMet, 'Closed Targets Met', 'stored 0–1'),
  { name: kpi.fteTotal, displayName: 'FTE Total', type: 'number', decimals: 1 },
  { name: kpi.fteVacancies, displayName: 'FTE Vacancies', type: 'number', decimals: 1 },
  { name: kpi.comments, displayName: 'Comments', type: 'note' },
];

export const larColumns: SeedColumn[] = [
  districtChoice(),
  text(lar.year, 'Academic Year'),
  termChoice(),
  text(lar.submittedBy, 'Submitted By'),
  count(lar.primaryAtLift, 'Primary Schools at LIFT', to2024),
  count(lar.secondaryAtLift, 'Secondary Schools at LIFT', to2024),
  count(lar.eyAtLift, 'EY Settings at LIFT', to2024),
  count(lar.referralsPrimary, 'Referrals Primary'),
  count(lar.referralsSecondary, 'Referrals Secondary'),
  count(lar.referralsEy, 'Referrals EY'),
  count(lar.schoolInteraction, 'School Referrals C&I'),
  count(lar.schoolLearning, 'School Referrals C&L', 'the collision suffix is real'),
  count(lar.schoolSemh, 'School Referrals SEMH'),
  count(lar.schoolSensory, 'School Referrals S&P'),
  count(lar.eyInteraction, 'EY Referrals C&I'),
  count(lar.eyLearning, 'EY Referrals C&L'),
  count(lar.eySemh, 'EY Referrals SEMH'),
  count(lar.eySensory, 'EY Referrals S&P'),
  count(lar.clinicsSchools, 'Clinics Schools'),
  count(lar.clinicsEy, 'Clinics EY'),
  count(lar.casesAtClinics, 'Cases at Clinics', from2023),
  count(lar.transitionSchools, 'Transition Schools'),
  count(lar.transitionEy, 'Transition EY'),
  count(lar.coreTraining, 'Core Training', to2022),
  count(lar.bespokeTraining, 'Bespoke Training', to2022),
  count(lar.parentalTraining, 'Parental Training'),
  count(lar.trainingCourses, 'Training Courses', from2023),
  count(lar.schoolsTrained, 'Schools Trained'),
  count(lar.settingsTrained, 'Settings Trained'),
  { name: lar.comments, displayName: 'Comments', type: 'note' },
];

export const budgetColumns: SeedColumn[] = [
  text(budget.district, 'District'),
  text(budget.year, 'Academic Year'),
  text(budget.asOfTerm, 'As Of Term'),
  text(budget.core, 'Core Budget', '£377,550, 364,850'),
  text(budget.outreach, 'Outreach Budget'),
  text(budget.slaTotal, 'SLA Total'),
  text(budget.otherIncome, 'Other Income', 'Not reported'),
  text(budget.total, 'Total Budget'),
  text(budget.staffing, 'Direct Staffing Costs'),
  text(budget.rent, 'Rent and Premises'),
  text(budget.specialSchoolOutreach, 'Special School Outreach'),
];

export const aetColumns: SeedColumn[] = [
  text(aet.district, 'District'),
  { name: aet.phase, displayName: 'Phase', type: 'choice', choices: ['School age', 'Early years'] },
  { name: aet.asOf, displayName: 'As Of', type: 'dateTime' },
  count(aet.completed, 'Sessions Completed'),
  count(aet.booked, 'Sessions Booked'),
];

function text(name: string, displayName: string, description?: string): SeedColumn {
  return described({ name, displayName, type: 'text' }, description);
}

function count(name: string, displayName: string, description?: string): SeedColumn {
  return described({ name, displayName, type: 'number' }, description);
}

function percentage(name: string, displayName: string, description: string): SeedColumn {
  return { name, displayName, type: 'number', percentage: true, description };
}

function districtChoice(): SeedColumn {
  return {
    name: 'District',
    displayName: 'District',
    type: 'choice',
    choices: districtNames,
    fillIn: true,
  };
}

function termChoice(description?: string): SeedColumn {
  const choices = ['Term 1', 'Term 2', 'Term 3', 'Term 4', 'Term 5', 'Term 6'];
  return described({ name: 'Term', displayName: 'Term', type: 'choice', choices }, description);
}

function described(column: SeedColumn, description?: string): SeedColumn {
  return description === undefined ? column : { ...column, description };
}

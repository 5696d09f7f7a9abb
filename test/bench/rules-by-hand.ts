import type { DistrictFigures } from '../../bot/directory/district.ts';
import type { Return } from '../../bot/returns/return.ts';

/** Called with the id of a rule that does not hold. */
type Broken = (rule: string) => void;

/** A figure, or NaN: whatever is worked out or compared with NaN is no contradiction. */
function figure(filed: Return, id: string): number {
  const answer = filed.answers[id];
  return answer?.kind === 'number' ? answer.value : Number.NaN;
}

/** The starter comparisons as a developer would write them who need not leave them to anybody else. */
export function checkByHand(filed: Return, district: DistrictFigures, broken: Broken): void {
  if (filed.form === 'KPI') checkKpi(filed, district, broken);
  else if (filed.form === 'LAR') checkLar(filed, broken);
  else if (filed.form === 'Budget') checkBudget(filed, broken);
  else checkAet(filed, broken);
}

function checkKpi(filed: Return, district: DistrictFigures, broken: Broken): void {
  const activeSchools = figure(filed, 'activelySupportedSchools');
  const activeEY = figure(filed, 'activelySupportedEY');
  if (activeSchools > figure(filed, 'schoolCaseload')) broken('supported-within-caseload-schools');
  if (activeEY > figure(filed, 'eyCaseload')) broken('supported-within-caseload-ey');
  if (isHalfGiven(filed, 'activelySupportedSchools', 'schoolCaseload')) {
    broken('supported-and-caseload-both-given-schools');
  }
  if (isHalfGiven(filed, 'activelySupportedEY', 'eyCaseload')) {
    broken('supported-and-caseload-both-given-ey');
  }
  const [settings, primary, secondary] = [
    district['eySettings'] ?? Number.NaN,
    district['primarySchools'] ?? Number.NaN,
    district['secondarySchools'] ?? Number.NaN,
  ];
  const ey = figure(filed, 'eySettingsSupported');
  const inPrimary = figure(filed, 'primarySchoolsSupported');
  const inSecondary = figure(filed, 'secondarySchoolsSupported');
  if (ey > settings) broken('supported-within-district-ey');
  if (inPrimary > primary) broken('supported-within-district-primary');
  if (inSecondary > secondary) broken('supported-within-district-secondary');
  if (isOff(figure(filed, 'eySettingsSupportedPct'), (ey / settings) * 100)) {
    broken('percentage-agrees-ey');
  }
  if (isOff(figure(filed, 'primarySchoolsSupportedPct'), (inPrimary / primary) * 100)) {
    broken('percentage-agrees-primary');
  }
  if (isOff(figure(filed, 'secondarySchoolsSupportedPct'), (inSecondary / secondary) * 100)) {
    broken('percentage-agrees-secondary');
  }
  const areas =
    figure(filed, 'activeCI') +
    figure(filed, 'activeCL') +
    figure(filed, 'activeSEMH') +
    figure(filed, 'activeSP');
  if (Math.abs(areas - (activeSchools + activeEY)) > 0) broken('active-areas-sum');
}

const isOff = (percentage: number, worked: number): boolean =>
  Math.abs(percentage - worked) > 1 + 1e-9;

function isHalfGiven(filed: Return, one: string, other: string): boolean {
  const [a, b] = [filed.answers[one]?.kind, filed.answers[other]?.kind];
  if (a === 'unreadable' || b === 'unreadable') return false;
  return (a === 'number') !== (b === 'number');
}

function checkLar(filed: Return, broken: Broken): void {
  const schools =
    figure(filed, 'schoolReferralsCI') +
    figure(filed, 'schoolReferralsCL') +
    figure(filed, 'schoolReferralsSEMH') +
    figure(filed, 'schoolReferralsSP');
  const received = figure(filed, 'referralsPrimary') + figure(filed, 'referralsSecondary');
  if (Math.abs(schools - received) > 0) broken('referral-areas-sum-schools');
  const ey =
    figure(filed, 'eyReferralsCI') +
    figure(filed, 'eyReferralsCL') +
    figure(filed, 'eyReferralsSEMH') +
    figure(filed, 'eyReferralsSP');
  if (Math.abs(ey - figure(filed, 'referralsEY')) > 0) broken('referral-areas-sum-ey');
}

function checkBudget(filed: Return, broken: Broken): void {
  const sla = figure(filed, 'slaTotal');
  const total = figure(filed, 'totalBudget');
  const budgets = figure(filed, 'coreBudget') + figure(filed, 'outreachBudget');
  if (Math.abs(budgets - sla) > 0) broken('budget-sums-to-sla');
  if (Math.abs(sla - total) > 0) broken('sla-equals-total-budget');
  const spent =
    figure(filed, 'staffingCosts') +
    figure(filed, 'rentAndPremises') +
    figure(filed, 'specialSchoolOutreach');
  if (spent > total) broken('spend-within-budget');
}

function checkAet(filed: Return, broken: Broken): void {
  if (figure(filed, 'aetCompleted') > figure(filed, 'aetBooked')) {
    broken('aet-completed-within-booked');
  }
}

import { expect, test } from 'vitest';
import { councilSite } from '../../../infra/local/demo/council-site.ts';
import type { SeedColumn } from '../../../infra/local/sharepoint/seed.ts';

/** As the council's lists have them: display name, internal name, type. */
const columnsOf: Record<string, string> = {
  'STLS KPI Returns': `
District | District | choice fill-in
Academic Year | Academic_x0020_Year | text
Term | Term | choice
Submitted By | Submitted_x0020_By | text
EY Settings Supported | EY_x0020_Settings_x0020_Supporte | number
Primary Schools Supported | Primary_x0020_Schools_x0020_Supp | number
Secondary Schools Supported | Secondary_x0020_Schools_x0020_Su | number
EY settings supported (%) | field_7 | text
Primary schools supported (%) | field_8 | text
Secondary schools supported (%) | field_9 | text
Actively Supported Schools | Actively_x0020_Supported_x0020_S | number
School Caseload | School_x0020_Caseload | number
Actively Supported EY | Actively_x0020_Supported_x0020_E | number
EY Caseload | EY_x0020_Caseload | number
Active C&I | Active_x0020_C_x0026_I | number
Active C&L | Active_x0020_C_x0026_L | number
Active SEMH | Active_x0020_SEMH | number
Active Sensory/Physical | Active_x0020_Sensory_x002f_Physi | number
Targets Reviewed | Targets_x0020_Reviewed | number %
Targets Amended | Targets_x0020_Amended | number %
Closed Targets Met | Closed_x0020_Targets_x0020_Met | number %
FTE Total | FTE_x0020_Total | number 1 decimal
FTE Vacancies | FTE_x0020_Vacancies | number 1 decimal
Comments | Comments | note`,
  'STLS Local Activity Report': `
District | District | choice fill-in
Academic Year | Academic_x0020_Year | text
Term | Term | choice
Submitted By | Submitted_x0020_By | text
Primary Schools at LIFT | Primary_x0020_Schools_x0020_at_x | number
Secondary Schools at LIFT | Secondary_x0020_Schools_x0020_at | number
EY Settings at LIFT | EY_x0020_Settings_x0020_at_x0020 | number
Referrals Primary | Referrals_x0020_Primary | number
Referrals Secondary | Referrals_x0020_Secondary | number
Referrals EY | Referrals_x0020_EY | number
School Referrals C&I | School_x0020_Referrals_x0020_C_x | number
School Referrals C&L | School_x0020_Referrals_x0020_C_x0 | number
School Referrals SEMH | School_x0020_Referrals_x0020_SEM | number
School Referrals S&P | School_x0020_Referrals_x0020_S_x | number
EY Referrals C&I | EY_x0020_Referrals_x0020_C_x0026 | number
EY Referrals C&L | EY_x0020_Referrals_x0020_C_x00260 | number
EY Referrals SEMH | EY_x0020_Referrals_x0020_SEMH | number
EY Referrals S&P | EY_x0020_Referrals_x0020_S_x0026 | number
Clinics Schools | Clinics_x0020_Schools | number
Clinics EY | Clinics_x0020_EY | number
Cases at Clinics | Cases_x0020_at_x0020_Clinics | number
Transition Schools | Transition_x0020_Schools | number
Transition EY | Transition_x0020_EY | number
Core Training | Core_x0020_Training | number
Bespoke Training | Bespoke_x0020_Training | number
Parental Training | Parental_x0020_Training | number
Training Courses | Training_x0020_Courses | number
Schools Trained | Schools_x0020_Trained | number
Settings Trained | Settings_x0020_Trained | number
Comments | Comments | note`,
  'STLS Budget and Spend': `
District | District | text
Academic Year | Academic_x0020_Year | text
As Of Term | As_x0020_Of_x0020_Term | text
Core Budget | Core_x0020_Budget | text
Outreach Budget | Outreach_x0020_Budget | text
SLA Total | SLA_x0020_Total | text
Other Income | Other_x0020_Income | text
Total Budget | Total_x0020_Budget | text
Direct Staffing Costs | Direct_x0020_Staffing_x0020_Cost | text
Rent and Premises | Rent_x0020_and_x0020_Premises | text
Special School Outreach | Special_x0020_School_x0020_Outre | text`,
  'STLS AET Training': `
District | District | text
Phase | Phase | choice
As Of | As_x0020_Of | dateTime
Sessions Completed | Sessions_x0020_Completed | number
Sessions Booked | Sessions_x0020_Booked | number`,
};

test.each(councilSite().lists)('$displayName has its columns', ({ displayName, columns }) => {
  expect(columns.map(asLine)).toEqual(columnsOf[displayName]?.trim().split('\n'));
});

test('District offers the twelve names, Term the six terms', () => {
  const [returns] = councilSite().lists;
  const choices = returns?.columns.flatMap(({ choices: offered }) =>
    offered ? [offered.length] : [],
  );
  expect(choices).toEqual([12, 6]);
});

function asLine({ displayName, name, type, percentage, decimals, fillIn }: SeedColumn): string {
  const marks = [
    percentage ? ' %' : '',
    decimals === 1 ? ' 1 decimal' : '',
    fillIn ? ' fill-in' : '',
  ];
  return `${displayName} | ${name} | ${type}${marks.join('')}`;
}

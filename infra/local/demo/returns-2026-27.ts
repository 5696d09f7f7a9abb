/**
 * Term 1 of 2026-27, due on Wednesday 18 November 2026: the story of the demo.
 * Swale has filed nothing, Dover no KPI return, Thanet no activity report, and
 * Gravesham filed late. Every number is made up; the slips are planted.
 */
import type { SeedItem } from '../sharepoint/seed.ts';
import { kpi, lar } from './columns.ts';
import { districtNamed } from './districts.ts';
import { laterKpiValues, laterLarValues, type Values } from './later-returns.ts';
import type { Moment } from './made-up-kpi.ts';
import { salts } from './made-up-numbers.ts';
import { returnItem, type Form } from './return-item.ts';

type Filing = {
  district: string;
  filedAt: string;
  writtenDistrict?: string;
  /** Planted values. */
  slip?: Values;
  comments?: string;
};

const kpiFilings: Filing[] = [
  { district: 'Ashford', filedAt: '2026-11-09T10:05:00Z' },
  { district: 'Canterbury', filedAt: '2026-11-12T14:20:00Z' },
  {
    district: 'Dartford',
    filedAt: '2026-11-16T09:40:00Z',
    slip: { [kpi.schoolCaseload]: 412 },
  },
  {
    district: 'Folkestone and Hythe',
    filedAt: '2026-11-05T11:30:00Z',
    writtenDistrict: 'Folkestone & Hythe',
  },
  {
    district: 'Folkestone and Hythe',
    filedAt: '2026-11-10T15:10:00Z',
    writtenDistrict: 'Folkstone and Hythe',
    slip: { [kpi.eyCaseload]: 117, [kpi.fteVacancies]: 0.6 },
    comments: 'Filed again with the early years caseload put right.',
  },
  { district: 'Gravesham', filedAt: '2026-11-20T12:15:00Z' },
  {
    district: 'Maidstone',
    filedAt: '2026-11-17T13:25:00Z',
    slip: {
      [kpi.activeSchools]: 212,
      [kpi.schoolCaseload]: 189,
      [kpi.activeEy]: 92,
      [kpi.activeInteraction]: 119,
      [kpi.activeLearning]: 66,
      [kpi.activeSemh]: 93,
      [kpi.activeSensory]: 26,
    },
  },
  {
    district: 'Sevenoaks',
    filedAt: '2026-11-13T10:50:00Z',
    slip: { [kpi.primarySupported]: 52, [kpi.primaryPercent]: '104%' },
  },
  { district: 'Thanet', filedAt: '2026-11-06T16:05:00Z' },
  {
    district: 'Tonbridge and Malling',
    filedAt: '2026-11-04T09:15:00Z',
    writtenDistrict: 'Tonbridge & Malling',
  },
  {
    district: 'Tunbridge Wells',
    filedAt: '2026-11-18T16:40:00Z',
    slip: laterKpiValues(term6Of2025('Tunbridge Wells')),
  },
];

const larFilings: Filing[] = [
  { district: 'Ashford', filedAt: '2026-11-09T10:25:00Z' },
  {
    district: 'Canterbury',
    filedAt: '2026-11-13T09:30:00Z',
    slip: { [lar.schoolSemh]: 19 },
  },
  { district: 'Dartford', filedAt: '2026-11-16T10:10:00Z' },
  { district: 'Dover', filedAt: '2026-11-11T14:45:00Z' },
  { district: 'Folkestone and Hythe', filedAt: '2026-11-10T15:30:00Z' },
  { district: 'Gravesham', filedAt: '2026-11-20T12:40:00Z' },
  { district: 'Maidstone', filedAt: '2026-11-17T13:55:00Z' },
  { district: 'Sevenoaks', filedAt: '2026-11-18T11:00:00Z' },
  {
    district: 'Tonbridge and Malling',
    filedAt: '2026-11-12T09:05:00Z',
    writtenDistrict: 'Tonbridge & Malling',
    slip: { [lar.clinicsSchools]: 0 },
  },
  { district: 'Tunbridge Wells', filedAt: '2026-11-17T15:20:00Z' },
];

export const kpiReturns202627: SeedItem[] = kpiFilings.map((filing) =>
  filed('KPI', filing, laterKpiValues),
);

export const larReturns202627: SeedItem[] = larFilings.map((filing) =>
  filed('LAR', filing, laterLarValues),
);

function filed(form: Form, filing: Filing, values: (at: Moment) => Values): SeedItem {
  const { slip, ...rest } = filing;
  const at = { district: districtNamed(filing.district), term: 1, salt: salts['2026-27'] };
  return returnItem({
    form,
    ...rest,
    writtenYear: '2026-27',
    writtenTerm: 'Term 1',
    values: { ...values(at), ...slip },
  });
}

/** Planted: the last numbers of the year before, all over again. */
function term6Of2025(district: string): Moment {
  return { district: districtNamed(district), term: 6, salt: salts['2025-26'] };
}

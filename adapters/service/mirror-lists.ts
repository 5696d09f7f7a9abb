import type { Look } from '../../bot/look.ts';
import { chaseLogMirror } from './mirror-chase-log.ts';
import { findingsMirror } from './mirror-findings.ts';
import type { Service } from './service.ts';

/** Brings the lists that the bot writes in line after a look, one after the other. */
export function listMirrors(
  service: Pick<Service, 'site' | 'memory' | 'log' | 'clock'>,
): (look: Look) => Promise<void> {
  const chaseLog = chaseLogMirror(service);
  const findings = findingsMirror(service);
  return async ({ reading, assessment }) => {
    await chaseLog(reading.people);
    await findings(assessment.register);
  };
}

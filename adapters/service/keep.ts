import { isDeepStrictEqual } from 'node:util';
import type { Filing } from '../../bot/assess.ts';
import type { Look } from '../../bot/look.ts';
import type { KeptFiling } from '../storage/memory.ts';
import type { Service } from './service.ts';

type Kept = Pick<Service, 'memory'>;

/**
 * Keeps what a look learnt: findings raised and closed, and when returns were first filed. What somebody
 * else wrote since the look began stands: the next look learns anew from that.
 */
export async function keep({ memory }: Kept, { assessment, remembered }: Look): Promise<void> {
  const { findings } = remembered;
  const isNew = ({ finding }: (typeof assessment.changed)[number]) => !findings.has(finding.id);
  await memory.findings.addAll(
    assessment.changed.filter(isNew).map((record) => [record.finding.id, record]),
  );
  for (const record of assessment.changed.filter((one) => !isNew(one))) {
    const { id } = record.finding;
    await memory.findings.change(id, (kept) =>
      isDeepStrictEqual(kept, findings.get(id)) ? record : undefined,
    );
  }
  const filings = [...assessment.newFilings];
  await memory.filings.addAll(filings.map(([id, filing]) => [id, asKept(filing)]));
  for (const [id, filing] of filings) {
    if (!remembered.filings.has(id)) continue;
    await memory.filings.change(id, ({ firstFiled }) => (firstFiled ? undefined : asKept(filing)));
  }
}

function asKept(filing: Filing): KeptFiling {
  if (filing === 'part filed') return {};
  return filing instanceof Date ? { firstFiled: filing } : filing;
}

/** Keeps when a return was first filed; once known, that never changes. */
export async function keepFirstFiled({ memory }: Kept, id: string, at: Date): Promise<void> {
  if (await memory.filings.add(id, { firstFiled: at })) return;
  await memory.filings.change(id, ({ firstFiled, complete }) =>
    firstFiled ? undefined : { firstFiled: complete ?? at },
  );
}

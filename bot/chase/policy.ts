/** When people are written to. Commissioners change it in the settings list. */
export type ChasePolicy = {
  /** Working days from the due day on which a missing return is chased; negative is before. */
  returnStages: readonly number[];
  /** Working days from the day on which a query was raised. */
  queryStages: readonly number[];
  /** From this stage the lead's manager is told too. */
  managerStage: number;
  /** From this stage the commissioners are told. */
  commissionerStage: number;
  /** London time, `HH:mm`: nothing is sent before or from then on. */
  quietUntil: string;
  quietFrom: string;
  /** London time of the weekly summary on the first working day of the week. */
  summaryAt: string;
};

/** The policy of the service, used where the settings list says nothing else. */
export const DEFAULT_POLICY: ChasePolicy = {
  returnStages: [-5, -1, 1, 3, 5, 10],
  queryStages: [1, 2, 5],
  managerStage: 5,
  commissionerStage: 10,
  quietUntil: '08:30',
  quietFrom: '17:00',
  summaryAt: '09:00',
};

/** A policy that can be followed, and in words what of another could not be. */
export function soundPolicy(policy: ChasePolicy): { policy: ChasePolicy; problems: string[] } {
  const problems: string[] = [];
  const hours = soundHours(policy, problems);
  const managerStage = soundManagerStage(policy, problems);
  const summaryAt = soundSummary({ ...policy, ...hours }, problems);
  return { policy: { ...policy, ...hours, managerStage, summaryAt }, problems };
}

type Hours = Pick<ChasePolicy, 'quietUntil' | 'quietFrom'>;

function soundHours({ quietUntil, quietFrom }: ChasePolicy, problems: string[]): Hours {
  if (quietUntil < quietFrom) return { quietUntil, quietFrom };
  const usual = { quietUntil: DEFAULT_POLICY.quietUntil, quietFrom: DEFAULT_POLICY.quietFrom };
  problems.push(
    `“quiet until” (${quietUntil}) is not before “quiet from” (${quietFrom}), so that nobody could be written to; ${usual.quietUntil} and ${usual.quietFrom} apply instead.`,
  );
  return usual;
}

function soundManagerStage(
  { managerStage, returnStages }: ChasePolicy,
  problems: string[],
): number {
  const last = Math.max(...returnStages);
  if (managerStage <= last) return managerStage;
  problems.push(
    `“manager stage” (${managerStage}) is after the last of the “chase stages”, so that no manager would be told; ${last} applies instead.`,
  );
  return last;
}

function soundSummary(
  { summaryAt, quietUntil, quietFrom }: ChasePolicy,
  problems: string[],
): string {
  if (quietUntil <= summaryAt && summaryAt < quietFrom) return summaryAt;
  problems.push(
    `“summary at” (${summaryAt}) is outside the hours in which the bot writes, from ${quietUntil} to ${quietFrom}; ${quietUntil} applies instead.`,
  );
  return quietUntil;
}

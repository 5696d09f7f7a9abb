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

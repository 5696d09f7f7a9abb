import { assess, type Assessment, type Held, type Remembered } from './assess.ts';
import type { Directory } from './directory/directory.ts';
import type { ChaseEntry, Situation } from './chase/situation.ts';

/** Everything that the lists say at one moment. */
export type Reading = Held & { directory: Directory };

/** Everything known at one moment: what the lists say, what is remembered, and where that leaves things. */
export type Look = {
  at: Date;
  reading: Reading;
  remembered: Remembered & { log: ChaseEntry[] };
  assessment: Assessment;
  situation: Situation;
};

export function lookAt(reading: Reading, remembered: Look['remembered'], at: Date): Look {
  const assessment = assess(reading, remembered, at);
  return {
    at,
    reading,
    remembered,
    assessment,
    situation: {
      at,
      calendar: assessment.calendar,
      policy: reading.policy,
      people: reading.people,
      statuses: assessment.statuses,
      findings: [...assessment.register.values()],
      log: remembered.log,
      pauses: remembered.pauses,
      concerns: [
        ...assessment.problems,
        ...reading.notChecked.map(({ list, reason }) => `${list}: could not check. ${reason}`),
      ],
    },
  };
}

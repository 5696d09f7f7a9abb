import type { Person } from '../access/people.ts';
import type { ReturnKey } from '../returns/return.ts';

/** What a message is: to a lead, to a lead's manager, to a commissioner, to the channel. */
export const MESSAGE_KINDS = ['chase', 'manager', 'alert', 'summary'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** One thing that a message chases for, at which stage, and why just now. */
export type ChasedFor = {
  /** A return's id or a finding's id. */
  about: string;
  stage: string;
  because: string;
};

/** What is decided to be said to somebody. */
export type Message = {
  /** Unique: a message is delivered once for each id. */
  id: string;
  kind: MessageKind;
  /** Undefined for the channel. */
  person?: Person;
  district?: string;
  stage?: string;
  returns: ReturnKey[];
  /** Ids of findings. */
  findings: string[];
  /** What it chases for: the lines of the chase log that delivering it makes. */
  logs: ChasedFor[];
  /** Entra object id of the commissioner who asked for it. */
  askedBy?: string;
};

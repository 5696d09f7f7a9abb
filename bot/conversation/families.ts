import type { Command, CommandName } from './command.ts';

/** What is answered from the directory of schools, link practitioners and clinics. */
const DIRECTORY = [
  'link practitioner',
  'next clinic',
  'all clinics',
  'book clinic',
  'cancel booking',
  'my bookings',
  'add to calendar',
  'my schools',
  'my clinics',
  'away',
  'back',
] as const satisfies readonly CommandName[];

/** What a lead asks about their own returns. */
const OWN_RETURNS = [
  'what is due',
  'my last return',
  'my open queries',
] as const satisfies readonly CommandName[];

/** What is asked of the districts. */
const OVERSIGHT = [
  'who is missing',
  'late again',
  'show district',
  'chase district',
  'compare districts',
  'which district',
  'which second district',
  'measure over time',
  'overdue promises',
  'what changed',
  'show findings',
  'what can be approved',
  'try rule',
] as const satisfies readonly CommandName[];

/** What changes something, in the lists or for others. */
const WRITING = [
  'chase district',
  'book clinic',
  'cancel booking',
  'away',
  'back',
  'introduce',
] as const satisfies readonly CommandName[];

type Of<N extends CommandName> = Extract<Command, { name: N }>;

export type DirectoryCommand = Of<(typeof DIRECTORY)[number]>;
export type OwnReturnsCommand = Of<(typeof OWN_RETURNS)[number]>;
export type OversightCommand = Of<(typeof OVERSIGHT)[number]>;
/** Everything else: greetings, help, words that mean nothing here. */
export type TalkCommand = Exclude<Command, DirectoryCommand | OwnReturnsCommand | OversightCommand>;

const has = (names: readonly CommandName[], { name }: Command): boolean => names.includes(name);

export const isOfDirectory = (command: Command): command is DirectoryCommand =>
  has(DIRECTORY, command);
export const isOfOwnReturns = (command: Command): command is OwnReturnsCommand =>
  has(OWN_RETURNS, command);
export const isOfOversight = (command: Command): command is OversightCommand =>
  has(OVERSIGHT, command);
/** Whoever says no school is only asked for it. */
export const isWriting = (command: Command): boolean =>
  has(WRITING, command) &&
  (command.name !== 'introduce' || Boolean(command.school ?? command.unknownSchool));

import type { Held } from '../../../bot/assess.ts';
import { lookAt, type Look } from '../../../bot/look.ts';
import { nothingRemembered } from '../made.ts';

const NO_DIRECTORY: Look['reading']['directory'] = {
  schools: [],
  practitioners: [],
  clinics: [],
  glossary: [],
  isComplete: true,
};

/** A look at what the lists hold, with what is remembered beside them. */
export const lookOf = (
  held: Held,
  { at, ...remembered }: { at: string } & Partial<Look['remembered']>,
): Look =>
  lookAt(
    { ...held, directory: NO_DIRECTORY },
    {
      ...nothingRemembered,
      deliveries: [],
      arrangements: new Map(),
      saving: [],
      ...remembered,
    },
    new Date(at),
  );

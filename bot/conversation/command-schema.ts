import { z } from 'zod';
import { PHASES } from '../directory/directory.ts';
import type { Command, CommandName } from './command.ts';

/** A command names nothing longer than this; a rule is written out. */
const words = z.string().min(1).max(200);
const rule = z.string().max(2000);
/** A day of the calendar, `2026-11-23`. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const clinicWish = {
  phase: z.enum(PHASES).exactOptional(),
  district: words.exactOptional(),
  after: day.exactOptional(),
  until: day.exactOptional(),
  on: day.exactOptional(),
  mode: z.enum(['virtual', 'in person']).exactOptional(),
  free: z.literal(true).exactOptional(),
  nth: z.number().int().min(2).max(20).exactOptional(),
};
const schoolNamed = { school: words.exactOptional(), unknownSchool: words.exactOptional() };

const bare = <N extends CommandName>(name: N) => z.object({ name: z.literal(name) });
const single = z.discriminatedUnion('name', [
  bare('help'),
  bare('greeting'),
  bare('thanks'),
  bare('rude'),
  bare('other language'),
  bare('empty'),
  bare('not understood'),
  bare('definition').extend({ of: words }),
  bare('introduce').extend(schoolNamed),
  bare('link practitioner').extend({
    about: z.enum(['contact', 'cover']).exactOptional(),
    ...schoolNamed,
  }),
  bare('next clinic').extend(clinicWish),
  bare('all clinics').extend(clinicWish),
  bare('book clinic').extend(clinicWish),
  bare('cancel booking').extend(clinicWish),
  bare('my bookings'),
  bare('add to calendar').extend(clinicWish),
  bare('what is due'),
  bare('my last return').extend({
    form: z.enum(['KPI', 'LAR']).exactOptional(),
    measure: words.exactOptional(),
  }),
  bare('my open queries'),
  bare('who is missing'),
  bare('late again'),
  bare('show district').extend({ district: words }),
  bare('chase district').extend({ district: words }),
  bare('compare districts').extend({
    districts: z.tuple([words, words]),
    measure: words.exactOptional(),
  }),
  bare('which district').extend({ of: z.enum(['show district', 'chase district']) }),
  bare('which second district').extend({ district: words }),
  bare('measure over time').extend({
    measure: words.exactOptional(),
    district: words.exactOptional(),
  }),
  bare('overdue promises'),
  bare('what changed').extend({ since: day.exactOptional() }),
  bare('show findings').extend({ district: words.exactOptional() }),
  bare('what can be approved'),
  bare('try rule').extend({ text: rule }),
  bare('who wants in'),
  bare('my schools'),
  bare('my clinics').extend({ on: day.exactOptional() }),
  bare('away').extend({
    from: day.exactOptional(),
    until: day.exactOptional(),
    cover: words.exactOptional(),
  }),
  bare('back'),
]);

/** A typed command as it comes from elsewhere: from a table, or from a model. */
export const command: z.ZodType<Command> = z.union([
  single,
  bare('offer').extend({ of: z.array(single).max(5) }),
]);

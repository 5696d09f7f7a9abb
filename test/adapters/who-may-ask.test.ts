import { describe, expect, test } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import { createLogger } from '../../adapters/logger.ts';
import type { RecentLook } from '../../adapters/service/recent-look.ts';
import { look, type Service } from '../../adapters/service/service.ts';
import { CLINICS, PRACTITIONERS } from '../../adapters/sharepoint/bot-lists.ts';
import type { Site } from '../../adapters/sharepoint/site.ts';
import type { Memory } from '../../adapters/storage/memory.ts';
import type { Documents } from '../../adapters/storage/tables.ts';
import type { Command, CommandName } from '../../bot/conversation/command.ts';
import { codeOf, VERBS } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { wordsOn } from './reading-cards.ts';
import { KPI } from './demo-site.ts';
import { everything, idOf, send, worlds, type World } from './world.ts';

/**
 * Everything that can be said and pressed, by everybody: allowed where it says so here, and nowhere else.
 * Whoever is refused is told so kindly, the log has it, and nothing changes.
 */
const { open } = worlds({ since: '2026-27' });
const MONDAY = '2026-11-23T09:00';
const ELMSBROOK = 'Elmsbrook Primary School (demo)';
const GULLWING = 'Gullwing Primary School (demo)';
const RETURN = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 } as const;

/** Dover's return of another term, with figures that cannot both be right. */
const CONTRADICTING = {
  Title: 'Dover Term 6',
  District: 'Dover',
  Academic_x0020_Year: '2025-26',
  Term: 'Term 6',
  School_x0020_Caseload: 5,
  Actively_x0020_Supported_x0020_S: 9,
};

/** A lead, a commissioner, a SENCO, a link practitioner and a lead's manager, all of Dover; and nobody. */
const ASKERS = {
  L: idOf('Priya'),
  C: idOf('Colin'),
  S: idOf('Sam'),
  P: idOf('Nell'),
  M: idOf('Greta'),
  '-': '99999999-9999-4999-8999-999999999999',
};
type Asker = keyof typeof ASKERS;
const everybody = Object.keys(ASKERS) as Asker[];

/** A command, and the letters of those who may. */
type Asked = [command: Command, may: string];

const COMMANDS: Record<CommandName, Asked[]> = {
  // Whoever is unknown is shown the way in, and nothing else.
  help: [[{ name: 'help' }, 'LCSPM-']],
  greeting: [[{ name: 'greeting' }, 'LCSPM-']],
  thanks: [[{ name: 'thanks' }, 'LCSPM-']],
  rude: [[{ name: 'rude' }, 'LCSPM-']],
  'other language': [[{ name: 'other language' }, 'LCSPM-']],
  empty: [[{ name: 'empty' }, 'LCSPM-']],
  'not understood': [[{ name: 'not understood' }, 'LCSPM-']],
  offer: [[{ name: 'offer', of: [{ name: 'help' }] }, 'LCSPM-']],
  introduce: [[{ name: 'introduce' }, 'LCSPM-']],
  definition: [[{ name: 'definition', of: 'caseload' }, 'LCSPM']],
  'link practitioner': [
    [{ name: 'link practitioner' }, 'LCSP'],
    [{ name: 'link practitioner', school: ELMSBROOK }, 'LCSP'],
    [{ name: 'link practitioner', school: GULLWING }, 'C'],
  ],
  'next clinic': [
    [{ name: 'next clinic' }, 'LCSP'],
    [{ name: 'next clinic', district: 'Dover' }, 'LCSP'],
    [{ name: 'next clinic', district: 'Thanet' }, 'C'],
  ],
  'all clinics': [
    [{ name: 'all clinics' }, 'LCSP'],
    [{ name: 'all clinics', district: 'Thanet' }, 'C'],
  ],
  'add to calendar': [
    [{ name: 'add to calendar' }, 'LCSP'],
    [{ name: 'add to calendar', district: 'Thanet' }, 'C'],
  ],
  'book clinic': [[{ name: 'book clinic' }, 'S']],
  'cancel booking': [[{ name: 'cancel booking' }, 'S']],
  'my bookings': [[{ name: 'my bookings' }, 'S']],
  'what is due': [[{ name: 'what is due' }, 'L']],
  'my last return': [[{ name: 'my last return' }, 'L']],
  'my open queries': [[{ name: 'my open queries' }, 'L']],
  'who is missing': [[{ name: 'who is missing' }, 'C']],
  'late again': [[{ name: 'late again' }, 'C']],
  'show district': [
    [{ name: 'show district', district: 'Dover' }, 'LC'],
    [{ name: 'show district', district: 'Thanet' }, 'C'],
  ],
  'chase district': [[{ name: 'chase district', district: 'Dover' }, 'C']],
  'compare districts': [[{ name: 'compare districts', districts: ['Dover', 'Thanet'] }, 'C']],
  'which district': [
    [{ name: 'which district', of: 'show district' }, 'LC'],
    [{ name: 'which district', of: 'chase district' }, 'C'],
  ],
  'which second district': [[{ name: 'which second district', district: 'Dover' }, 'C']],
  'measure over time': [
    [{ name: 'measure over time', measure: 'schoolCaseload', district: 'Dover' }, 'LC'],
    [{ name: 'measure over time', measure: 'schoolCaseload', district: 'Thanet' }, 'C'],
    [{ name: 'measure over time', measure: 'schoolCaseload' }, 'LC'],
  ],
  'overdue promises': [[{ name: 'overdue promises' }, 'C']],
  'what changed': [[{ name: 'what changed' }, 'C']],
  'show findings': [
    [{ name: 'show findings' }, 'C'],
    [{ name: 'show findings', district: 'Dover' }, 'C'],
  ],
  'what can be approved': [[{ name: 'what can be approved' }, 'C']],
  'try rule': [[{ name: 'try rule', text: 'schoolCaseload >= activelySupportedSchools' }, 'C']],
  'who wants in': [[{ name: 'who wants in' }, 'C']],
  'my schools': [[{ name: 'my schools' }, 'P']],
  'my clinics': [[{ name: 'my clinics' }, 'P']],
  away: [[{ name: 'away', from: '2026-12-01', until: '2026-12-02' }, 'P']],
  back: [[{ name: 'back' }, 'P']],
};

type Verb = Exclude<(typeof VERBS)[number], 'clock.nextWorkingDay'>;
type Pressed = [fields: Record<string, unknown>, may: string];

/** What a button carries, once for Dover; `finding` and `clinic` are of Dover too. */
const presses = (finding: string, clinic: string): Record<Verb, Pressed> => {
  const returns = codeOf([RETURN]);
  const shown = 'what no card showed';
  return {
    'return.open': [RETURN, 'L'],
    'return.save': [RETURN, 'L'],
    'return.submit': [RETURN, 'L'],
    'finding.explain': [{ finding, words: 'two trainers were away all term' }, 'L'],
    'finding.correct': [{ finding }, 'L'],
    'finding.accept': [{ finding }, 'C'],
    'finding.sendBack': [{ finding, note: 'please say more' }, 'C'],
    'finding.reopen': [{ finding }, 'C'],
    'finding.show': [{ finding }, 'LC'],
    'findings.list': [{ district: 'Dover' }, 'C'],
    'approvals.show': [{}, 'C'],
    'return.approve': [{ returns, shown }, 'C'],
    'return.undoApproval': [{ returns }, 'C'],
    'promise.make': [{ returns, until: '2026-11-25' }, 'L'],
    'promise.undo': [{ returns }, 'L'],
    'return.handOver': [{ returns, colleague: ASKERS.C }, 'L'],
    'return.takeBack': [{ returns }, 'L'],
    'return.seen': [{ returns }, 'LCM'],
    'chase.escalate': [{ returns }, 'C'],
    'return.withdraw': [{ returns, note: 'the school closed' }, 'C'],
    'return.askAgain': [{ returns }, 'C'],
    'chase.now': [{ district: 'Dover' }, 'C'],
    'chase.pause': [{ district: 'Dover', until: '2026-11-30' }, 'C'],
    'chase.resume': [{ district: 'Dover' }, 'C'],
    'district.show': [{ district: 'Dover' }, 'LC'],
    'overview.show': [{}, 'C'],
    'clinic.book': [{ clinic }, 'S'],
    'clinic.cancel': [{ clinic }, 'S'],
    'practitioner.away': [{ from: '2026-12-01', until: '2026-12-02', cover: '' }, 'P'],
    'practitioner.back': [{}, 'P'],
    'person.introduce': [{ school: '' }, 'LCSPM-'],
    'person.letIn': [{ who: ASKERS['-'] }, 'C'],
    'person.decline': [{ who: ASKERS['-'] }, 'C'],
  };
};

/** One thing that somebody says or presses, and whether they may. */
type Attempt = {
  says: string;
  asker: Asker;
  may: boolean;
  run: (service: Service) => Promise<Card | undefined>;
};

/** A Monday on which everything can be tried; `refusals` are what the log has since it was asked last. */
async function monday() {
  const world = await open(MONDAY);
  await world.graph.add(KPI, CONTRADICTING);
  const now = await look(world.service, world.service.clock.now());
  const [finding] = [...now.assessment.register.values()].filter(
    ({ finding: { district } }) => district === 'Dover',
  );
  const clinic = now.reading.directory.clinics.find(({ district }) => district === 'Dover');
  if (!finding || !clinic) throw new Error('The demo has no finding or no clinic in Dover.');
  const recent = { get: () => Promise.resolve(now) };
  const attempts = [...said(recent), ...pressed(presses(finding.finding.id, clinic.id))];
  const lines: object[] = [];
  const log = createLogger('silent');
  log.warn = ((line: object, text: string) => text === 'refused' && lines.push(line)) as never;
  return { world, attempts, service: world.withParts({ log }), refusals: () => lines.splice(0) };
}

const said = (recent: Pick<RecentLook, 'get'>): Attempt[] =>
  everybody.flatMap((asker) =>
    Object.values(COMMANDS)
      .flat()
      .map(([command, may]) => ({
        says: JSON.stringify(command),
        asker,
        may: may.includes(asker),
        run: (on) => answer(on, ASKERS[asker], command, undefined, recent),
      })),
  );

const pressed = (all: Record<Verb, Pressed>): Attempt[] =>
  everybody.flatMap((asker) =>
    Object.entries(all).map(([verb, [fields, may]]) => ({
      says: `${verb} ${JSON.stringify(fields)}`,
      asker,
      may: may.includes(asker),
      run: async (on) => {
        const acted = await send(on, { actor: ASKERS[asker], activityId: '' }, verb, fields);
        return acted.reply ?? acted.inPlace;
      },
    })),
  );

/** The site read once, for those who change nothing; and a word where they would. */
function readOnce(site: Site, wrote: (what: string) => void): Site {
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, read: () => Promise<T>): Promise<T> => {
    const known = kept.get(name) ?? read();
    kept.set(name, known);
    return known as Promise<T>;
  };
  const own: Site = {
    ...site,
    lists: () => once('lists', () => site.lists()),
    items: (list) => once(`items ${list}`, () => site.items(list)),
    columns: (list) => once(`columns ${list}`, () => site.columns(list)),
    read: (list) => once(`read ${list}`, () => site.read(list)),
    create: (list) =>
      Promise.reject(new Error(`Something was made in ${list}.`, { cause: wrote(list) })),
    update: (list) => Promise.reject(new Error(`${list} was changed.`, { cause: wrote(list) })),
    within: () => own,
  };
  return own;
}

/** Tables of which each is listed once. */
function listedOnce(memory: Memory): Memory {
  const once = <T>(documents: Documents<T>): Documents<T> => {
    const all = documents.all();
    return { ...documents, all: () => all };
  };
  const entries = Object.entries(memory).map(([name, documents]) => [
    name,
    once(documents as Documents<unknown>),
  ]);
  return Object.fromEntries(entries) as Memory;
}

const inLists = async ({ site }: World) => ({
  clinics: await site.items(CLINICS),
  practitioners: await site.items(PRACTITIONERS),
});

const UNKNOWN = /I do not know you yet/;
const NO = /Sorry, I cannot do that for you/;

describe('whoever may not', () => {
  test('is refused each command and each press kindly, is in the log, and changes nothing', async () => {
    const { world, attempts, service, refusals } = await monday();
    const wrote: string[] = [];
    const site = readOnce(world.site, (list) => wrote.push(list));
    const on = { ...service, site, memory: listedOnce(world.memory) };
    const before = [await everything(world), await inLists(world)];
    for (const { says, asker, run } of attempts.filter(({ may }) => !may)) {
      const words = wordsOn(await run(on));
      const told = refusals();
      expect(words, `${asker}: ${says}`).toMatch(asker === '-' ? UNKNOWN : NO);
      expect(told, `${asker}: ${says}`).toMatchObject([{ actor: ASKERS[asker] }]);
      expect(told[0], `${asker}: ${says}`).toMatchObject({
        permission: expect.any(String),
        why: asker === '-' ? 'unknown person' : expect.stringMatching(/^not this/),
      });
    }
    expect(wrote).toEqual([]);
    expect([await everything(world), await inLists(world)]).toEqual(before);
    expect(world.teams.requests).toBe(0);
  });
});

describe('whoever may', () => {
  test('is refused nothing', async () => {
    const { attempts, service, refusals } = await monday();
    for (const { says, asker, run } of attempts.filter(({ may }) => may)) {
      const words = wordsOn(await run(service));
      expect(refusals(), `${asker}: ${says}`).toEqual([]);
      expect(words, `${asker}: ${says}`).not.toMatch(NO);
      if (asker !== '-') expect(words, `${asker}: ${says}`).not.toMatch(UNKNOWN);
    }
  });
});

test('every verb that a card can carry is among them', () => {
  const all = Object.keys(presses('', ''));
  expect(all.toSorted()).toEqual(VERBS.filter((v) => v !== 'clock.nextWorkingDay').toSorted());
});

import { expect, test } from 'vitest';
import { look } from '../../../adapters/service/service.ts';
import { CLINICS } from '../../../adapters/sharepoint/bot-lists.ts';
import { findingCode, seenCode, seenRequest } from '../../../cards/actions.ts';
import { worlds } from '../world.ts';
import { pressing, sentAs } from './activities.ts';
import { fuzzedBot, MONDAY, STRANGER, type FuzzedBot } from './fuzzed-bot.ts';
import type { Actor } from './marked-county.ts';

const { open } = worlds({ since: '2026-27' });

type Deed = [actor: Actor, verb: string, data: (bot: FuzzedBot) => object | Promise<object>];

const DOVER_KPI = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 };
const CODE = 'KPI|Dover|2026-27|1';

/** What somebody may do, one thing after the other. */
const DEEDS: Deed[] = [
  ['Wren', 'clinic.book', secondaryClinic],
  ['Wren', 'clinic.cancel', secondaryClinic],
  ['Priya', 'promise.make', () => ({ returns: CODE, which: CODE, until: '2026-11-26' })],
  ['Priya', 'return.save', () => ({ ...DOVER_KPI, 'answer.schoolCaseload': '178' })],
  ['Priya', 'finding.explain', queryOfDover],
  ['Colin', 'finding.accept', queryOfDover],
  ['Colin', 'chase.pause', () => ({ district: 'Swale', until: '2026-11-27' })],
  ['Colin', 'chase.resume', () => ({ district: 'Swale' })],
  ['Colin', 'return.withdraw', () => ({ returns: 'LAR|Thanet|2026-27|1', note: 'no longer due' })],
  [
    'Nell',
    'practitioner.away',
    () => ({ from: '2026-11-24', until: '2026-11-27', cover: 'fern.delacourt@stls.example' }),
  ],
  ['Nell', 'practitioner.back', () => ({})],
  ['Stranger', 'person.introduce', () => ({ school: 'Saltmere Academy (demo)' })],
  ['Colin', 'person.letIn', requestOfStranger],
];

test('what is pressed again, once or several times at once, is done once', async () => {
  const bot = await fuzzedBot(await open(MONDAY));
  for (const [actor, verb, dataOf] of DEEDS) {
    const data = await dataOf(bot);
    const press = () => bot.take(actor, sentAs(pressing(actor, verb, data)));
    const before = await bot.standing();
    expect((await press()).turn.failures, `${verb} fails`).toEqual([]);
    const done = await bot.standing();
    expect(done, `not done: ${verb}`).not.toEqual(before);
    const again = await Promise.all([press(), press(), press()]);
    expect(again.map(({ answered }) => answered.status)).toEqual([200, 200, 200]);
    expect(again.flatMap(({ turn }) => turn.failures)).toEqual([]);
    expect(withoutCards(await bot.standing()), `${verb} again`).toEqual(withoutCards(done));
  }
});

test('what somebody may do is refused to everybody else, with the very same press', async () => {
  const bot = await fuzzedBot(await open(MONDAY));
  const others: Actor[] = ['Marta', 'Bettina', 'Teodor', 'Hollis', 'Greta', 'Stranger', 'Nobody'];
  const before = withoutCards(await bot.standing());
  for (const [may, verb, dataOf] of DEEDS.filter(([, verb]) => !FOR_ANYBODY.has(verb))) {
    const data = await dataOf(bot);
    for (const actor of [...others, ...(NOT_WHO_MAY[may] ?? [])]) {
      const { answered } = await bot.take(actor, sentAs(pressing(actor, verb, data)));
      expect(answered.status).toBe(200);
    }
    expect(withoutCards(await bot.standing()), `${verb} did something`).toEqual(before);
  }
});

/** A practitioner may be away, and a stranger may ask to be let in, whoever they are. */
const FOR_ANYBODY = new Set(['practitioner.away', 'practitioner.back', 'person.introduce']);
const NOT_WHO_MAY: Record<string, Actor[]> = {
  Colin: ['Priya', 'Sam', 'Nell'],
  Priya: ['Colin', 'Sam', 'Nell'],
  Wren: ['Priya', 'Colin', 'Fern'],
};

/** Without what is only kept of how a card looks, and of who was here. */
function withoutCards(standing: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...standing].filter(([key]) => !/^stls(?:Shown|Said|Welcomed|Deliveries)/.test(key)),
  );
}

async function requestOfStranger({ service }: FuzzedBot): Promise<object> {
  const asked = await service.memory.introductions.get(STRANGER);
  return { who: STRANGER, email: 'new@stls.example', seen: asked ? seenRequest(asked) : '' };
}

async function secondaryClinic({ service }: FuzzedBot): Promise<object> {
  const items = await service.site.items(CLINICS);
  const found = items.find(
    ({ fields }) => fields['District'] === 'Dover' && fields['Phase'] === 'Secondary',
  );
  return { clinic: found?.id };
}

async function queryOfDover({ service }: FuzzedBot): Promise<object> {
  const { assessment } = await look(service, service.clock.now());
  const record = [...assessment.register.values()].find(
    ({ finding }) => finding.district === 'Dover' && finding.severity === 'query',
  );
  if (!record) throw new Error('Nothing is asked of Dover.');
  return {
    finding: findingCode(record.finding.id),
    seen: seenCode(record),
    words: 'Schools of another district joined a shared course that term.',
  };
}

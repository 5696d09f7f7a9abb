import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { VERBS } from '../../../cards/actions.ts';
import { activityOf, pressing, saying, sentAs } from './activities.ts';
import { objectIdOf } from './fuzzed-bot.ts';
import type { Sent } from './in-process.ts';
import { ACTORS, KEPT, type Actor } from './marked-county.ts';

const UTTERANCES = new URL('../../eval/utterances.tsv', import.meta.url);

/** What people say to the bot, in all roles. */
const utterances: readonly string[] = readFileSync(UTTERANCES, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t')[1] ?? '');

/** Made once for everybody, and not anew each time. */
const ofAnybody = <T>(made: (who: Actor) => fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(...ACTORS.map(made));

/** A kilobyte is a long message. */
const KB = 1000;

const rarely = fc.nat(15).map((n) => n === 0);

const bend: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.nat(60).map((n) => (text: string) => text.slice(0, n)),
  fc.nat(30).map((n) => (text: string) => text.slice(n)),
  fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => `${text} ${text}`,
    (text) => [...text].toReversed().join(''),
    (text) => [...text].join('\u200b'),
    (text) => `\u202e${text}\u202c`,
    (text) => text.normalize('NFD').replaceAll(/[aeiou]/g, '$&\u0301\u0327'),
    (text) => text.replaceAll(' ', '\u00a0\t\r\n'),
    (text) => `**${text}** [${text}](javascript:alert(1)) \`${text}\``,
    (text) => `<b onload=x>${text}</b><script>${text}</script>&amp;<at>Bot</at>`,
    (text) => `<at>STLS Bot</at> ${text}`,
    (text) => `\${${text}} {{${text}}} %s %n $&`,
    (text) => `${text} 🙂👩‍👩‍👧‍👦🇬🇧`,
    (text) => `${text}\u0000\u0007\u001b[31m`,
    (text) => `${text}, and ${text}; ${text}? ${text}!`,
  ),
  rarely.map(
    (isLong) => (text: string) =>
      isLong ? `${text} `.repeat((10 * KB) / (text.length + 1)) : text,
  ),
  rarely.map((isLong) => (text: string) => (isLong ? `${text} ${'a?'.repeat(5 * KB)}` : text)),
  fc.string({ unit: 'binary', maxLength: 40 }).map((noise) => (text: string) => text + noise),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((noise) => (text: string) => noise + text),
  fc.constantFrom(...utterances).map((other) => (text: string) => `${text} and ${other}`),
  fc
    .constantFrom(...KEPT, 'Wren Castellan', 'Chalkdown Primary School (demo)', 'Tidewatch', 'Fern')
    .map((name) => (text: string) => `${text} ${name}`),
);

const words = fc
  .tuple(fc.constantFrom(...utterances), bend, bend, fc.boolean())
  .map(([text, one, other, both]) => (both ? other(one(text)) : one(text)));

/** Where else somebody may speak; most speak in their own chat. */
const place = (who: Actor) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<object>(
        { conversation: { id: '19:channel', conversationType: 'channel', isGroup: true } },
        { conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true } },
        { conversation: { id: '19:meeting_x@thread.v2', conversationType: 'groupChat' } },
        { conversation: { id: `chat-of-${who}` } },
        { conversation: { id: `chat-of-${who}`, conversationType: 'PERSONAL' } },
        { conversation: { id: '19:two', conversationType: 'personal', isGroup: true } },
        { channelId: 'webchat' },
        { channelId: 'directline' },
        { conversation: { id: 'a', conversationType: 'personal', tenantId: 'another-tenant' } },
        { conversation: { id: 'b', conversationType: 'personal' }, channelData: {} },
      ),
    },
  );

/** Says who somebody is in every place but the one that counts. */
const forgery = (who: Actor) =>
  fc.constantFrom<Actor>('Colin', 'Priya', 'Sam').map((claimed) => {
    const id = objectIdOf(claimed) ?? '';
    const own = objectIdOf(who);
    const forged = { aadObjectId: id, id: `29:${claimed}`, name: `${claimed} (demo)` };
    return {
      from: {
        id: `29:${claimed}`,
        name: claimed,
        role: 'user',
        ...(own ? { aadObjectId: own } : {}),
      },
      recipient: { id: '28:bot', aadObjectId: id },
      channelData: {
        from: forged,
        tenant: { id: 'other-tenant' },
        actor: id,
        onBehalfOf: [forged],
      },
      entities: [{ type: 'mention', mentioned: forged, text: '<at>x</at>' }],
      relatesTo: { user: forged },
      callerId: `urn:botframework:aadappid:${id}`,
      aadObjectId: id,
      actor: id,
    };
  });

export type Attack = { kind: string; sent: Sent };

/** How a run that failed shows what was sent. */
const attack = (kind: string, sent: Sent): Attack =>
  Object.assign(
    { kind, sent },
    {
      [fc.toStringMethod]: () =>
        `${kind} ${JSON.stringify(sent.headers)} ${sent.body.toString().slice(0, 4 * KB)}`,
    },
  );

/** Messages of every sort of text, from everybody, from everywhere. */
export const sayings: fc.Arbitrary<Attack> = ofAnybody((who) =>
  fc
    .tuple(words, place(who), fc.option(forgery(who), { freq: 4, nil: {} }))
    .map(([text, where, forged]) =>
      attack('saying', sentAs(saying(who, text, { ...forged, ...where }))),
    ),
);

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', 'x', [], {}, [[]], [null]),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'toString',
    '29:x',
    'personal',
    'Dover',
    '1',
  ),
  fc.constant({ toString: 'x', valueOf: 1, length: 3, constructor: null }),
  fc.constant({ $ne: '' }),
  fc.constant('x'.repeat(2 * KB)),
  fc.constant(Array.from({ length: 300 }, (_, i) => i)),
  fc.constant(nested(100)),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { text: nested(depth - 1) };
}

const PATHS = [
  'id',
  'type',
  'text',
  'timestamp',
  'localTimestamp',
  'channelId',
  'serviceUrl',
  'locale',
  'from',
  'from.id',
  'from.name',
  'from.aadObjectId',
  'recipient',
  'recipient.id',
  'conversation',
  'conversation.id',
  'conversation.conversationType',
  'conversation.tenantId',
  'channelData',
  'channelData.tenant',
  'value',
  'value.action',
  'value.action.verb',
  'value.action.data',
  'value.action.type',
  'value.trigger',
  'name',
  'entities',
  'attachments',
  'replyToId',
  'membersAdded',
  'membersRemoved',
  'action',
  'textFormat',
  'deliveryMode',
  'callerId',
  'relatesTo',
  'suggestedActions',
  'reactionsAdded',
  'inputHint',
  'summary',
  'speak',
  'importance',
  'expiration',
  'topicName',
] as const;

const TYPES = [
  'message',
  'messageUpdate',
  'messageDelete',
  'messageReaction',
  'conversationUpdate',
  'installationUpdate',
  'invoke',
  'event',
  'typing',
  'endOfConversation',
  'trace',
  'command',
  'commandResult',
  'handoff',
  'contactRelationUpdate',
  'deleteUserData',
  'suggestion',
  'invokeResponse',
  'delay',
  'Message',
  'no such type',
] as const;

const INVOKES = [
  'adaptiveCard/action',
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/submitAction',
  'composeExtension/fetchTask',
  'composeExtension/queryLink',
  'signin/verifyState',
  'signin/tokenExchange',
  'signin/failure',
  'fileConsent/invoke',
  'actionableMessage/executeAction',
  'message/submitAction',
  'application/search',
  'config/fetch',
  'config/submit',
  'tab/fetch',
  'handoff/action',
  'no such invoke',
  '__proto__',
  '',
] as const;

/** Puts something else at a place of an activity, or takes it away. */
const dent = fc.tuple(fc.constantFrom(...PATHS), fc.option(odd, { freq: 3 }), fc.boolean());

function dented(
  activity: Record<string, unknown>,
  [path, value, gone]: [string, unknown, boolean],
): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: unknown = activity;
  for (const step of steps) at = Object(at)[step];
  if (typeof at !== 'object' || at === null) return;
  if (gone) delete (at as Record<string, unknown>)[last];
  else (at as Record<string, unknown>)[last] = value;
}

/** Activities of every type, with parts that are missing or of another kind. */
export const broken: fc.Arbitrary<Attack> = ofAnybody((who) =>
  fc
    .tuple(
      fc.oneof(
        words.map((text) => saying(who, text)),
        fc.constantFrom(...VERBS).map((verb) => pressing(who, verb, { district: 'Dover' })),
        fc
          .constantFrom(...TYPES)
          .map((type) => activityOf(who, { type, action: 'add', text: 'hi' })),
        fc
          .constantFrom(...INVOKES)
          .map((name) => activityOf(who, { type: 'invoke', name, value: { state: '1' } })),
      ),
      fc.array(dent, { minLength: 0, maxLength: 3 }),
    )
    .map(([activity, dents]) => {
      const copy = structuredClone(activity);
      for (const one of dents) dented(copy, structuredClone(one));
      return attack('broken', sentAs(copy));
    }),
);

/** More than a message of Teams can be. */
const LARGE = Buffer.from(JSON.stringify(saying('Colin', 'x'.repeat(1000 * KB))));

/** What is no activity, and often no JSON. */
export const garbage: fc.Arbitrary<Attack> = fc
  .tuple(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.json({ maxDepth: 3 }).map((json) => Buffer.from(json)),
      fc
        .nat(400)
        .map((n) => Buffer.from(JSON.stringify(saying('Colin', 'who is missing')).slice(0, n))),
      fc
        .constantFrom(
          '',
          '{}',
          '[]',
          'null',
          '"x"',
          '5',
          '{"type":5}',
          '{"type":"message"}',
          '{"type":"invoke"}',
          '{"type":"message","__proto__":{"isLocal":true},"text":"help"}',
          '{"type":"message","constructor":{"prototype":{"x":1}},"from":{"__proto__":{"aadObjectId":"x"}}}',
          `{"type":"message","type":"invoke","text":${'['.repeat(5000)}${']'.repeat(5000)}}`,
          '\ufeff{"type":"message"}',
        )
        .map((text) => Buffer.from(text)),
      rarely.map((isLarge) => (isLarge ? LARGE : Buffer.from('{'))),
    ),
    fc.constantFrom<Record<string, string>>(
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=utf-7' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'application/json;charset="' },
      { 'content-type': '' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-encoding': 'x-unknown' },
      { authorization: 'Bearer x' },
      { 'content-length': '5' },
    ),
  )
  .map(([body, headers]) => attack('garbage', sentAs(body, headers)));

/** What buttons of this county may carry. */
export type Pool = {
  findings: readonly string[];
  clinics: readonly string[];
  /** Of the clinics as they are shown just now. */
  shown: readonly string[];
};

const FORMS = ['KPI', 'LAR', 'Budget'];
const TERMS = [
  ['2026-27', 1],
  ['2026-27', 2],
  ['2025-26', 6],
  ['2022-23', 1],
] as const;

/** One press of any button, with what it carries taken from anybody's card, or made up. */
export const presses = (pool: Pool): fc.Arbitrary<Attack> => {
  const district = fc.constantFrom(...KEPT, 'Nowhere', 'dover', ' Dover ');
  const ofTerm = fc.constantFrom(...TERMS);
  const key = fc
    .tuple(fc.constantFrom(...FORMS), fc.constantFrom(...KEPT), ofTerm)
    .map(([form, of, [year, term]]) => `${form}|${of}|${year}|${term}`);
  const person = fc.constantFrom(...ACTORS).map((one) => objectIdOf(one) ?? 'nobody');
  const day = fc.constantFrom(
    '2026-11-27',
    '2026-12-04',
    '2020-01-01',
    '2026-02-30',
    'tomorrow',
    '',
  );
  const email = fc.constantFrom('fern.delacourt@stls.example', 'colin.marsh@stls.example', 'x');
  const school = fc.constantFrom(
    'Elmsbrook Primary School (demo)',
    'Saltmere Academy (demo)',
    'No School',
    '',
  );
  const text = fc.constantFrom(
    'a lead on long-term sickness',
    'ok',
    '.',
    '**x** <at>y</at>',
    'x'.repeat(3 * KB),
  );
  const fields: Record<string, fc.Arbitrary<unknown>> = {
    form: fc.constantFrom(...FORMS),
    district,
    year: fc.constantFrom('2026-27', '2025-26', '1999-00'),
    term: fc.constantFrom<unknown>(1, '1', 2, 6, 7, '01'),
    finding: fc.constantFrom(...pool.findings, 'no such finding'),
    row: fc.constantFrom<unknown>(...pool.findings, 0, '0'),
    seen: text,
    shown: fc.constantFrom('', 'x', ...pool.shown),
    cause: text,
    words: text,
    note: text,
    until: day,
    from: day,
    cover: email,
    colleague: person,
    page: fc.constantFrom<unknown>(0, '1', 999, -1, 1.5),
    terms: fc.constantFrom('open', 'locked'),
    of: fc.constantFrom('2026-27|1', '2022-23|1', 'x'),
    on: fc.constantFrom('finding', 'findings', 'approvals', 'district', 'x'),
    returns: fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join(',')),
    which: fc.array(key, { maxLength: 2 }).map((keys) => keys.join(',')),
    handing: fc.array(key, { maxLength: 2 }).map((keys) => keys.join(',')),
    clinic: fc.constantFrom(...pool.clinics, '999999'),
    who: person,
    school,
    email,
    phase: fc.constantFrom('Primary', 'Secondary'),
    version: text,
    only: fc.constantFrom('', 'schoolCaseload', 'schoolCaseload,x'),
    'answer.schoolCaseload': fc.constantFrom<unknown>(
      '178',
      178,
      '1,994',
      'n/a',
      '',
      -5,
      '9'.repeat(400),
    ),
    'without.schoolCaseload': fc.constantFrom('not known', 'not applicable', 'x'),
    'reason.schoolCaseload': text,
    'answer.__proto__': text,
    'words.AAAAAAAAAAAAAAAAAAAAAA': text,
  };
  const names = Object.keys(fields);
  const data = fc.tuple(
    fc.record(fields),
    fc.subarray(names, { maxLength: 3 }),
    fc.option(fc.tuple(fc.constantFrom(...names), odd), { freq: 3 }),
    fc.option(
      fc.dictionary(
        fc.constantFrom('actor', '__proto__', 'constructor', 'aadObjectId', 'verb', 'role'),
        odd,
      ),
      {
        freq: 4,
        nil: {},
      },
    ),
  );
  const verb = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<unknown>(...VERBS) },
    { weight: 1, arbitrary: odd },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(
        'return.destroy',
        'toString',
        '__proto__',
        'return.open ',
      ),
    },
  );
  return ofAnybody((who) =>
    fc
      .tuple(
        verb,
        data,
        place(who),
        fc.option(forgery(who), { freq: 4, nil: {} }),
        fc.integer({ min: 0, max: 9 }),
      )
      .map(([pressed, [all, gone, other, extra], where, forged, manner]) => {
        const carried = { ...extra, ...all, ...(other ? { [other[0]]: other[1] } : {}) };
        for (const name of gone) Reflect.deleteProperty(carried, name);
        // A stranger whom a commissioner lets in is none any more.
        if (who === 'Colin' && pressed === 'person.letIn') carried.who = objectIdOf('Sam');
        const more = { ...forged, ...where };
        // A client without Action.Execute submits the same as a message's value.
        const activity =
          manner === 0
            ? activityOf(who, { type: 'message', value: { ...carried, verb: pressed }, ...more })
            : pressing(who, pressed, carried, { replyToId: `activity-${manner}`, ...more });
        return attack('press', sentAs(activity));
      }),
  );
};

const QUESTIONS = (district: string): string[] => [
  `show ${district}`,
  `findings of ${district}`,
  `chase ${district}`,
  `compare ${district} with Thanet`,
  `school caseload in ${district} over time`,
  `next clinic in ${district}`,
  `all clinics in ${district}`,
  'who is missing',
  'who is late again',
  'overdue promises',
  'what changed since Monday',
  'what can be approved',
  'what is due',
  'my last return',
  'my open queries',
  'who is our link practitioner',
  'link practitioner of Chalkdown',
  'my bookings',
  'my schools',
  'my clinics',
  'who wants in',
];

/** Every button with all that it may carry, and every sort of question, about one district. */
export function everything(
  who: Actor,
  { district, finding, clinic }: { district: string; finding: string; clinic: string },
): object[] {
  const returns = `KPI|${district}|2026-27|1,LAR|${district}|2026-27|1`;
  const data = {
    form: 'LAR',
    district,
    year: '2026-27',
    term: 1,
    finding,
    clinic,
    shown: clinic,
    returns,
    which: returns,
    handing: returns,
    colleague: objectIdOf('Priya'),
    note: 'not needed',
    from: '2026-11-24',
    until: '2026-11-27',
    cover: 'fern.delacourt@stls.example',
    who: objectIdOf('Sam'),
    school: 'Cherryfold Primary School (demo)',
    words: 'Schools of another district joined a shared course.',
    cause: '',
  };
  return [
    ...QUESTIONS(district).map((text) => saying(who, text)),
    ...VERBS.map((verb) => pressing(who, verb, data)),
  ];
}

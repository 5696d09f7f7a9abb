import { describe, expect, test, vi } from 'vitest';
import { answer } from '../../adapters/service/answer.ts';
import type { Acted } from '../../adapters/service/pressed-card.ts';
import { starterMeasures } from '../../adapters/sharepoint/starter/measures.ts';
import { findingCode, seenCode } from '../../cards/actions.ts';
import type { Card } from '../../cards/render.ts';
import { DOVER_ANSWERS } from '../dover-answers.ts';
import { changeRow, itemsOf, KPI, removeList } from './demo-site.ts';
import { boxesOn, buttonsOn, wordsOn } from './reading-cards.ts';
import {
  bringBack,
  everything,
  idOf,
  install,
  keep,
  press,
  send,
  sweepAt,
  worlds,
  type Kept,
  type Typed,
  type World,
} from './world.ts';

const { open } = worlds({ since: '2025-26' });
const MONDAY = '2026-11-23T09:00';
const DOVER = { form: 'KPI', district: 'Dover', year: '2026-27', term: 1 };

/** The same, by the id of each box; `changes` are by measure. */
function typedAnswers(changes: Record<string, string> = {}): Typed {
  const ids = starterMeasures.filter((m) => m['Form'] === 'KPI' && !m['LastTerm']);
  const typed = ids.map((m) => [
    `answer.${m['Title']}`,
    DOVER_ANSWERS[String(m['Question'])] ?? '',
  ]);
  const changed = Object.entries(changes).map(([id, text]) => [
    id.includes('.') ? id : `answer.${id}`,
    text,
  ]);
  return Object.fromEntries([...typed, ...changed]) as Typed;
}

const dovers = ({ site }: World) => itemsOf(site, KPI, ['Dover', '2026-27', 'Term 1']);

let swept: Kept | undefined;

/** The world after Monday’s sweep, with the cards of leads and a commissioner; swept once for all. */
async function monday() {
  const world = await open(MONDAY);
  if (swept) {
    await bringBack(world, swept);
  } else {
    await install(world, 'Priya', 'Colin', 'Hamish', 'Oskar');
    await sweepAt(world, MONDAY);
    swept = await keep(world);
  }
  const card = (name: string) => {
    const shown = world.teams.of(idOf(name)).at(-1);
    if (!shown) throw new Error(`${name} has no card.`);
    return shown;
  };
  return { world, card };
}

/** What is said, in place and below. */
const said = ({ inPlace, reply }: Acted): string => `${wordsOn(inPlace)}\n${wordsOn(reply)}`;

describe('a lead', () => {
  test('keeps a draft, and finds it again on the card and in words; nothing is filed', async () => {
    const { world, card } = await monday();
    const saved = await press(world, 'Priya', card('Priya'), {
      title: 'Save draft',
      typed: { 'answer.schoolCaseload': '1,7x', 'answer.remarks': 'Half done.' },
    });
    expect(boxesOn(saved.inPlace)).toMatchObject({
      'answer.schoolCaseload': '1,7x',
      'answer.remarks': 'Half done.',
    });
    expect(wordsOn(saved.inPlace)).toContain('Draft saved Mon 23 Nov, 09:00');
    expect(await dovers(world)).toEqual([]);
    const [draft] = await world.memory.drafts.all();
    expect(draft?.value).toMatchObject({ sentIn: false });
    const due = await answer(world.service, idOf('Priya'), { name: 'what is due' });
    const opened = await press(world, 'Priya', { card: due }, { title: 'Answer now' });
    expect(boxesOn(opened.inPlace)).toMatchObject({ 'answer.schoolCaseload': '1,7x' });
  });

  test('who sends in what cannot be true finds all of it on the card still, with the reasons', async () => {
    const { world, card } = await monday();
    const typed = typedAnswers({
      activelySupportedSchools: '216',
      primarySchoolsSupportedPct: '108',
      eyCaseload: 'ninety',
      fteTotal: '',
      'without.fteVacancies': 'not known',
      fteVacancies: '',
      'reason.fteVacancies': 'ok',
    });
    const stopped = await press(world, 'Priya', card('Priya'), {
      title: 'File this return',
      typed,
    });
    const words = wordsOn(stopped.inPlace);
    expect(words).toContain('“Actively supported, schools” is 216 and “School caseload” is 178');
    expect(words).toContain('“Primary schools supported (%)” is 108%');
    expect(words).toContain('schools outside the district joined a shared course');
    expect(words).toContain('“ninety” cannot be used: it is not a plain number.');
    expect(words).toContain('Please answer, or use “No figure?” and say why.');
    expect(words).toContain('Please say in a few words why it is not known.');
    const boxes = boxesOn(stopped.inPlace);
    for (const [id, text] of Object.entries(typed)) expect(boxes[id], `for ${id}`).toBe(text);
    expect(await dovers(world)).toEqual([]);
  });

  test('who sends in a clean return has it in the list once, and a receipt in place of the card', async () => {
    const { world, card } = await monday();
    const filed = await press(world, 'Priya', card('Priya'), {
      title: 'File this return',
      typed: typedAnswers({
        closedTargetsMet: '',
        'without.closedTargetsMet': 'not known',
        'reason.closedTargetsMet': 'the closing reports were not collected',
        remarks: 'Two schools joined late.',
      }),
    });
    expect(wordsOn(filed.inPlace)).toContain('Received, thank you');
    expect(wordsOn(filed.inPlace)).toContain(
      'Filed Mon 23 Nov, 09:00 by Priya Raman (demo). It is in the SharePoint list “STLS KPI Returns”.',
    );
    const [item, ...others] = await dovers(world);
    expect(others).toEqual([]);
    expect(item?.fields).toMatchObject({
      School_x0020_Caseload: 178,
      field_8: '82.5%',
      Targets_x0020_Reviewed: 0.5,
      Submitted_x0020_By: 'priya.raman@stls.example',
      Comments: expect.stringMatching(
        /^Two schools joined late\.\nNot known – .*: the closing reports were not collected$/,
      ),
    });
    expect(await world.memory.drafts.all()).toEqual([]);
    const { updates } = card('Priya');
    await sweepAt(world, '2026-11-23T09:05');
    expect(card('Priya').updates, 'the press has shown the card already').toBe(updates);
  });

  test('who presses twice has filed once', async () => {
    const { world, card } = await monday();
    const pressed = { title: 'File this return', typed: typedAnswers() };
    const before = { ...card('Priya') };
    await press(world, 'Priya', before, pressed);
    const again = await press(world, 'Priya', before, pressed);
    expect(wordsOn(again.inPlace)).toContain('Received, thank you');
    expect(await dovers(world)).toHaveLength(1);
  });

  test('whose colleague filed meanwhile does not overwrite it unasked', async () => {
    const { world, card } = await monday();
    const { updates: _updates, ...opened } = { ...card('Priya') };
    await world.graph.add(KPI, {
      District: 'Dover',
      Academic_x0020_Year: '2026-27',
      Term: 'Term 1',
      School_x0020_Caseload: 150,
    });
    const pressed = { title: 'File this return', typed: typedAnswers() };
    const told = await press(world, 'Priya', opened, pressed);
    expect(wordsOn(told.inPlace)).toContain('while you were answering. Your answers are kept');
    expect((await dovers(world)).map(({ fields }) => fields['School_x0020_Caseload'])).toEqual([
      150,
    ]);
    if (!told.inPlace) throw new Error('There is no card to press again.');
    const filed = await press(world, 'Priya', { ...opened, card: told.inPlace }, pressed);
    expect(wordsOn(filed.inPlace)).toContain('Received, thank you');
    expect((await dovers(world)).map(({ fields }) => fields['School_x0020_Caseload'])).toEqual([
      178,
    ]);
  });

  test('has it received where the list cannot be read, and nothing is lost', async () => {
    const { world, card } = await monday();
    await removeList(world, KPI);
    const told = await press(world, 'Priya', card('Priya'), {
      title: 'File this return',
      typed: typedAnswers(),
    });
    expect(said(told)).toContain('Received, saving');
    const [draft] = await world.memory.drafts.all();
    expect(draft?.value.typed['schoolCaseload']?.answer).toBe('178');
  });

  test('has what was typed kept where none of the lists can be read', async () => {
    const { world, card } = await monday();
    await removeList(world, 'STLS Bot People');
    const told = await press(world, 'Priya', card('Priya'), {
      title: 'File this return',
      typed: typedAnswers(),
    });
    expect(said(told)).toContain('Received, saving');
    const [draft] = await world.memory.drafts.all();
    expect(draft?.value.typed['schoolCaseload']?.answer).toBe('178');
  });

  test.each([
    ['a term that is locked', { year: '2025-26', term: 5 }, 'were locked on Wed 8 Jul'],
    ['a term that has not begun', { year: '2026-27', term: 4 }, 'This term begins on Mon 22 Feb'],
    ['a term that nobody listed', { year: '2031-32', term: 1 }, 'There is no such term'],
  ])('cannot change %s', async (_which, term, reason) => {
    const { world } = await monday();
    const before = await world.site.items(KPI);
    const pressed = { actor: idOf('Priya'), activityId: '' };
    for (const verb of ['return.open', 'return.submit']) {
      const told = await send(world.service, pressed, verb, {
        ...DOVER,
        ...term,
        ...typedAnswers(),
      });
      expect(said(told), `for ${verb}`).toContain(reason);
      expect(told.inPlace).toBeUndefined();
    }
    expect(await world.site.items(KPI)).toEqual(before);
  });
});

/** The box for a lead’s own words about the first finding of a card. */
const ownWords = (card: Card): string =>
  Object.keys(boxesOn(card)).find((id) => id.startsWith('words.')) ?? 'words';

describe('a query', () => {
  const TUNBRIDGE = 'identical-to-previous-term';

  /** Tunbridge Wells’ query, as it waits on the day after it was raised. */
  async function tuesday() {
    const { world, card } = await monday();
    world.moveTo('2026-11-24T09:00');
    await sweepAt(world, '2026-11-24T09:00');
    const record = async () =>
      (await world.memory.findings.all()).find(
        ({ value }) => value.finding.rule === TUNBRIDGE && value.finding.year === '2026-27',
      )?.value;
    return { world, card, record };
  }

  test('is explained by the lead, but not with “ok”; the commissioner accepts it', async () => {
    const { world, card, record } = await tuesday();
    const explain = (words: string) =>
      press(world, 'Oskar', card('Oskar'), {
        title: 'Send explanation',
        typed: { [ownWords(card('Oskar').card)]: words },
      });
    for (const nothing of ['ok', '   ']) {
      expect(said(await explain(nothing)), `for ${nothing}`).toContain('Please say in a few words');
    }
    expect(await record()).toMatchObject({ status: 'open' });
    const explained = await explain('no child moved in or out this term');
    expect(wordsOn(explained.inPlace)).toContain('no child moved in or out this term');
    expect(await record()).toMatchObject({
      status: 'explained',
      explanation: { cause: '', words: 'no child moved in or out this term' },
    });

    await sweepAt(world, '2026-11-24T09:10');
    const alert = card('Colin');
    const finding = findingCode((await record())?.finding.id ?? '');
    const accepted = await press(world, 'Colin', alert, {
      title: 'Accept',
      carrying: { finding },
    });
    expect(said(accepted)).toContain('Tunbridge Wells: accepted.');
    expect(await record()).toMatchObject({ status: 'accepted' });
    await sweepAt(world, '2026-11-24T09:20');
    expect(wordsOn(card('Oskar').card)).toContain('Accepted by Colin Marsh (demo)');
  });

  test('is sent back with a note, and then asked of the lead again', async () => {
    const { world, card, record } = await tuesday();
    await press(world, 'Oskar', card('Oskar'), {
      title: 'Send explanation',
      typed: { [ownWords(card('Oskar').card)]: 'it was a quiet term for everyone' },
    });
    await sweepAt(world, '2026-11-24T09:10');
    const finding = findingCode((await record())?.finding.id ?? '');
    const shown = await press(world, 'Colin', card('Colin'), {
      title: 'Decide',
      carrying: { finding },
    });
    expect(wordsOn(shown.reply)).toContain('Explained: “it was a quiet term for everyone”');
    if (!shown.reply) throw new Error('The finding was not shown.');
    const decided = await press(
      world,
      'Colin',
      { card: shown.reply },
      { title: 'Send it back', typed: { 'note.0': 'Every single number?' } },
    );
    expect(wordsOn(decided.inPlace)).toContain('Sent back: “Every single number?”');
    expect(await record()).toMatchObject({ status: 'sent back' });
    await sweepAt(world, '2026-11-24T09:20');
    expect(wordsOn(card('Oskar').card)).toContain('“Every single number?”');
    expect(buttonsOn(card('Oskar').card).map(({ title }) => title)).toContain('Send explanation');
  });

  test('that was accepted by mistake waits for the lead again; both decisions are kept, with who', async () => {
    const { world, card, record } = await tuesday();
    const finding = (await record())?.finding.id ?? '';
    const colin = { actor: idOf('Colin'), activityId: '' };
    const typed = { row: 0, 'note.0': 'Agreed by phone.' };
    await send(world.service, colin, 'finding.accept', { finding, ...typed });
    expect(await record()).toMatchObject({ status: 'accepted' });
    expect(said(await send(world.service, colin, 'finding.reopen', { finding }))).toContain('open');
    const again = await send(world.service, colin, 'finding.reopen', { finding });
    expect(said(again)).toContain('This has not been accepted: it is still open.');
    expect((await record())?.history.slice(-2)).toMatchObject([
      { what: 'accepted', byId: idOf('Colin'), text: 'Agreed by phone.' },
      { what: 'decision undone', byId: idOf('Colin') },
    ]);
    await sweepAt(world, '2026-11-24T09:20');
    expect(buttonsOn(card('Oskar').card).map(({ title }) => title)).toContain('Send explanation');
  });

  test('answered by two at once loses neither answer: each is decided on the other', async () => {
    const { world, card, record } = await tuesday();
    await press(world, 'Oskar', card('Oskar'), {
      title: 'Send explanation',
      typed: { [ownWords(card('Oskar').card)]: 'it was a quiet term for everyone' },
    });
    const explained = await record();
    if (!explained) throw new Error('There is no such finding.');
    const asSeen = { finding: explained.finding.id, seen: seenCode(explained) };
    const by = (name: string) => ({ actor: idOf(name), activityId: '' });
    const answers = await Promise.all([
      send(world.service, by('Colin'), 'finding.accept', asSeen),
      send(world.service, by('Yusuf'), 'finding.sendBack', { ...asSeen, note: 'All of them?' }),
    ]);
    const recorded = answers.filter((one) => said(one).includes('Recorded')).length;
    const kept = (await record())?.history.filter(({ what }) => /accepted|sent back/.test(what));
    expect(kept).toHaveLength(recorded);
    expect(recorded).toBeGreaterThan(0);
  });

  test('that was explained stands while its values do, and is asked anew when they change', async () => {
    const { world, card, record } = await tuesday();
    await press(world, 'Oskar', card('Oskar'), {
      title: 'Send explanation',
      typed: { [ownWords(card('Oskar').card)]: 'no child moved in or out this term' },
    });
    await sweepAt(world, '2026-11-24T10:00');
    expect(await record()).toMatchObject({ status: 'explained' });
    await changeRow(world, KPI, 'KPI 2026-27 Term 1 Tunbridge Wells', {
      School_x0020_Caseload: 145,
    });
    await sweepAt(world, '2026-11-24T11:00');
    expect(await record()).toMatchObject({ status: 'closed' });
  });

  test('of a rule that cannot be true is corrected and not explained away', async () => {
    const { world } = await monday();
    const all = await world.memory.findings.all();
    const error = all.find(
      ({ value }) => value.finding.rule === 'percentage-range' && value.finding.year === '2026-27',
    );
    const told = await send(
      world.service,
      { actor: idOf('Hamish'), activityId: '' },
      'finding.explain',
      { finding: error?.value.finding.id, words: 'schools outside the district joined' },
    );
    expect(said(told)).toContain('This cannot be true, so it has to be corrected');
    const opened = await send(
      world.service,
      { actor: idOf('Hamish'), activityId: '' },
      'finding.correct',
      { finding: error?.value.finding.id },
    );
    expect(boxesOn(opened.inPlace)).toMatchObject({ 'answer.primarySchoolsSupportedPct': '104' });
  });
});

describe('a commissioner', () => {
  test('chases a district that was not written to, and it is not done twice a day', async () => {
    const { world, card } = await monday();
    world.moveTo('2026-11-24T11:00');
    const carrying = { district: 'Dover' };
    const chased = await press(world, 'Colin', card('Colin'), { title: 'Chase now', carrying });
    expect(said(chased)).toContain('Dover was chased');
    expect(world.teams.of(idOf('Priya'))).toHaveLength(2);
    const again = await press(world, 'Colin', card('Colin'), { title: 'Chase now', carrying });
    expect(said(again)).toContain('Nobody gets two cards a day.');
    expect(world.teams.of(idOf('Priya'))).toHaveLength(2);
    expect(
      said(
        await press(world, 'Colin', card('Colin'), {
          title: 'Chase now',
          carrying: { district: 'Swale' },
        }),
      ),
    ).toContain('Swale could not be reached');
  });

  test('pauses a district until a day, and its lead is not chased until then', async () => {
    const { world, card } = await monday();
    const row = buttonsOn(card('Colin').card).find(
      (b) => b.verb === 'chase.pause' && b.data['district'] === 'Dover',
    )?.row;
    const pause = (until: string) =>
      press(world, 'Colin', card('Colin'), {
        title: 'Pause chasing',
        carrying: { district: 'Dover' },
        typed: { [`until.${row}`]: until },
      });
    for (const wrong of ['2026-11-22', '2027-11-24', 'soon']) {
      expect(said(await pause(wrong)), `for ${wrong}`).toContain('Please choose another date');
    }
    expect(await world.memory.arrangements.all()).toEqual([]);
    expect(said(await pause('2026-11-30'))).toContain('Dover is paused');
    const chasedOn = async (london: string) =>
      (await sweepAt(world, london)).decision.messages.some(
        (m) => m.kind === 'chase' && m.person?.id === idOf('Priya'),
      );
    expect(await chasedOn('2026-11-30T09:00')).toBe(false);
    expect(await chasedOn('2026-12-01T09:00')).toBe(true);
  });

  test('asks who is missing and for a district, in words', async () => {
    const { world } = await monday();
    const ask = (command: Parameters<typeof answer>[2], who = 'Colin') =>
      answer(world.service, idOf(who), command).then(wordsOn);
    expect(await ask({ name: 'who is missing' })).toContain('Swale');
    expect(await ask({ name: 'show district', district: 'Swale' })).toContain('Missing');
    expect(await ask({ name: 'what is due' }, 'Priya')).toContain('Dover: 1 return to file');
    expect(await ask({ name: 'link practitioner' }, 'Sam')).toContain('Nell Abara (demo)');
    expect(await ask({ name: 'next clinic' }, 'Sam')).toContain('Wed 2 Dec, 13:30');
  });
});

/** Everything that a button can ask for, with the fields of somebody else’s district. */
function everyAction(finding: string): [verb: string, fields: Record<string, unknown>][] {
  return [
    ['return.open', DOVER],
    ['return.save', { ...DOVER, ...typedAnswers() }],
    ['return.submit', { ...DOVER, ...typedAnswers(), version: '' }],
    ['finding.explain', { finding, words: 'because we say so, at some length' }],
    ['finding.correct', { finding }],
    ['finding.accept', { finding }],
    ['finding.sendBack', { finding, note: 'no' }],
    ['finding.reopen', { finding }],
    ['finding.show', { finding }],
    ['findings.list', {}],
    ['chase.now', { district: 'Dover' }],
    ['chase.pause', { district: 'Dover', until: '2026-11-30' }],
    ['chase.resume', { district: 'Dover' }],
    ['district.show', { district: 'Dover' }],
    ['overview.show', {}],
  ];
}

describe('somebody who may not', () => {
  const REFUSED = 'Sorry, I cannot do that for you';
  const UNKNOWN = 'Hello, I do not know you yet';
  const STRANGER = '99999999-9999-4999-8999-999999999999';

  const refusedTo = async (actors: Record<string, string>, except: readonly string[] = []) => {
    const { world, card } = await monday();
    const [finding] = (await world.memory.findings.all()).filter(
      ({ value }) => value.finding.year === '2026-27' && value.finding.severity === 'query',
    );
    const before = await everything(world);
    const requests = world.teams.requests;
    const actions = everyAction(finding?.value.finding.id ?? '').filter(
      ([verb]) => !except.includes(verb),
    );
    for (const [who, actor] of Object.entries(actors)) {
      for (const [verb, fields] of actions) {
        // With the activity id of the card that the rightful person was sent, forwarded.
        const pressed = { actor, activityId: card('Priya').activityId };
        const told = await send(world.service, pressed, verb, { ...fields, actor: idOf('Priya') });
        const no = actor === STRANGER ? UNKNOWN : REFUSED;
        expect(wordsOn(told.reply), `${who}: ${verb}`).toContain(no);
        expect(told.inPlace, `${who}: ${verb}`).toBeUndefined();
      }
    }
    expect(await everything(world)).toEqual(before);
    expect(world.teams.requests).toBe(requests);
  };

  test('as another district’s lead, a SENCO or a stranger is refused every action, and nothing is written', async () => {
    await refusedTo({
      'another district’s lead': idOf('Kofi'),
      'a SENCO': idOf('Sam'),
      'somebody unknown': STRANGER,
    });
  });

  test('as a commissioner files no return and explains nothing', async () => {
    await refusedTo({ 'a commissioner': idOf('Colin') }, [
      'finding.accept',
      'finding.sendBack',
      'finding.reopen',
      'finding.show',
      'findings.list',
      'chase.now',
      'chase.pause',
      'chase.resume',
      'district.show',
      'overview.show',
    ]);
  });

  test('as the lead of the district neither decides, nor chases, nor sees the others', async () => {
    const { world } = await monday();
    const before = await everything(world);
    const [finding] = (await world.memory.findings.all()).filter(
      ({ value }) => value.finding.district === 'Tunbridge Wells',
    );
    const id = finding?.value.finding.id;
    for (const [verb, fields] of [
      ['finding.accept', { finding: id }],
      ['finding.sendBack', { finding: id }],
      ['finding.reopen', { finding: id }],
      ['findings.list', {}],
      ['findings.list', { district: 'Tunbridge Wells' }],
      ['chase.now', { district: 'Tunbridge Wells' }],
      ['chase.pause', { district: 'Tunbridge Wells', until: '2026-11-30' }],
      ['overview.show', {}],
      ['district.show', { district: 'Dover' }],
    ] as const) {
      const told = await send(
        world.service,
        { actor: idOf('Oskar'), activityId: '' },
        verb,
        fields,
      );
      expect(wordsOn(told.reply), `for ${verb}`).toContain(REFUSED);
    }
    expect(await everything(world)).toEqual(before);
  });

  test('who name a finding that is none change nothing', async () => {
    const { world } = await monday();
    const before = await everything(world);
    const pressed = { actor: idOf('Colin'), activityId: '' };
    for (const finding of ['none', '__proto__']) {
      for (const verb of ['finding.explain', 'finding.accept', 'finding.sendBack']) {
        const fields = { finding, words: 'because we say so, at some length' };
        const told = await send(world.service, pressed, verb, fields);
        expect(wordsOn(told.reply), `for ${verb}`).toContain('This question is no longer open.');
      }
    }
    expect(await everything(world)).toEqual(before);
  });

  test('a district on the card beside somebody else’s finding does not open it', async () => {
    const { world } = await monday();
    const before = await everything(world);
    const [finding] = (await world.memory.findings.all()).filter(
      ({ value }) => value.finding.rule === 'identical-to-previous-term',
    );
    const told = await send(
      world.service,
      { actor: idOf('Priya'), activityId: '' },
      'finding.explain',
      {
        finding: finding?.value.finding.id,
        district: 'Dover',
        words: 'because we say so, at some length',
      },
    );
    expect(wordsOn(told.reply)).toContain(REFUSED);
    expect(await everything(world)).toEqual(before);
  });

  test('has nothing that a button or words may hold in the log, save a district of the list', async () => {
    const { world } = await monday();
    const { log } = world.service;
    const [warn, info] = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'info')];
    const pressed = { actor: idOf('Sam'), activityId: '' };
    const child = 'Sam Okafor, aged 6, of Oak Street';
    await send(world.service, pressed, 'findings.list', { district: child });
    await send(world.service, pressed, 'return.open', { ...DOVER, district: child });
    await send(world.service, pressed, 'district.show', { district: 'Dover' });
    await answer(world.service, pressed.actor, { name: 'show district', district: child });
    const withdrawn = { returns: 'KPI|Dover|2026-27|1', note: child };
    const commissioner = { actor: idOf('Colin'), activityId: '' };
    await send(world.service, commissioner, 'return.withdraw', withdrawn);
    const logged = [...warn.mock.calls, ...info.mock.calls].map((call) => JSON.stringify(call));
    vi.restoreAllMocks();
    expect(logged.filter((line) => line.includes('refused'))).toHaveLength(4);
    expect(logged.filter((line) => line.includes('"district":"Dover"'))).toHaveLength(1);
    expect(logged.some((line) => line.includes('"what":"withdrawn"'))).toBe(true);
    expect(logged.join('\n')).not.toContain('Okafor');
  });

  test('ask in words is answered with help or a kind no, and nothing of a district', async () => {
    const { world } = await monday();
    const before = await everything(world);
    const commands = [
      { name: 'who is missing' },
      { name: 'show district', district: 'Dover' },
      { name: 'chase district', district: 'Dover' },
      { name: 'what is due' },
    ] as const;
    for (const who of [idOf('Sam'), '']) {
      for (const command of commands) {
        const card: Card = await answer(world.service, who, command);
        expect(wordsOn(card)).toContain(who === '' ? UNKNOWN : REFUSED);
        expect(wordsOn(card)).not.toContain('Dover');
      }
    }
    const stranger = wordsOn(await answer(world.service, 'nobody', { name: 'help' }));
    expect(stranger).toContain('I do not know you yet');
    expect(await everything(world)).toEqual(before);
  });
});

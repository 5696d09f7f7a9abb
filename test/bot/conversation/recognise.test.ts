import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bot/conversation/command.ts';
import { recognise } from '../../../bot/conversation/recognise.ts';
import { ASKERS, type Asker } from './askers.ts';

/** What somebody means who says this, after having asked for something else. */
const meant = (by: Asker, text: string, before: readonly Command[] = []): Command[] =>
  recognise(text, { ...ASKERS[by], before });
const show = (district: string): Command => ({ name: 'show district', district });
const chase = (district: string): Command => ({ name: 'chase district', district });

describe('what a commissioner types', () => {
  test.each<[string, Command]>([
    ['Who’s late', { name: 'who is missing' }],
    ['which districts are outstanding', { name: 'who is missing' }],
    ["who hasn't returned yet?", { name: 'who is missing' }],
    ['Who has not sent it in', { name: 'who is missing' }],
    ['what is overdue', { name: 'who is missing' }],
    ['which returns are not in', { name: 'who is missing' }],
    ['SHOW   DOVER!!', show('Dover')],
    ['how is Swale doing?', show('Swale')],
    ['tell me about Folkstone & Hythe', show('Folkestone and Hythe')],
    ['status of Tonbridge & Malling', show('Tonbridge and Malling')],
    ['Hi, how is Dover?', show('Dover')],
    ['Good morning. Can you show me Tunbridge Wells please', show('Tunbridge Wells')],
    ['show me', { name: 'which district', of: 'show district' }],
    ['show Medway', { name: 'which district', of: 'show district' }],
    ['please nudge thanet', chase('Thanet')],
    ['can you remind Folkestone and Hythe', chase('Folkestone and Hythe')],
    ['Hello, chase Swale', chase('Swale')],
    ['chase everybody', { name: 'which district', of: 'chase district' }],
  ])('“%s”', (text, command) => expect(meant('commissioner', text)).toEqual([command]));
});

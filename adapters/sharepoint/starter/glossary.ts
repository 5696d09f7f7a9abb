import type { Row } from '../bot-lists.ts';

/** A word, what it means, and what else people call it. */
type Word = [name: string, meaning: string, ...otherNames: string[]];

/** From the countywide report 2022-23 and its appendices; commissioners reword them in the list. */
const WORDS: readonly Word[] = [
  [
    'actively supported',
    'A child who is open to the service, whom a specialist teacher is actively supporting, and who works towards individual targets.',
    'active support',
    'supported',
    'active case',
  ],
  [
    'caseload',
    'Every child open to the service, whether supported at present or not.',
    'open to the service',
    'open cases',
  ],
];

export const starterGlossary: readonly Row[] = WORDS.map(([name, meaning, ...otherNames]) => ({
  Title: name,
  Meaning: meaning,
  ...(otherNames.length > 0 ? { OtherNames: otherNames.join('\n') } : {}),
}));

import type { Row } from '../bot-lists.ts';

/** A word, what it means, and what else people call it. */
type Word = [name: string, meaning: string, ...otherNames: string[]];

/**
 * From the countywide report 2022-23 and decision 24/00119, as they put it; the county's abbreviations are
 * written out. Commissioners reword them in the list.
 */
const WORDS: readonly Word[] = [
  [
    'actively supported',
    'A child who is open to the service, whom a specialist teacher is actively supporting, and who works towards individual targets.',
    'active support',
    'actively supporting',
    'supported',
    'active case',
  ],
  [
    'caseload',
    'Every child open to the service, whether supported at present or not.',
    'open to the service',
    'open cases',
  ],
  [
    'link practitioner',
    'The specialist teacher who is the lead contact of a school or setting for any child there who may need support, and who plans with its SENCO and senior leaders how to meet need, without referrals or waiting lists.',
    'link worker',
    'link teacher',
  ],
  [
    'clinic',
    'A session at which a SENCO or an early years practitioner is given advice, guidance and reassurance by a specialist teacher, with a short turnaround and without naming the child. Some are virtual.',
    'surgery',
    'in-school review',
    'in-setting review',
  ],
  [
    'outreach',
    'Support that is paid for from the outreach part of a district’s budget, beside the core service. Some districts allocate it to a special school, others provide it themselves.',
    'outreach case',
  ],
  [
    'LIFT',
    'Local Inclusion Forum Team: a meeting at which SENCOs discussed children with specialist teachers, other SENCOs and other professionals. The service no longer has to hold it; returns up to 2024-25 still count it.',
    'Local Inclusion Forum Team',
    'LIFT meeting',
  ],
  [
    'AET',
    'Autism Education Trust: the framework of training by which schools and settings support children with autism or autism-like traits.',
    'Autism Education Trust',
    'AET training',
  ],
  [
    'C&I',
    'Communication and interaction, one of the four broad areas of need.',
    'C and I',
    'communication and interaction',
  ],
  [
    'C&L',
    'Cognition and learning, one of the four broad areas of need.',
    'C and L',
    'cognition and learning',
  ],
  [
    'SEMH',
    'Social, emotional and mental health, one of the four broad areas of need.',
    'social, emotional and mental health',
  ],
  [
    'S&P',
    'Sensory and/or physical needs, one of the four broad areas of need.',
    'S and P',
    'sensory and physical',
    'sensory and/or physical',
  ],
  [
    'SENIF',
    'Special Education Needs Inclusion Funding, for early years settings. A SENIF practitioner supports a setting by modelling the support that the specialist teacher identified.',
    'Special Education Needs Inclusion Funding',
  ],
  [
    'SENCO',
    'Special educational needs co-ordinator: who looks after special educational needs in a mainstream school.',
    'SENDCO',
    'special educational needs co-ordinator',
  ],
  [
    'KPI return',
    'What a district files each term about its key performance indicators.',
    'key performance indicator',
    'key performance indicators',
  ],
  [
    'Local Activity Report',
    'What a district files each term about its activity, beside the KPI return.',
    'LAR',
  ],
  [
    'STLS',
    'Specialist Teaching and Learning Service: specialist teachers for children and young people with special educational needs and disability, in 12 districts.',
    'Specialist Teaching and Learning Service',
    'specialist teaching service',
  ],
];

export const starterGlossary: readonly Row[] = WORDS.map(([name, meaning, ...otherNames]) => ({
  Title: name,
  Meaning: meaning,
  ...(otherNames.length > 0 ? { OtherNames: otherNames.join('\n') } : {}),
}));

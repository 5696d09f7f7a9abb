import { ROLES } from '../../bot/access/people.ts';
import { DELIVERY_STATUSES } from '../../bot/chase/delivery.ts';
import { PHASES } from '../../bot/directory/directory.ts';
import { CHECKS, COMPARISONS, FORM_CHOICES, MISSING_VALUES } from '../../bot/findings/rule.ts';
import { FINDING_STATUSES } from '../../bot/findings/register.ts';
import { FORMS, STORED_AS, UNITS } from '../../bot/returns/measure.ts';
import { starterGlossary } from './starter/glossary.ts';
import { starterMeasures } from './starter/measures.ts';
import { starterRules } from './starter/rules.ts';
import { starterSettings } from './starter/settings.ts';

/** A column of a list that the bot brings. `name` is the internal name, kept free of spaces. */
export type BotColumn = {
  name: string;
  displayName: string;
  description: string;
  type: 'text' | 'note' | 'number' | 'choice' | 'day' | 'instant' | 'boolean';
  choices?: readonly string[];
  indexed?: boolean;
  /** No two items hold the same; it has to be indexed. */
  unique?: boolean;
};

export type Row = Readonly<Record<string, string | number | boolean>>;

/** A list that the bot brings. `Title` is there already and holds what `title` says. */
export type BotList = {
  displayName: string;
  description: string;
  title: string;
  columns: readonly BotColumn[];
  /** Rows that a new list starts with; commissioners change them as they like. */
  starter: readonly Row[];
};

export const TERMS = 'STLS Bot Terms';
export const MEASURES = 'STLS Bot Measures';
export const RULES = 'STLS Bot Rules';
export const DISTRICTS = 'STLS Bot Districts';
export const PEOPLE = 'STLS Bot People';
export const SCHOOLS = 'STLS Bot Schools';
export const PRACTITIONERS = 'STLS Bot Link Practitioners';
export const CLINICS = 'STLS Bot Clinics';
export const GLOSSARY = 'STLS Bot Glossary';
export const SETTINGS = 'STLS Bot Settings';
export const CHASE_LOG = 'STLS Bot Chase Log';
export const FINDINGS = 'STLS Bot Findings';

const column = (
  name: string,
  type: BotColumn['type'],
  displayName: string,
  description: string,
  more: Partial<BotColumn> = {},
): BotColumn => ({ name, type, displayName, description, ...more });

const choice = (
  name: string,
  displayName: string,
  choices: readonly string[],
  description: string,
) => column(name, 'choice', displayName, description, { choices });

const TERM_SPAN = [
  column(
    'FirstTerm',
    'text',
    'First term',
    'First term in which this applies, such as 2023-24 T1. Empty: always.',
  ),
  column(
    'LastTerm',
    'text',
    'Last term',
    'Last term in which this applies, such as 2024-25 T6. Empty: still.',
  ),
];

const numberOf = (what: string): string =>
  `Number of ${what} in the district. For another year’s number, give this row a last term and add a row: changing the number changes how earlier returns are judged.`;

/** What commissioners edit in SharePoint, and the bot follows within a minute; and what it writes for others. */
export const BOT_LISTS: readonly BotList[] = [
  {
    displayName: TERMS,
    description:
      'The six terms of each academic year, with the day on which returns are due and lock.',
    title: 'The term in words, such as 2026-27 Term 1',
    starter: [],
    columns: [
      column('AcademicYear', 'text', 'Academic year', 'Such as 2026-27.', { indexed: true }),
      column('Term', 'number', 'Term', '1 to 6.'),
      column('Starts', 'day', 'Starts', 'First day of the term.'),
      column('Ends', 'day', 'Ends', 'Last day of the term.'),
      column(
        'Due',
        'day',
        'Due',
        'Returns are timely until the end of this day. Never derived from the end of term.',
      ),
      column(
        'Locks',
        'day',
        'Locks',
        'After this day the bot no longer chases or changes returns of the term.',
      ),
    ],
  },
  {
    displayName: MEASURES,
    description:
      'The questions of each form: wording, definition, and the list and column that hold the answer.',
    title: 'Measure id, as rules name it, such as schoolCaseload',
    starter: starterMeasures,
    columns: [
      choice('Form', 'Form', FORMS, 'The form that asks this question.'),
      column('Question', 'text', 'Question', 'The question in a few words.'),
      column(
        'Definition',
        'note',
        'Definition',
        'What exactly is counted. Shown where the question is asked.',
      ),
      column('Section', 'text', 'Section', 'Heading under which the question stands on the card.'),
      choice(
        'Phase',
        'Phase',
        PHASES,
        'The phase that the question is about. Empty: more than one.',
      ),
      choice(
        'Unit',
        'Unit',
        UNITS,
        'How the figure is stored. “percentage of 1” is stored 0 to 1.',
      ),
      choice(
        'StoredAs',
        'Stored as',
        STORED_AS,
        'The type of the column. The bot says so when the column becomes another. Empty: whatever fits the unit.',
      ),
      column(
        'ListName',
        'text',
        'List',
        'Display name of the SharePoint list that holds the answer.',
      ),
      column(
        'ColumnName',
        'text',
        'Column',
        'Internal name of the column. It never changes when the column is renamed.',
      ),
      column(
        'Required',
        'boolean',
        'Required',
        'Whether the return is part filed while this is blank.',
      ),
      column('Position', 'number', 'Position', 'Order of the questions on the card.'),
      ...TERM_SPAN,
    ],
  },
  {
    displayName: RULES,
    description: 'What must hold. A finding is raised where it does not.',
    title: 'Rule id, such as supported-within-caseload-schools',
    starter: starterRules,
    columns: [
      choice('Form', 'Form', FORM_CHOICES, 'The form, or forms, whose returns are checked.'),
      column(
        'LeftSide',
        'text',
        'Left side',
        'Measures and + - * / and brackets; previous., lastYear. and district. figures too. For a check of each answer: the measures, or * for all.',
      ),
      choice('Operator', 'Operator', [...COMPARISONS, ...CHECKS], 'What must hold.'),
      column('RightSide', 'text', 'Right side', 'As the left side. Empty for a check.'),
      column(
        'Tolerance',
        'number',
        'Tolerance',
        'How far the two sides may differ. Empty: not at all, and for a check.',
      ),
      choice(
        'Severity',
        'Severity',
        ['error', 'query'],
        'An error cannot be true and keeps the return from being filed. A query is unusual and needs a word.',
      ),
      choice(
        'MissingValues',
        'Missing values',
        MISSING_VALUES,
        'What to do where a figure is missing. “never skip” counts blank as 0.',
      ),
      choice(
        'Phase',
        'Phase',
        PHASES,
        'Of one phase alone: * stands for its measures, and none of another may be named. Empty: any.',
      ),
      column(
        'Wording',
        'note',
        'Wording',
        'Why it is raised, in plain English. The figures are put before it.',
      ),
      column(
        'KnownCauses',
        'note',
        'Known causes',
        'What often explains it, one on each line. Offered as choices.',
      ),
      column('Enabled', 'boolean', 'On', 'Whether the rule runs.'),
      ...TERM_SPAN,
    ],
  },
  {
    displayName: DISTRICTS,
    description:
      'The districts, the other ways their names are written, and how many schools they have. When a number changes, a district has another row, from the term on in which it changed.',
    title: 'The name of the district',
    starter: [],
    columns: [
      column(
        'OtherNames',
        'note',
        'Other names',
        'Other ways the name is written in returns, one on each line.',
      ),
      column('EarlyYearsSettings', 'number', 'Early years settings', numberOf('settings')),
      column('PrimarySchools', 'number', 'Primary schools', numberOf('mainstream primary schools')),
      column(
        'SecondarySchools',
        'number',
        'Secondary schools',
        numberOf('mainstream secondary schools'),
      ),
      ...TERM_SPAN,
    ],
  },
  {
    displayName: PEOPLE,
    description: 'Who is who. The Entra object id decides what somebody may see and do.',
    title: 'Name',
    starter: [],
    columns: [
      column('Email', 'text', 'E-mail', 'Work e-mail address.', { indexed: true }),
      column(
        'EntraObjectId',
        'text',
        'Entra object id',
        'Object id of the person in Microsoft Entra.',
        { indexed: true },
      ),
      choice(
        'Role',
        'Role',
        ROLES,
        'What the person is here. Somebody with two roles has two rows.',
      ),
      column(
        'Districts',
        'note',
        'Districts',
        'The districts of a lead or a link practitioner, one on each line. A SENCO’s, where several schools have one name.',
      ),
      column(
        'Organisation',
        'text',
        'School or setting',
        'A SENCO’s own school or setting, as the schools list names it.',
      ),
      column(
        'ManagerEmail',
        'text',
        'Manager’s e-mail',
        'Who is told when a lead’s return is five working days late.',
      ),
    ],
  },
  {
    displayName: SCHOOLS,
    description: 'Schools and settings, and who their link practitioner is.',
    title: 'Name of the school or setting',
    starter: [],
    columns: [
      choice('Phase', 'Phase', PHASES, 'Early years settings, primary or secondary schools.'),
      column('District', 'text', 'District', 'As the districts list names it.', { indexed: true }),
      column(
        'OtherNames',
        'note',
        'Other names',
        'Short names and abbreviations, one on each line.',
      ),
      column(
        'LinkPractitionerEmail',
        'text',
        'Link practitioner’s e-mail',
        'As the link practitioners list has it.',
      ),
    ],
  },
  {
    displayName: PRACTITIONERS,
    description: 'Specialist teachers who are the named contact of schools and settings.',
    title: 'Name',
    starter: [],
    columns: [
      column('Email', 'text', 'E-mail', 'Work e-mail address.', { indexed: true }),
      column('Phone', 'text', 'Phone', 'Work telephone number.'),
      column('AwayFrom', 'day', 'Away from', 'First day away. Empty: not away.'),
      column('AwayUntil', 'day', 'Away until', 'Last day away.'),
      column('CoverEmail', 'text', 'Cover’s e-mail', 'Who covers meanwhile.'),
    ],
  },
  {
    displayName: CLINICS,
    description: 'Clinics and surgeries that schools and settings can come to.',
    title: 'What it is called',
    starter: [],
    columns: [
      column('District', 'text', 'District', 'As the districts list names it.', { indexed: true }),
      choice('Phase', 'Phase', [...PHASES, 'All schools'], 'Who it is open to.'),
      column('Starts', 'instant', 'Starts', 'Date and time.', { indexed: true }),
      column('Place', 'text', 'Place', 'Where it is held.'),
      column('JoinLink', 'text', 'Link', 'https link to join, for a virtual clinic.'),
      column('Places', 'number', 'Places', 'How many can come.'),
      column(
        'Booked',
        'number',
        'Booked',
        'How many places are taken, by the bot or by hand. Add one for whoever books by telephone.',
      ),
      column('Minutes', 'number', 'Minutes', 'How long it takes. Empty: 60.'),
      column(
        'RunByEmail',
        'text',
        'Run by (e-mail)',
        'The link practitioner who runs it, as their list has the address. Empty: whoever is a link practitioner in the district.',
      ),
      column(
        'BookedBy',
        'note',
        'Booked by',
        'Who booked with the bot: name; school; e-mail, one on each line. Whoever takes a line out takes one from Booked too.',
      ),
    ],
  },
  {
    displayName: GLOSSARY,
    description: 'Words of the service, as the bot explains them to whoever asks what they mean.',
    title: 'The word, such as actively supported',
    starter: starterGlossary,
    columns: [
      column(
        'OtherNames',
        'note',
        'Other names',
        'Abbreviations and other words for it, one on each line.',
      ),
      column('Meaning', 'note', 'Meaning', 'What it means, in plain English.'),
    ],
  },
  {
    displayName: SETTINGS,
    description: 'How the bot goes about its work. Leave a value empty to have the usual one.',
    title: 'Setting',
    starter: starterSettings,
    columns: [
      column('Value', 'text', 'Value', 'What applies.'),
      column('Notes', 'note', 'Notes', 'What the setting does.'),
    ],
  },
  {
    displayName: CHASE_LOG,
    description:
      'Who was chased for what, when, why, and what came of it. The bot writes it and never reads from it what to do: please edit nothing here.',
    title: 'What it was about and the stage, such as Dover KPI 2026-27 T1 +3',
    starter: [],
    columns: [
      column('PersonName', 'text', 'Who', 'Who was written to.'),
      column('PersonEmail', 'text', 'E-mail', 'Their work e-mail address.', { indexed: true }),
      choice('PersonRole', 'Role', ROLES, 'As what they were written to.'),
      column('District', 'text', 'District', 'The district that owes it.', { indexed: true }),
      choice('Form', 'Form', FORMS, 'The form that it is about.'),
      column('AcademicYear', 'text', 'Academic year', 'Such as 2026-27.', { indexed: true }),
      column('Term', 'number', 'Term', '1 to 6.'),
      column('ReturnId', 'text', 'Return', 'The return, the same in every line about it.', {
        indexed: true,
      }),
      column('RuleId', 'text', 'Rule', 'For a query: the rule that raised it.'),
      column('FindingId', 'note', 'Query', 'For a query: which one, with its figures.'),
      column(
        'Stage',
        'text',
        'Stage',
        'Working days from the due day; of a query, from its asking.',
      ),
      column('Because', 'note', 'Because', 'Why just then.'),
      choice('Outcome', 'Outcome', DELIVERY_STATUSES, 'What came of the message.'),
      column('OutcomeReason', 'note', 'Reason', 'Why it was not sent, where it was not.'),
      column('DecidedAt', 'instant', 'Decided', 'When it was decided.', { indexed: true }),
      column('SettledAt', 'instant', 'Settled', 'When it came to its outcome.', { indexed: true }),
      column('AskedBy', 'text', 'Asked for by', 'The commissioner who asked for it, if one did.'),
      column('MessageId', 'text', 'Message', 'The same in all lines of one message.', {
        indexed: true,
      }),
      column('LogKey', 'text', 'Key', 'By this the bot finds the line again.', {
        indexed: true,
        unique: true,
      }),
    ],
  },
  {
    displayName: FINDINGS,
    description:
      'What could not be right or was unusual, and what was said and decided of it. The bot writes it and never reads from it what to do: please edit nothing here.',
    title: 'The return and the figures, such as Dover KPI 2026-27 T1: “School caseload” is 189',
    starter: [],
    columns: [
      column('RuleId', 'text', 'Rule', 'The rule that raised it.', { indexed: true }),
      choice('Severity', 'Severity', ['error', 'query'], 'An error cannot be true.'),
      choice('Phase', 'Phase', PHASES, 'Where its rule looks at one phase alone.'),
      column('District', 'text', 'District', 'The district that filed it.', { indexed: true }),
      choice('Form', 'Form', FORMS, 'The form that it is about.'),
      column('AcademicYear', 'text', 'Academic year', 'Such as 2026-27.', { indexed: true }),
      column('Term', 'number', 'Term', '1 to 6; 0 where the item names no known term.'),
      column('ReturnId', 'text', 'Return', 'The return, the same as in the chase log.', {
        indexed: true,
      }),
      column('Figures', 'note', 'Figures', 'Every figure that it rests on.'),
      column('Message', 'note', 'Why', 'Why it was raised, in plain English.'),
      choice('Status', 'Status', FINDING_STATUSES, 'What was said and decided of it.'),
      column(
        'RaisedAt',
        'instant',
        'Raised',
        'When it was raised, or found again with nothing said of it. Its age counts from here.',
        { indexed: true },
      ),
      column('ClosedAt', 'instant', 'Closed', 'When it was closed. Empty: it still stands.'),
      column(
        'ClosedBecause',
        'text',
        'Closed because',
        'That it was corrected, or what became of its rule or return. Empty: it still stands.',
      ),
      column(
        'Cause',
        'text',
        'Cause',
        'The known cause that the lead chose, to be counted. Empty: own words only.',
      ),
      column('Explanation', 'note', 'Explanation', 'What the lead says. Never about a child.'),
      column('ExplainedBy', 'text', 'Explained by', 'Who explained it last.'),
      column('ExplainedAt', 'instant', 'Explained', 'When that was.'),
      column('AcceptedBy', 'text', 'Accepted by', 'The commissioner who accepted it.'),
      column('AcceptedAt', 'instant', 'Accepted', 'When that was.'),
      column('SentBackBy', 'text', 'Sent back by', 'The commissioner who asked again last.'),
      column('SentBackAt', 'instant', 'Sent back', 'When that was.'),
      column('DecisionNote', 'note', 'Note', 'What the commissioner said with the last decision.'),
      column('FindingId', 'note', 'Finding', 'As the chase log names it.'),
      column('FollowsKey', 'text', 'Follows', 'The key of what it was before the figures changed.'),
      column('FindingKey', 'text', 'Key', 'By this the bot finds the line again.', {
        indexed: true,
        unique: true,
      }),
    ],
  },
];

/** The lists that the bot writes for others to read, and never goes by. */
const WRITTEN_LISTS: readonly string[] = [CHASE_LOG, FINDINGS];

/** The lists that the bot goes by: what changes in them may change what it does. */
export const READ_LISTS: readonly string[] = BOT_LISTS.map(({ displayName }) => displayName).filter(
  (name) => !WRITTEN_LISTS.includes(name),
);

import { z } from 'zod';
import { isWritable, type Column, type ColumnKind, type ColumnSettings } from './columns.ts';
import { invalidRequest, notEmulated } from './errors.ts';

const decimalWords = ['none', 'one', 'two', 'three', 'four', 'five'];
const unlimited = Number.MAX_VALUE;
const longestText = 255;

const textFacet = z.object({
  allowMultipleLines: z.boolean().nullish(),
  maxLength: z.int().min(1).max(longestText).nullish(),
});
const numberFacet = z.object({
  decimalPlaces: z.enum(['automatic', ...decimalWords]).nullish(),
  displayAs: z.enum(['number', 'percentage']).nullish(),
  minimum: z.number().nullish(),
  maximum: z.number().nullish(),
});
const choiceFacet = z.object({
  choices: z.array(z.string().min(1)).optional(),
  allowTextEntry: z.boolean().nullish(),
  displayAs: z.enum(['dropDownMenu', 'radioButtons']).nullish(),
});
const dateTimeFacet = z.object({ format: z.enum(['dateOnly', 'dateTime']).nullish() });

/** The parts of a column definition that a caller may send. */
export const columnBody = z.looseObject({
  name: z.string().trim().min(1).optional(),
  displayName: z.string().trim().min(1).max(longestText).optional(),
  description: z.string().nullish(),
  required: z.boolean().nullish(),
  indexed: z.boolean().nullish(),
  hidden: z.boolean().nullish(),
  enforceUniqueValues: z.boolean().nullish(),
  defaultValue: z.object({ value: z.string().nullish() }).nullish(),
  text: textFacet.optional(),
  number: numberFacet.optional(),
  choice: choiceFacet.optional(),
  dateTime: dateTimeFacet.optional(),
  boolean: z.object({}).optional(),
});
/** The parts of a column definition that a caller may send. */
export type ColumnBody = z.infer<typeof columnBody>;

const facetsNotEmulated = [
  'calculated',
  'currency',
  'geolocation',
  'hyperlinkOrPicture',
  'lookup',
  'personOrGroup',
  'term',
  'thumbnail',
];

/** The kind of column that a body's facet asks for; `undefined` when it names none. */
export function kindAskedFor(body: ColumnBody): ColumnKind | undefined {
  refuseWhatIsNotEmulated(body);
  const facets = (['text', 'number', 'choice', 'dateTime', 'boolean'] as const).filter(
    (facet) => body[facet] !== undefined,
  );
  if (facets.length > 1) throw invalidRequest('A column takes one type, not several.');
  const [facet] = facets;
  if (facet === 'text') return body.text?.allowMultipleLines === true ? 'note' : 'text';
  return facet;
}

/** The settings that a body asks for, on top of those the column has. */
export function settingsAskedFor(body: ColumnBody, before: ColumnSettings): ColumnSettings {
  const { number, choice, dateTime, text, defaultValue, enforceUniqueValues } = body;
  return {
    ...before,
    ...given('choices', choice?.choices),
    ...given('fillIn', choice?.allowTextEntry),
    ...given('percentage', asked(number?.displayAs, 'percentage')),
    ...given('decimals', decimalsOf(number?.decimalPlaces)),
    ...given('minimum', number?.minimum),
    ...given('maximum', number?.maximum),
    ...given('maxLength', text?.maxLength),
    ...given('dateOnly', asked(dateTime?.format, 'dateOnly')),
    ...given('defaultValue', defaultValue?.value),
    ...given('unique', enforceUniqueValues),
  };
}

/** A column as Graph's `columnDefinition`. */
export function columnShape(column: Column): object {
  return {
    columnGroup: column.builtIn ? '_Hidden' : 'Custom Columns',
    description: column.description,
    displayName: column.displayName,
    enforceUniqueValues: column.settings.unique ?? false,
    hidden: column.hidden,
    id: column.id,
    indexed: column.indexed,
    isDeletable: !column.builtIn,
    name: column.name,
    readOnly: !isWritable(column),
    required: column.required,
    ...(column.settings.defaultValue === undefined
      ? {}
      : { defaultValue: { value: column.settings.defaultValue } }),
    ...facetShape(column),
  };
}

function facetShape({ kind, settings }: Column): object {
  switch (kind) {
    case 'text':
      return { text: textShape(false, { maxLength: settings.maxLength ?? longestText }) };
    case 'note':
      return { text: textShape(true, { textType: 'plain' }) };
    case 'number':
      return { number: numberShape(settings) };
    case 'choice':
      return {
        choice: {
          allowTextEntry: settings.fillIn ?? false,
          choices: settings.choices ?? [],
          displayAs: 'dropDownMenu',
        },
      };
    case 'dateTime':
      return {
        dateTime: { displayAs: 'default', format: settings.dateOnly ? 'dateOnly' : 'dateTime' },
      };
    case 'boolean':
      return { boolean: {} };
    case 'person':
      return { personOrGroup: { allowMultipleSelection: false, chooseFromType: 'peopleOnly' } };
    case 'computed':
      return {};
  }
}

function textShape(multiLine: boolean, more: object): object {
  return {
    allowMultipleLines: multiLine,
    appendChangesToExistingText: false,
    linesForEditing: multiLine ? 6 : 0,
    ...more,
  };
}

function numberShape({ decimals, percentage, minimum, maximum }: ColumnSettings): object {
  return {
    decimalPlaces: decimals === undefined ? 'automatic' : (decimalWords[decimals] ?? 'automatic'),
    displayAs: percentage ? 'percentage' : 'number',
    maximum: maximum ?? unlimited,
    minimum: minimum ?? -unlimited,
  };
}

function asked(value: string | null | undefined, wanted: string): boolean | undefined {
  return value === null || value === undefined ? undefined : value === wanted;
}

function decimalsOf(word: string | null | undefined): number | undefined {
  const decimals = decimalWords.indexOf(word ?? '');
  return decimals === -1 ? undefined : decimals;
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): Partial<Record<Name, Value>> {
  return value === null || value === undefined
    ? {}
    : ({ [name]: value } as Partial<Record<Name, Value>>);
}

function refuseWhatIsNotEmulated(body: ColumnBody): void {
  const facet = facetsNotEmulated.find((each) => body[each] !== undefined && body[each] !== null);
  if (facet !== undefined) throw notEmulated(`The emulator has no ${facet} columns.`);
}

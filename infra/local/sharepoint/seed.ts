/**
 * What the emulator is started with: a site, its lists, their columns and items.
 * Names are SharePoint's own: `name` is the internal name that Graph speaks
 * (`School_x0020_Caseload`), `displayName` what people see.
 */
export type SeedColumn = {
  name: string;
  displayName: string;
  type: 'text' | 'note' | 'number' | 'choice' | 'dateTime' | 'boolean';
  description?: string;
  required?: boolean;
  indexed?: boolean;
  /** For `choice`. */
  choices?: string[];
  /** For `choice`: whether people may type a value of their own. */
  fillIn?: boolean;
  /** For `number`: shown as a percentage, stored 0–1. */
  percentage?: boolean;
  decimals?: number;
  /** For `dateTime`: a day without a time. */
  dateOnly?: boolean;
};

export type SeedPerson = { displayName: string; email: string };

export type SeedItem = {
  /** By internal column name. An empty cell is left out altogether. */
  fields: Record<string, string | number | boolean>;
  /** ISO 8601 instants. */
  createdAt: string;
  modifiedAt: string;
  createdBy: SeedPerson;
};

/**
 * A list with its items. Items may be any iterable: a generator fills a list of a hundred
 * thousand items without ever holding them all; it is read once.
 */
export type SeedList<Items extends Iterable<SeedItem> = SeedItem[]> = {
  displayName: string;
  description: string;
  columns: SeedColumn[];
  items: Items;
};

export type SeedSite<Items extends Iterable<SeedItem> = SeedItem[]> = {
  /** Host name and server-relative path, as in `/sites/{hostname}:/{path}`. */
  hostname: string;
  path: string;
  displayName: string;
  lists: SeedList<Items>[];
};

import { readFileSync } from 'node:fs';
import { GlobalSettings, Template } from 'adaptivecards-templating';
import type { CardViews } from './views.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** An Adaptive Card, ready to be attached to a message. */
export type Card = { type: 'AdaptiveCard'; version: string; [name: string]: Json };

const NAMES = [
  'lead',
  'alert',
  'missing',
  'district',
  'approvals',
  'summary',
  'link-practitioner',
  'clinics',
  'schools',
  'away',
  'help',
  'introduce',
  'let-in',
  'note',
  'rule-trial',
  'findings',
  'finding',
  'by-district',
  'side-by-side',
  'over-time',
  'last-return',
] as const satisfies readonly (keyof CardViews)[];

/** A missing value shows as a blank; without this the card would show its `${…}`. */
GlobalSettings.getUndefinedFieldValueSubstitutionString = () => ' ';

const templates = new Map<keyof CardViews, Template>();

/** Read when it is first filled: a command that shows no card need not wait for them. */
function templateNamed(name: keyof CardViews): Template {
  const known = templates.get(name);
  if (known) return known;
  if (!NAMES.includes(name)) throw new Error(`There is no card template called "${name}".`);
  const template = new Template(templateOf(name));
  templates.set(name, template);
  return template;
}

function templateOf(name: keyof CardViews): unknown {
  return JSON.parse(readFileSync(new URL(`templates/${name}.json`, import.meta.url), 'utf8'));
}

/** Fills the template of this name with a view. Pure: the same view gives the same card. */
export function renderCard<K extends keyof CardViews>(name: K, view: CardViews[K]): Card {
  return templateNamed(name).expand({ $root: view }) as Card;
}

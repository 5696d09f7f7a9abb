import { readdirSync, readFileSync } from 'node:fs';
import { renderCard, type Card, type Json } from '../../cards/render.ts';
import type { CardViews } from '../../cards/views.ts';

const folder = new URL('../../cards/templates/', import.meta.url);

export type CardName = keyof CardViews;
export type Sample = { file: string; name: CardName; card: Card };
export type Node = { [name: string]: Json };

const SAMPLE = /^([a-z-]+)(\.[a-z-]+)?\.sample\.json$/;

export const templateNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !SAMPLE.test(file))
  .map((file) => file.replace('.json', '') as CardName);

/** Any view of this name: what a test puts in is checked by what comes out. */
export function renderAny(name: CardName, view: unknown): Card {
  return renderCard(name, view as CardViews[CardName]);
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

/** Every sample beside the templates, rendered. */
export const samples: Sample[] = readdirSync(folder).flatMap((file) => {
  const name = SAMPLE.exec(file)?.[1] as CardName | undefined;
  return name ? [{ file, name, card: renderAny(name, readJson(file)) }] : [];
});

/** A property that holds text; nothing where it holds anything else. */
export function textOf(node: Node | undefined, property: string): string {
  const value = node?.[property];
  return typeof value === 'string' ? value : '';
}

/** Every object of a piece of JSON, the outermost first. */
export function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}

export const nodesOfType = (value: unknown, type: string): Node[] =>
  nodesOf(value).filter((node) => node['type'] === type);

export const inputsOf = (value: unknown): Node[] =>
  nodesOf(value).filter((node) => textOf(node, 'type').startsWith('Input.'));

export const sizeOf = (card: Card): number => Buffer.byteLength(JSON.stringify(card));

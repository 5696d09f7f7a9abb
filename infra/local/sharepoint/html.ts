/** Markup that is safe to send as it stands. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand inside a template: text is escaped, markup is not, nothing stays nothing. */
export type HtmlPart = Html | readonly HtmlPart[] | string | number | undefined;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template for markup that escapes every text put into it. */
export function html(texts: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  const pieces = texts.map((text, index) => text + markupOf(parts[index]));
  return new Html(pieces.join(''));
}

function markupOf(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(markupOf).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

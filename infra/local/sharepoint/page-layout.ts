import { html, type Html, type HtmlPart } from './html.ts';

/** The style of every page. */
export const styleSheet = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1b1b1b; font: 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; }
header { background: #f1f3f5; border-bottom: 1px solid #c4c9ce; padding: 0.6rem 1.5rem; }
main { padding: 1rem 1.5rem 3rem; }
a { color: #0b4f8a; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
h1 { font-size: 1.6rem; margin: 0.6rem 0 0.2rem; }
h2 { font-size: 1.1rem; margin: 0 0 0.4rem; }
.quiet { color: #4a4f54; margin: 0 0 1rem; }
.scroll { overflow-x: auto; border: 1px solid #c4c9ce; }
table { border-collapse: collapse; width: 100%; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.7rem; border-bottom: 1px solid #dfe3e6; }
th { background: #f7f8f9; font-weight: 600; vertical-align: bottom; }
th.long { min-width: 13rem; }
td { max-width: 30rem; overflow-wrap: break-word; white-space: pre-line; }
th.number { text-align: right; }
td.short { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.button, button { display: inline-block; background: #0b4f8a; color: #fff; border: 0; border-radius: 3px; padding: 0.5rem 1rem; font: inherit; text-decoration: none; cursor: pointer; }
.button:hover, button:hover { background: #083b68; }
.actions { display: flex; gap: 1rem; align-items: center; margin: 1rem 0; }
.notice { border-left: 5px solid #1c6b2d; background: #eef7f0; padding: 0.6rem 1rem; margin: 1rem 0; }
.problems { border-left: 5px solid #a4161a; background: #fdf1f1; padding: 0.6rem 1rem; margin: 1rem 0; }
.problems ul { margin: 0; padding-left: 1.2rem; }
form.item { max-width: 42rem; }
.field { margin: 0 0 1.1rem; }
.field label { display: block; font-weight: 600; }
.field .hint { display: block; color: #4a4f54; font-size: 0.92rem; }
.field .problem { display: block; color: #a4161a; font-weight: 600; }
.field.wrong { border-left: 4px solid #a4161a; padding-left: 0.8rem; }
input[type="text"], input[type="date"], input[type="datetime-local"], select, textarea { width: 100%; border: 1px solid #5d646b; border-radius: 3px; padding: 0.45rem 0.6rem; font: inherit; color: inherit; background: #fff; }
input[type="date"], input[type="datetime-local"], input.short { max-width: 16rem; }
textarea { min-height: 7rem; }
.tick { display: flex; gap: 0.6rem; align-items: center; }
.tick input { width: 1.3rem; height: 1.3rem; }
`;

/** A whole page. */
export function page(title: string, trail: HtmlPart, content: HtmlPart): Html {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – SharePoint emulator</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <strong>SharePoint emulator: demo data, fictional people</strong>
        </header>
        <main>${trail}${content}</main>
      </body>
    </html> `;
}

/** The way back to the pages above. */
export function breadcrumb(...steps: { text: string; href: string }[]): Html {
  const links = steps.map(({ text, href }) => html`<a href="${href}">${text}</a> / `);
  return html`<nav aria-label="Breadcrumb">${links}</nav>`;
}

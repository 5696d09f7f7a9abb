import type { Column } from './columns.ts';
import { html, type Html, type HtmlPart } from './html.ts';
import type { Typed } from './item-form.ts';

/** What a form shows: what was typed and what is wrong with it. */
export type FormState = {
  columns: readonly Column[];
  typed: Typed;
  problems: Map<string, string>;
  /** A problem with the form as a whole. */
  refusal?: string;
  /** The state of the item that the form was opened with. */
  etag?: string;
  people: readonly { email: string; displayName: string }[];
  savedBy: string;
};

/** The name under which a column travels in the form; keeps clear of the form's own fields. */
export function inputName(column: Column): string {
  return `cell-${column.name}`;
}

/** A form with one field a column. */
export function itemForm(state: FormState, back: string): Html {
  return html`${problemSummary(state)}
    <form class="item" method="post" novalidate autocomplete="off">
      ${
        state.etag === undefined
          ? undefined
          : html`<input type="hidden" name="etag" value="${state.etag}" />`
      }
      ${state.columns.map((column) => field(column, state))} ${savedByField(state)}
      <div class="actions">
        <button type="submit">Save</button>
        <a href="${back}">Cancel</a>
      </div>
    </form>`;
}

function problemSummary({ columns, problems, refusal }: FormState): Html | undefined {
  if (problems.size === 0 && refusal === undefined) return undefined;
  const wrong = columns.filter((column) => problems.has(column.name));
  return html`<div class="problems" role="alert">
    <h2>The item was not saved</h2>
    <ul>
      ${refusal === undefined ? undefined : html`<li>${refusal}</li>`}
      ${wrong.map(
        (column) => html`<li><a href="#${inputName(column)}">${problems.get(column.name)}</a></li>`,
      )}
    </ul>
  </div>`;
}

function field(column: Column, { typed, problems }: FormState): Html {
  const value = typed[column.name] ?? '';
  const problem = problems.get(column.name);
  const name = inputName(column);
  if (column.kind === 'boolean') return tickField(column, value);
  return html`<div class="field${problem === undefined ? '' : ' wrong'}">
    <label for="${name}">${column.displayName}${column.required ? ' (required)' : ''}</label>
    <span class="hint" id="${name}-hint">${hint(column)}</span>
    ${
      problem === undefined
        ? undefined
        : html`<span class="problem" id="${name}-problem">${problem}</span>`
    }
    ${control(column, value, described(name, problem))}
  </div>`;
}

function described(name: string, problem: string | undefined): Html {
  if (problem === undefined) return html`aria-describedby="${name}-hint"`;
  return html`aria-describedby="${name}-hint ${name}-problem" aria-invalid="true"`;
}

function control(column: Column, value: string, aria: Html): Html {
  const name = inputName(column);
  const own = html`id="${name}" name="${name}" ${aria}`;
  switch (column.kind) {
    case 'note':
      // The line break before the value is one that browsers drop.
      return html`<textarea ${own}>${value}</textarea>`;
    case 'choice':
      return column.settings.fillIn
        ? fillInChoice(column, value, own)
        : closedChoice(column, value, own);
    case 'dateTime':
      return html`<input
        type="${column.settings.dateOnly ? 'date' : 'datetime-local'}"
        ${own}
        value="${value}"
      />`;
    case 'number':
      return html`<input class="short" type="text" inputmode="decimal" ${own} value="${value}" />`;
    case 'boolean':
    case 'text':
    case 'person':
    case 'computed':
      return html`<input type="text" ${own} value="${value}" />`;
  }
}

function closedChoice({ settings }: Column, value: string, own: Html): Html {
  const listed = settings.choices ?? [];
  const choices = value === '' || listed.includes(value) ? listed : [...listed, value];
  return html`<select ${own}>
    <option value=""></option>
    ${choices.map((choice) => optionFor(choice, choice, choice === value))}
  </select>`;
}

function fillInChoice(column: Column, value: string, own: Html): Html {
  const id = `${inputName(column)}-choices`;
  return html`<input type="text" ${own} list="${id}" value="${value}" />
    <datalist id="${id}">
      ${(column.settings.choices ?? []).map((choice) => html`<option value="${choice}"></option>`)}
    </datalist>`;
}

function tickField(column: Column, value: string): Html {
  const name = inputName(column);
  return html`<div class="field">
    <div class="tick">
      <input
        type="checkbox"
        id="${name}"
        name="${name}"
        value="yes"
        aria-describedby="${name}-hint"
        ${value === 'yes' ? html`checked` : undefined}
      />
      <label for="${name}">${column.displayName}</label>
    </div>
    <span class="hint" id="${name}-hint">${hint(column)}</span>
  </div>`;
}

function savedByField({ people, savedBy }: FormState): Html {
  return html`<div class="field">
    <label for="saved-by">Saved by</label>
    <span class="hint">The person whose name the item will carry.</span>
    <select id="saved-by" name="saved-by">
      ${people.map(({ email, displayName }) =>
        optionFor(email, `${displayName} (${email})`, email === savedBy),
      )}
    </select>
  </div>`;
}

function optionFor(value: string, text: string, chosen: boolean): Html {
  return html`<option value="${value}" ${chosen ? html`selected` : undefined}>${text}</option>`;
}

function hint({ description, kind, settings }: Column): HtmlPart {
  const format = kind === 'number' && settings.percentage ? 'As a percentage, such as 35.' : '';
  const own = kind === 'choice' && settings.fillIn ? 'Choose, or type a value of your own.' : '';
  const lines = [description, format, own].filter((line) => line !== '');
  return lines.map((line, index) => (index === 0 ? line : html`<br />${line}`));
}

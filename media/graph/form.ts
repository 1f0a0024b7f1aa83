import type { WhatIfField, WhatIfForm } from '../../common/simulation.ts';
import { debounce, el } from '../shared/dom.ts';
import { DETAILS } from './words.ts';

function input(field: WhatIfField): HTMLInputElement | HTMLSelectElement {
  if (field.kind === 'choice') {
    const select = el('select', { id: `field-${field.id}` }, ...field.options.map((option) => el('option', { value: option.value }, option.label)));
    select.value = field.value;
    return select;
  }
  return el('input', { id: `field-${field.id}`, type: 'number', value: field.value, min: field.minimum, max: field.maximum, step: field.step ?? 1 });
}

/** Assumptions to vary and what follows from them. Keeps the focus when the answer arrives. */
export function whatIf(form: WhatIfForm, changed: (values: Record<string, string | number>) => void): HTMLElement {
  const inputs = new Map(form.fields.map((field) => [field.id, input(field)]));
  const report = debounce(250, () => {
    const values: Record<string, string | number> = {};
    for (const field of form.fields) {
      const made = inputs.get(field.id);
      if (made === undefined || !made.checkValidity()) return;
      values[field.id] = field.kind === 'number' ? Number(made.value) : made.value;
    }
    changed(values);
  });
  const rows = form.fields.flatMap((field) => {
    const made = inputs.get(field.id);
    made?.addEventListener('input', report);
    return [el('label', { for: `field-${field.id}` }, field.label), ...(made === undefined ? [] : [made])];
  });
  const { table, plot } = form;
  return el(
    'section',
    { class: 'what-if' },
    el('h2', {}, form.title),
    // The answer before what it rests on: the form is long.
    el('div', { class: 'answer', 'aria-live': 'polite' }, ...form.result.map((line) => el('p', { class: `tone-${line.tone}` }, line.text))),
    el('h3', {}, DETAILS.whatIf),
    el('div', { class: 'fields' }, ...rows),
    table !== undefined &&
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...table.columns.map((column) => el('th', { scope: 'col' }, column)))),
        el('tbody', {}, ...table.rows.map((row) => el('tr', {}, ...row.map((cell) => el('td', {}, cell))))),
      ),
    plot !== undefined && picture(plot),
  );
}

/** As wide as there is room for. */
function picture(svg: string): Element {
  const drawn = document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
  drawn.removeAttribute('width');
  drawn.removeAttribute('height');
  return drawn;
}

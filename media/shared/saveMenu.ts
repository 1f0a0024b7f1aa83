import { button, el, GLYPHS, iconButton } from './dom.ts';
import { SHARED } from './words.ts';

const focus = (element: Element | undefined) => {
  if (element instanceof HTMLElement) element.focus();
};

/** A button with the formats a drawing can be saved in. */
export function saveMenu<F extends string>(formats: readonly (readonly [F, string])[], save: (format: F) => void): HTMLElement {
  const list = el('div', { role: 'menu', hidden: true });
  const open = iconButton(GLYPHS.save, SHARED.save, () => show(list.hidden === true), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
  const show = (on: boolean) => {
    list.hidden = !on;
    open.setAttribute('aria-expanded', String(on));
    if (on) list.querySelector('button')?.focus();
  };
  for (const [format, label] of formats) {
    list.append(
      button(
        label,
        SHARED.saveAs(label),
        () => {
          show(false);
          save(format);
        },
        { role: 'menuitem' },
      ),
    );
  }
  const menu = el('div', { class: 'menu' }, open, list);
  menu.addEventListener('keydown', (event) => {
    const items: Element[] = [...list.querySelectorAll('button')];
    const at = document.activeElement === null ? -1 : items.indexOf(document.activeElement);
    if (event.key === 'Escape' && !list.hidden) {
      show(false);
      open.focus();
    } else if (event.key === 'ArrowDown' && !list.hidden) focus(items[(at + 1) % items.length]);
    else if (event.key === 'ArrowUp' && !list.hidden) focus(items.at(at - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget))) show(false);
  });
  return menu;
}

import { GLYPHS, iconButton } from './dom.ts';

/** Shows tools that are used less often: in a row of their own, where the window is narrow, and only when they are asked for. */
export function moreTools(rest: HTMLElement, title: string): HTMLButtonElement {
  rest.classList.add('rest');
  const more = iconButton(GLYPHS.more, title, () => show(more.getAttribute('aria-expanded') !== 'true'), {
    class: 'icon-button more-tools',
    'aria-expanded': 'false',
  });
  const show = (on: boolean): void => {
    more.setAttribute('aria-expanded', String(on));
    rest.classList.toggle('open', on);
  };
  return more;
}

import type { OutlineItem } from '../../common/contracts.ts';
import { el } from '../shared/dom.ts';
import { SHARED } from '../shared/words.ts';
import { LARGE } from './words.ts';

/** What holds more is shut at first. */
const MAX_OPEN = 20;

/** What stands where, as a tree: Enter or a click goes there, arrow keys walk and fold. */
export function outlineTree(items: readonly OutlineItem[], go: (line: number) => void): HTMLElement {
  const tree = el('ul', { class: 'large-tree', role: 'tree', 'aria-label': LARGE.outline });
  const make = (item: OutlineItem, depth: number): HTMLElement => {
    const row = el(
      'div',
      { class: 'large-row', title: `${item.name}${item.detail ? ` · ${item.detail}` : ''}\n${SHARED.line(item.line + 1)}` },
      el('span', { class: 'large-twist', 'aria-hidden': 'true' }),
      el('span', { class: 'large-name' }, item.name),
      el('span', { class: 'large-detail' }, item.detail ?? ''),
    );
    const node = el('li', { role: 'treeitem', tabindex: -1 }, row);
    if (item.children.length === 0) {
      node.addEventListener('click', (event) => act(event, node, () => go(item.line)));
    } else {
      const group = el('ul', { role: 'group' });
      let made = false;
      const fold = (open: boolean): void => {
        // Thousands of attempts are made when somebody wants to see them.
        if (open && !made) group.append(...item.children.map((child) => make(child, depth + 1)));
        made ||= open;
        node.setAttribute('aria-expanded', String(open));
      };
      node.append(group);
      fold(depth === 0 && item.children.length <= MAX_OPEN);
      node.addEventListener('fold', (event) => {
        event.stopPropagation();
        fold((event as CustomEvent<boolean>).detail);
      });
      node.addEventListener('click', (event) =>
        act(event, node, () => {
          fold(node.getAttribute('aria-expanded') !== 'true');
          go(item.line);
        }),
      );
    }
    return node;
  };
  tree.append(...items.map((item) => make(item, 0)));
  tree.querySelector('li')?.setAttribute('tabindex', '0');
  tree.addEventListener('keydown', (event) => key(event, tree));
  return tree;
}

function act(event: Event, node: HTMLElement, run: () => void): void {
  event.stopPropagation();
  take(node);
  run();
}

/** One row of the tree is in the order of Tab: the last one that was used. */
function take(node: HTMLElement): void {
  for (const other of node.closest('[role=tree]')?.querySelectorAll('[tabindex="0"]') ?? []) other.setAttribute('tabindex', '-1');
  node.setAttribute('tabindex', '0');
}

function key(event: KeyboardEvent, tree: HTMLElement): void {
  const node = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
  if (node === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const shown = [...tree.querySelectorAll<HTMLElement>('[role=treeitem]')].filter((one) => one.offsetParent !== null);
  const at = shown.indexOf(node);
  const open = node.getAttribute('aria-expanded');
  const to = (next: HTMLElement | null | undefined): void => {
    if (!next) return;
    take(next);
    next.focus();
  };
  if (event.key === 'ArrowDown') to(shown[at + 1]);
  else if (event.key === 'ArrowUp') to(shown[at - 1]);
  else if (event.key === 'Home') to(shown[0]);
  else if (event.key === 'End') to(shown.at(-1));
  else if (event.key === 'ArrowRight' && open === 'false') node.dispatchEvent(new CustomEvent('fold', { detail: true }));
  else if (event.key === 'ArrowRight' && open === 'true') to(shown[at + 1]);
  else if (event.key === 'ArrowLeft' && open === 'true') node.dispatchEvent(new CustomEvent('fold', { detail: false }));
  else if (event.key === 'ArrowLeft') to(node.parentElement?.closest<HTMLElement>('[role=treeitem]'));
  else if (event.key === 'Enter' || event.key === ' ') node.click();
  else return;
  event.preventDefault();
}

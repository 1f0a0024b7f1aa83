/**
 * A toolbar is one stop of the Tab key; the arrow keys go through what is in it (ARIA Authoring Practices, toolbar).
 * In a field of text they move the cursor as long as there is text before or behind it.
 */
export function roving(toolbar: HTMLElement): void {
  const items = () => [...toolbar.querySelectorAll<HTMLElement>('button, select, input, summary')];
  const reachable = () => items().filter((item) => item.offsetParent !== null && !(item instanceof HTMLButtonElement && item.disabled));
  const stopAt = (stop: HTMLElement | undefined): void => {
    for (const item of items()) item.tabIndex = item === stop ? 0 : -1;
  };
  toolbar.setAttribute('role', 'toolbar');
  /** What is added later is no stop of its own, and what is hidden none at all: nobody would get into the toolbar. */
  const settle = (): void => {
    const present = items().find(({ tabIndex }) => tabIndex === 0);
    const can = reachable();
    stopAt(present !== undefined && (can.length === 0 || can.includes(present)) ? present : (can[0] ?? items()[0]));
  };
  stopAt(items()[0]);
  new MutationObserver(settle).observe(toolbar, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden', 'disabled'] });
  new ResizeObserver(settle).observe(toolbar);
  toolbar.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && items().includes(target)) stopAt(target);
  });
  toolbar.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if ((key !== 'ArrowLeft' && key !== 'ArrowRight' && key !== 'Home' && key !== 'End') || !(target instanceof HTMLElement)) return;
    if (target instanceof HTMLInputElement && !isAtEnd(target, key)) return;
    const all = reachable();
    const at = all.indexOf(target);
    if (at < 0) return;
    const to = key === 'Home' ? 0 : key === 'End' ? all.length - 1 : (at + (key === 'ArrowRight' ? 1 : -1) + all.length) % all.length;
    event.preventDefault();
    all[to]?.focus();
  });
}

/** The first stop of a drawing gets the keyboard, once it is drawn and unless the person is somewhere already. */
export function takeFocus(stage: HTMLElement): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) stage.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    }),
  );
}

function isAtEnd({ value, selectionStart, selectionEnd }: HTMLInputElement, key: string): boolean {
  if (value === '') return true;
  if (key === 'ArrowLeft') return selectionStart === 0 && selectionEnd === 0;
  return key === 'ArrowRight' && selectionStart === value.length;
}

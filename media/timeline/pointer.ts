import { type Scale, toTime } from './scale.ts';
import type { TimeView } from './view.ts';

/** Wheel and drag: zoom with Ctrl, pan with Shift or sideways, else the lanes scroll. */
export function followPointer(stage: HTMLElement, scroller: HTMLElement, view: TimeView, scaleOf: () => Scale): void {
  stage.addEventListener(
    'wheel',
    (event) => {
      const scale = scaleOf();
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = event.clientX - scroller.getBoundingClientRect().left;
        view.zoom(Math.exp(-event.deltaY * 0.004), toTime(scale, Math.max(scale.left, x)));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        view.pan(event.deltaX === 0 ? event.deltaY : event.deltaX, scale);
      }
    },
    { passive: false },
  );
  scroller.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.offsetX > scroller.clientWidth) return;
    let last = event.clientX;
    let moved = false;
    const move = (at: PointerEvent) => {
      if (!moved && Math.abs(at.clientX - last) < 4) return;
      moved = true;
      view.pan(last - at.clientX, scaleOf());
      last = at.clientX;
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      if (moved) stage.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
  });
}

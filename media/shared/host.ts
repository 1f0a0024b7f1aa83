import type { Following, PanelState } from '../../common/webview.ts';
import { GLYPHS, iconButton } from './dom.ts';
import { SHARED } from './words.ts';

interface VsCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCode;

/** What a page speaks to: VS Code, or the page that it is a part of. */
export interface Wire<From, View> {
  /** A button that makes the panel follow the active editor; absent in a part of another page. */
  readonly followButton?: HTMLElement;
  send(message: From): void;
  /** What the page keeps through a reload. */
  state: PanelState<View> | undefined;
}

/** The page's end of the wire: VS Code gives it away once per page. */
export class Host<To extends { type: string }, From extends { type: string }, View> implements Wire<From, View> {
  readonly #api = acquireVsCodeApi();
  /** Hidden until the host says that this panel can follow. */
  readonly followButton = iconButton(GLYPHS.follow, SHARED.follow, () => this.#follow(this.followButton.getAttribute('aria-pressed') !== 'true'), {
    'aria-pressed': 'false',
    hidden: true,
  });

  #follow(on: boolean): void {
    this.followButton.setAttribute('aria-pressed', String(on));
    this.#api.postMessage({ type: 'follow', on });
  }

  send(message: From): void {
    this.#api.postMessage(message);
  }

  listen(handle: (message: To) => void): void {
    window.addEventListener('message', (event: MessageEvent<To | string>) => {
      // Large messages come as text, see client/src/panel.ts.
      const message: To = typeof event.data === 'string' ? JSON.parse(event.data) : event.data;
      if (typeof message !== 'object' || message === null || typeof message.type !== 'string') return;
      if (!isFollowing(message)) return handle(message);
      this.followButton.hidden = false;
      this.followButton.setAttribute('aria-pressed', String(message.on));
    });
  }

  /** What this page had put away before it was reloaded. */
  get state(): PanelState<View> | undefined {
    const state = this.#api.getState();
    return typeof state === 'object' && state !== null && 'view' in state ? (state as PanelState<View>) : undefined;
  }

  set state(state: PanelState<View> | undefined) {
    this.#api.setState(state);
  }
}

const isFollowing = (message: { type: string }): message is Following => message.type === 'following';

/** Facts that the host writes into the page: see client/src/panelHtml.ts. */
export function fact(name: string): string {
  return document.querySelector(`meta[name="logjam-${name}"]`)?.getAttribute('content') ?? '';
}

import { DOCUMENT } from '../../common/contracts.ts';
import { VIEWS } from '../../common/ids.ts';
import type { Place } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { baseName } from '../../common/virtual.ts';
import type { TimelineFromWebview, TimelineToWebview } from '../../common/webview.ts';
import type { Window } from './extension.ts';
import { Panels } from './panel.ts';

const NAME = 'timeline';

/** The panels with the timeline of a log. Returns the function that shows one. */
export function registerTimelinePanels(window: Window): (uri: string) => void {
  const { ask } = window;
  const panels = new Panels<TimelineToWebview, TimelineFromWebview>(window, {
    viewType: VIEWS.timeline,
    page: 'timeline',
    title: (key) => `Timeline: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Reading the log…' });
      const document = await ask(DOCUMENT, { uri: key.uri, name: NAME });
      if (document === null) throw new Error('This file has no timeline, or it is not open: open it in the editor and try again.');
      send({ type: 'timeline', uri: key.uri, document: document as TimelineDocument<Place> });
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri) => panels.show({ uri, name: NAME });
}

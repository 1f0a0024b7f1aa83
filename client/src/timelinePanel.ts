import { documentNamed } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { VIEWS } from '../../common/views.ts';
import { baseName } from '../../common/virtual.ts';
import { fromAnyPage, type TimelineFromWebview, type TimelineToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';

const NAME = 'timeline';

/** The panels with the timeline of a log. Returns the function that shows one. */
export function registerTimelinePanels(services: Services): (uri: string) => void {
  const { ask } = services;
  const panels = new Panels<TimelineToWebview, TimelineFromWebview>(services, {
    viewType: PANELS.timeline,
    page: 'timeline',
    read: fromAnyPage,
    title: (key) => `${VIEWS[NAME].title}: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Reading the log…' });
      const document = await ask(documentNamed(NAME), { uri: key.uri, name: NAME });
      if (document === null) throw new Error('This file has no timeline');
      send({ type: 'timeline', uri: key.uri, document });
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri) => panels.show({ uri, name: NAME });
}

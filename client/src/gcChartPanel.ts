import { documentNamed } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { VIEWS } from '../../common/views.ts';
import { baseName } from '../../common/virtual.ts';
import { fromAnyPage, type GcChartFromWebview, type GcChartToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';

const NAME = 'gc-chart';

/** The panels with heap and pauses of a GC log. Returns the function that shows one. */
export function registerGcChartPanels(services: Services): (uri: string) => void {
  const { ask } = services;
  const panels = new Panels<GcChartToWebview, GcChartFromWebview>(services, {
    viewType: PANELS.gcChart,
    page: 'gcChart',
    read: fromAnyPage,
    title: (key) => `${VIEWS[NAME].title}: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Reading the log…' });
      const document = await ask(documentNamed(NAME), { uri: key.uri, name: NAME });
      if (document === null) throw new Error('This file shows no collection with a time');
      send({ type: 'gcChart', uri: key.uri, document });
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri) => panels.show({ uri, name: NAME });
}

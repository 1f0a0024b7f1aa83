import type { ViewColumn } from 'vscode';
import { ANALYSIS, documentNamed } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { baseName } from '../../common/virtual.ts';
import { fromIcicle, type IcicleFromWebview, type IcicleToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';
import { PANEL_TEXTS, PANEL_TITLES } from './words.ts';

const NAME = 'icicle';

/** The panels with the merged call tree of a file. Returns the function that shows one; `graph` shows the same calls as a graph. */
export function registerIciclePanels(
  services: Services,
  graph: (uri: string, column: ViewColumn | undefined) => void,
): (uri: string, column?: ViewColumn) => void {
  const { ask } = services;
  const panels = new Panels<IcicleToWebview, IcicleFromWebview>(services, {
    viewType: PANELS.icicle,
    page: 'icicle',
    read: fromIcicle,
    title: (key) => PANEL_TITLES.view(NAME, baseName(key.uri)),
    async load(key, send) {
      send({ type: 'progress', text: PANEL_TEXTS.mergingStacks });
      const document = await ask(documentNamed(NAME), { uri: key.uri, name: NAME });
      if (document === null) throw new Error(PANEL_TEXTS.noView(NAME));
      const views = (await ask(ANALYSIS, { uri: key.uri }))?.views ?? [];
      send({ type: 'icicle', uri: key.uri, document, graph: views.includes('calls') });
    },
    receive(message, key, _, column) {
      if (message.type === 'switch') graph(key.uri, column);
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri, column) => panels.show({ uri, name: NAME }, undefined, column);
}

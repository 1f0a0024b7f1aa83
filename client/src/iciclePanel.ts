import type { ViewColumn } from 'vscode';
import { ANALYSIS, DOCUMENT } from '../../common/contracts.ts';
import type { IcicleDocument } from '../../common/icicle.ts';
import { VIEWS } from '../../common/ids.ts';
import type { Place } from '../../common/span.ts';
import { baseName } from '../../common/virtual.ts';
import type { IcicleFromWebview, IcicleToWebview } from '../../common/webview.ts';
import type { Window } from './extension.ts';
import { Panels } from './panel.ts';

const NAME = 'icicle';

/** The panels with the merged call tree of a file. Returns the function that shows one; `graph` shows the same calls as a graph. */
export function registerIciclePanels(
  window: Window,
  graph: (uri: string, column: ViewColumn | undefined) => void,
): (uri: string, column?: ViewColumn) => void {
  const { ask } = window;
  const panels = new Panels<IcicleToWebview, IcicleFromWebview>(window, {
    viewType: VIEWS.icicle,
    page: 'icicle',
    title: (key) => `Call tree: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Merging the stacks…' });
      const document = await ask(DOCUMENT, { uri: key.uri, name: NAME });
      if (document === null) throw new Error('This file has no call tree, or it is not open: open it in the editor and try again.');
      const views = (await ask(ANALYSIS, { uri: key.uri }))?.views ?? [];
      send({ type: 'icicle', uri: key.uri, document: document as IcicleDocument<Place>, graph: views.includes('calls') });
    },
    receive(message, key, _, column) {
      if (message.type === 'switch') graph(key.uri, column);
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri, column) => panels.show({ uri, name: NAME }, undefined, column);
}

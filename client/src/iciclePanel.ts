import type * as vscode from 'vscode';
import { DOCUMENT } from '../../common/contracts.ts';
import type { IcicleDocument } from '../../common/icicle.ts';
import { VIEWS } from '../../common/ids.ts';
import type { Range } from '../../common/span.ts';
import type { IcicleFromWebview, IcicleToWebview } from '../../common/webview.ts';
import type { Ask } from './extension.ts';
import { baseName, Panels } from './panel.ts';

const NAME = 'icicle';

/** The panels with the merged call tree of a file. Returns the function that shows one. */
export function registerIciclePanels(context: vscode.ExtensionContext, ask: Ask): (uri: string) => void {
  const panels = new Panels<IcicleToWebview, IcicleFromWebview>(context, {
    viewType: VIEWS.icicle,
    page: 'icicle',
    title: (key) => `Call tree: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Merging the stacks…' });
      const document = await ask(DOCUMENT, { uri: key.uri, name: NAME });
      if (document === null) throw new Error('This file has no call tree, or it is not open: open it in the editor and try again.');
      send({ type: 'icicle', uri: key.uri, document: document as IcicleDocument<Range> });
    },
    cursor: (_, position, send) => send({ type: 'cursor', line: position.line }),
  });
  return (uri) => panels.show({ uri, name: NAME });
}

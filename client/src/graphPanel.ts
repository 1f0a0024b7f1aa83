import type * as vscode from 'vscode';
import { GRAPH, NODE_AT } from '../../common/contracts.ts';
import type { GraphView } from '../../common/graph.ts';
import { VIEWS } from '../../common/ids.ts';
import type { GraphFromWebview, GraphToWebview, Step, WhatIfForm } from '../../common/webview.ts';
import type { Ask } from './extension.ts';
import { baseName, Panels } from './panel.ts';

const TITLES: Record<GraphView, string> = { 'lock-wait': 'Locks', job: 'Job', scopes: 'Scopes', calls: 'Calls' };

export interface GraphPanels {
  /** Shows a view of a file; `focus` is the id of the node to select. */
  show(uri: string, view: GraphView, focus?: string): void;
  /** Plays a trace on the graph of a file. */
  play(uri: string, view: GraphView, title: string, steps: Step[]): void;
  /** Shows a form beside the graph; `changed` gets the values as the user varies them. */
  form(uri: string, view: GraphView, form: WhatIfForm | null, changed: (values: Record<string, string | number>) => void): void;
}

/** The panels of all graphs. Positions are the server's business: it says what is to be selected where. */
export function registerGraphPanels(context: vscode.ExtensionContext, ask: Ask): GraphPanels {
  const forms = new Map<string, (values: Record<string, string | number>) => void>();
  const formKey = (uri: string, view: string) => `${view} ${uri}`;
  const wanted = new Map<string, string>();
  const panels = new Panels<GraphToWebview, GraphFromWebview>(context, {
    viewType: VIEWS.graph,
    page: 'graph',
    title: (key) => `${TITLES[key.name as GraphView] ?? key.name}: ${baseName(key.uri)}`,
    async load(key, send) {
      send({ type: 'progress', text: 'Reading the file…' });
      const focus = wanted.get(formKey(key.uri, key.name));
      const document = await ask(GRAPH, { uri: key.uri, view: key.name as GraphView, ...(focus === undefined ? {} : { focus }) });
      if (document === null) throw new Error('This file has no such graph any more, or it is not open: open it in the editor and try again.');
      wanted.delete(formKey(key.uri, key.name));
      send({ type: 'graph', uri: key.uri, document, ...(focus === undefined ? {} : { select: focus }) });
    },
    receive(message, key) {
      if (message.type === 'formChanged') forms.get(formKey(key.uri, key.name))?.(message.values);
    },
    cursor(key, position, send) {
      const at = { line: position.line, character: position.character };
      ask(NODE_AT, { uri: key.uri, view: key.name as GraphView, position: at }).then(
        (node) => send({ type: 'highlight', ids: node === null ? [] : [node] }),
        () => undefined, // the next move of the cursor asks again
      );
    },
  });
  return {
    show(uri, view, focus) {
      if (focus !== undefined) wanted.set(formKey(uri, view), focus);
      panels.show({ uri, name: view });
      if (focus !== undefined) panels.reload({ uri, name: view });
    },
    play: (uri, view, title, steps) => panels.show({ uri, name: view }, { type: 'steps', title, steps }),
    form(uri, view, form, changed) {
      forms.set(formKey(uri, view), changed);
      panels.show({ uri, name: view }, { type: 'form', form });
    },
  };
}

import * as vscode from 'vscode';
import type { COMMANDS } from '../../common/commands.ts';
import { DIFF_GRAPH, documentNamed, GRAPH, NODE_AT } from '../../common/contracts.ts';
import { FLINK_SCHEME, PANELS } from '../../common/ids.ts';
import type { FormValues, SimulationDocument } from '../../common/simulation.ts';
import { GRAPH_VIEWS, type GraphView } from '../../common/views.ts';
import { baseName } from '../../common/virtual.ts';
import { fromGraph, type GraphFromWebview, type GraphToWebview, type VertexLead } from '../../common/webview.ts';
import { liveJobOf } from '../../server/src/cluster/live.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';
import { MESSAGES, PANEL_TEXTS, PANEL_TITLES } from './words.ts';

export interface GraphPanels {
  /** Shows a view of a file; `focus` is the id of the node to select. */
  show(uri: string, view: GraphView, focus?: string, column?: vscode.ViewColumn): void;
  /** Shows what changed from one job graph to another. */
  compare(uri: string, other: string): void;
  /** Uris of running jobs whose graphs are in sight. */
  readonly jobsInSight: readonly string[];
  /** Shows what such a job does now; `note`: when that was. */
  refresh(uri: string, note: string): void;
  /** Shows the what-if form of a job beside its graph and plays the trace that the answer holds. */
  simulate(uri: string): Promise<void>;
}

/** Name of a panel that compares: places are mostly in the second file, which the panel belongs to; the first is part of the name. */
const DIFF = 'diff:';
const firstOf = (name: string): string | null => (name.startsWith(DIFF) ? name.slice(DIFF.length) : null);

/** The uri is that of a running job. */
const isLive = (uri: string): boolean => {
  const { scheme, path } = vscode.Uri.parse(uri, true);
  return scheme === FLINK_SCHEME && liveJobOf(path) !== null;
};

const LEADS = {
  threads: 'logjam.vertexThreads',
  log: 'logjam.vertexLog',
  checkpoint: 'logjam.vertexCheckpoint',
} as const satisfies Record<VertexLead, keyof typeof COMMANDS>;

/** The view that a panel shows; a name that was kept from an older version may be none. */
const graphViewOf = (name: string): GraphView | undefined => GRAPH_VIEWS.find((view) => view === name);

const messagesOf = ({ form, trace }: SimulationDocument): GraphToWebview[] => [
  { type: 'form', form },
  { type: 'steps', title: trace?.title ?? '', steps: trace?.steps ?? [] },
];

/** The panels of all graphs. Positions are the server's business: it says what is to be selected where. */
export function registerGraphPanels(services: Services, callTree: (uri: string, column: vscode.ViewColumn | undefined) => void): GraphPanels {
  const { ask } = services;
  const keyOf = (uri: string, view: string) => `${view} ${uri}`;
  /** Uris of files with a form, and the number of their last question: an answer that is overtaken is dropped. */
  const asked = new Map<string, number>();
  /** Last answers: a page that was hidden starts anew and gets them again. */
  const answers = new Map<string, SimulationDocument>();
  const wanted = new Map<string, string>();
  /** Of running jobs that were drawn and asked about again. */
  const notes = new Map<string, string>();
  const panels = new Panels<GraphToWebview, GraphFromWebview>(services, {
    viewType: PANELS.graph,
    page: 'graph',
    read: fromGraph,
    title(key) {
      const first = firstOf(key.name);
      if (first !== null) return PANEL_TITLES.changes(baseName(first), baseName(key.uri));
      const view = graphViewOf(key.name);
      return view === undefined ? baseName(key.uri) : PANEL_TITLES.view(view, baseName(key.uri));
    },
    sources(key) {
      const first = firstOf(key.name);
      return first === null ? [] : [first];
    },
    async load(key, send) {
      const live = isLive(key.uri);
      const note = notes.get(key.uri);
      // What is drawn already stays until there is more.
      if (note === undefined) send({ type: 'progress', text: PANEL_TEXTS.readingFile });
      const first = firstOf(key.name);
      if (first !== null) {
        const changes = await ask(DIFF_GRAPH, { uri: first, other: key.uri });
        if (changes === null) throw new Error(PANEL_TEXTS.noJobGraph);
        send({ type: 'graph', uri: key.uri, name: key.name, document: changes });
        return;
      }
      const focus = wanted.get(keyOf(key.uri, key.name));
      const view = graphViewOf(key.name);
      const document = view === undefined ? null : await ask(GRAPH, { uri: key.uri, view, ...(focus === undefined ? {} : { focus }) });
      if (document === null) throw new Error(view === undefined ? PANEL_TEXTS.noSuchGraph : PANEL_TEXTS.noGraph(view));
      wanted.delete(keyOf(key.uri, key.name));
      const told = note === undefined ? document : { ...document, notes: [note, ...document.notes] };
      send({ type: 'graph', uri: key.uri, document: told, ...(focus === undefined ? {} : { select: focus }), ...(live && { live }) });
      if (note !== undefined) return;
      const answer = answers.get(key.uri);
      if (answer === undefined) send({ type: 'form', form: null });
      else if (answer.view === key.name) for (const message of messagesOf(answer)) send(message);
    },
    receive(message, key, _, column) {
      if (message.type === 'formChanged') void simulate(key.uri, message.values);
      else if (message.type === 'switch') callTree(key.uri, column);
      else if (message.type === 'vertex') {
        const { authority: cluster, path } = vscode.Uri.parse(key.uri, true);
        const job = liveJobOf(path);
        if (isLive(key.uri) && job !== null) void vscode.commands.executeCommand(LEADS[message.lead], { cluster, job, vertex: message.id });
      }
    },
    cursor(key, position, send, file) {
      // The ids of a comparison are its own.
      const view = graphViewOf(key.name);
      if (view === undefined) return;
      const at = { line: position.line, character: position.character };
      ask(NODE_AT, { uri: key.uri, view, position: at, ...(file === undefined ? {} : { in: file }) }).then(
        (node) => send({ type: 'highlight', ids: node === null ? [] : [node] }),
        () => undefined, // the next move of the cursor asks again
      );
    },
  });
  async function simulate(uri: string, values?: FormValues): Promise<void> {
    const run = (asked.get(uri) ?? 0) + 1;
    asked.set(uri, run);
    const answer = await ask(documentNamed('simulation'), { uri, name: 'simulation', ...(values === undefined ? {} : { parameters: values }) });
    if (asked.get(uri) !== run) return;
    if (answer === null) {
      void vscode.window.showInformationMessage(MESSAGES.noSimulation);
      return;
    }
    const key = { uri, name: answer.view };
    answers.set(uri, answer);
    // A panel that is not open yet asks for the graph first, and gets the answer with it.
    if (!panels.has(key)) panels.show(key);
    else for (const message of messagesOf(answer)) panels.show(key, message);
  }
  return {
    get jobsInSight() {
      return [...new Set(panels.inSight.map(({ uri }) => uri).filter(isLive))];
    },
    refresh(uri, note) {
      notes.set(uri, note);
      for (const key of panels.inSight) if (key.uri === uri) panels.reload(key);
    },
    show(uri, view, focus, column) {
      if (focus !== undefined) wanted.set(keyOf(uri, view), focus);
      panels.show({ uri, name: view }, undefined, column);
      if (focus !== undefined) panels.reload({ uri, name: view });
    },
    compare: (uri, other) => panels.show({ uri: other, name: `${DIFF}${uri}` }),
    simulate: (uri) => simulate(uri),
  };
}

import type { Kind } from './ids.ts';
import type { Range, Span } from './span.ts';
import { type CommandView, type GraphView, type TextName, VIEWS, type View, type ViewName } from './views.ts';

/** Every command once: scripts/manifest.ts writes the package.json contributions from this table. */

export interface Command {
  title: string;
  /** `when` clause of the command palette; absent: always there. */
  when?: string;
  /** Icon of an editor title button, shown under `when`. */
  icon?: string;
  /** `when` clause of that button, where it is another. */
  button?: string;
  /** `when` clause of the explorer's context menu; absent: not there. */
  explorer?: string;
  /** Of the view with the clusters: a button in its title, or an entry in the menu of nodes of these kinds. */
  tree?: 'title' | RegExp;
  /** Not offered in the palette: called from lenses, hovers and code actions. */
  internal?: boolean;
}

/** Where the active document is of one of these kinds: the client keeps the context key at its kind. */
const of = (...kinds: readonly Kind[]): string => kinds.map((one) => `logjam.kind == ${one}`).join(' || ');
/** Where it is of a kind that has the view, and of the documents of a REST API one that has it. */
function has(name: ViewName): string {
  const { kinds, restParts }: View = VIEWS[name];
  if (restParts === undefined) return of(...kinds);
  return [of(...kinds.filter((kind) => kind !== 'rest-document')), ...restParts.map((part) => `logjam.restPart == ${part}`)].join(' || ');
}

export const COMMANDS = {
  'logjam.showLockGraph': { title: 'Show Lock-Wait Graph', when: has('lock-wait'), icon: '$(type-hierarchy)' },
  'logjam.showStacks': { title: 'Show Stacks', when: has('stacks'), icon: '$(list-tree)' },
  'logjam.showCallTree': { title: 'Show Call Tree of the Stacks', when: has('icicle'), icon: '$(flame)' },
  'logjam.compareDumps': { title: 'Compare Thread Dumps', when: of('thread-dump'), explorer: 'listMultiSelection && !explorerResourceIsFolder' },
  'logjam.showScopes': { title: 'Show Scope-Nesting Graph', when: has('scopes'), icon: '$(symbol-namespace)' },
  'logjam.showGcChart': { title: 'Show Heap and Pauses', when: has('gc-chart'), icon: '$(graph)' },
  'logjam.showJobGraph': { title: 'Show Job Graph', when: has('job'), icon: '$(type-hierarchy)' },
  'logjam.simulate': { title: 'Simulate Flow Control', when: has('simulation'), icon: '$(debug-alt)' },
  'logjam.comparePlans': { title: 'Compare with Another Plan', when: of('job-graph') },
  'logjam.showTimeline': { title: 'Show Timeline', when: has('timeline'), icon: '$(timeline-open)' },
  'logjam.showCallGraph': { title: 'Show Call Graph', when: has('calls'), icon: '$(type-hierarchy)' },
  'logjam.showRelations': { title: 'Show Relationships', when: has('relations') },
  'logjam.whatIsWrong': { title: 'What Is Wrong?', when: has('report') },
  'logjam.openReport': { title: 'Open Report', when: has('report'), icon: '$(book)' },
  'logjam.filterLog': { title: 'Filter Log…', when: of('flink-log'), icon: '$(filter)' },
  'logjam.analyseFile': {
    title: 'Analyse File…',
    icon: '$(inspect)',
    button: 'logjam.offered',
    explorer: '!explorerResourceIsFolder && !listMultiSelection',
  },
  'logjam.analyseClipboard': { title: 'Analyse Clipboard' },
  'logjam.openIncident': {
    title: 'Open Incident…',
    // An archive of the History Server has the id of its job for a name.
    explorer: 'explorerResourceIsFolder || listMultiSelection || resourceFilename =~ /\\.(zip|tar|tgz|gz)$|^[0-9a-f]{32}$/i',
  },
  'logjam.checkFolder': { title: 'Check Folder…', explorer: 'explorerResourceIsFolder && !listMultiSelection' },
  'logjam.copyTicket': { title: 'Copy for a Ticket', when: has('report') },
  'logjam.analyseTogether': {
    title: 'Analyse Logs Together…',
    explorer: 'explorerResourceIsFolder || listMultiSelection || resourceFilename =~ /\\.zip$/i',
  },
  'logjam.openSample': { title: 'Open Sample' },
  'logjam.addCluster': { title: 'Add Cluster…', icon: '$(add)', tree: 'title' },
  'logjam.filterClusters': { title: 'Filter Clusters…', icon: '$(filter)', tree: 'title' },
  'logjam.refreshClusters': { title: 'Refresh Clusters', icon: '$(refresh)', tree: 'title' },
  'logjam.watchCluster': { title: 'Watch', when: 'false', tree: /^cluster$/ },
  'logjam.unwatchCluster': { title: 'Stop Watching', when: 'false', tree: /^cluster-watched$/ },
  'logjam.showClusterVerdict': { title: 'Show What Is Wrong', when: 'false', tree: /^cluster-watched$/ },
  'logjam.takeSnapshot': { title: 'Take Snapshot…', tree: /^cluster\b/ },
  'logjam.takeDumps': { title: 'Take Thread Dumps…', when: 'false', tree: /^(cluster|cluster-watched|taskmanagers|taskmanager|jobmanager|dump)$/ },
  'logjam.startProfiler': { title: 'Start Profiler…', when: 'false', tree: /^profiler$/ },
  'logjam.showLiveJob': { title: 'Show Job Graph', when: 'false', tree: /^job$/ },
  'logjam.showLiveScopes': { title: 'Show Scopes', when: 'false', tree: /^job$/ },
  'logjam.vertexThreads': { title: 'Show Its Threads…', when: 'false', tree: /^vertex$/ },
  'logjam.vertexLog': { title: 'Show Its Log Lines…', when: 'false', tree: /^vertex$/ },
  'logjam.vertexCheckpoint': { title: 'Show Its Part of the Last Checkpoint', when: 'false', tree: /^vertex$/ },
  'logjam.copyNode': { title: 'Copy', when: 'false', tree: /./ },
  'logjam.copyNodeId': { title: 'Copy Id', when: 'false', tree: /^(job|vertex|taskmanager)$/ },
  'logjam.removeCluster': { title: 'Remove Cluster…', when: 'false', tree: /^cluster\b/ },
  'logjam.showMoreNodes': { title: 'Show More', internal: true },
  'logjam.openClusterDocument': { title: 'Open Answer', internal: true },
  'logjam.copyText': { title: 'Copy Explanation', internal: true },
  'logjam.reveal': { title: 'Reveal in Text', internal: true },
  'logjam.showGraphAt': { title: 'Show in Graph', internal: true },
  'logjam.showPlaces': { title: 'Show Places', internal: true },
  'logjam.showContent': { title: 'Show Text', internal: true },
  'logjam.cancelAnalysis': { title: 'Cancel Analysis' },
  'logjam.restart': { title: 'Restart the Analysis' },
} as const satisfies Record<string, Command> & Record<(typeof VIEWS)[CommandView]['command'], Command>;

/**
 * What lenses, hovers and fixes call, with what they give: commands of the table above, and of the server (those that
 * edit files of the workspace). Uris are those of documents.
 */
export type CommandArguments = ViewCommands & {
  'logjam.analyseTogether': [uris: string[]];
  'logjam.openIncident': [uris: string[]];
  'logjam.compareDumps': [uri: string];
  'logjam.showContent': [uri: string, name: TextName, part?: number];
  'logjam.showGraphAt': [uri: string, view: GraphView, node?: string];
  'logjam.showPlaces': [{ uri: string; message: string; code: string; places: readonly { span: Span; message: string }[] }];
  'logjam.fixFromDump': [uri: string, callback: string];
  'logjam.upgradeFlink': [issue: string];
  'logjam.setConfiguration': [key: string, value: string, cost: string];
};

/** Each view that a command shows, of a document. */
type ViewCommands = { [N in CommandView as (typeof VIEWS)[N]['command']]: [uri: string] };

export type CommandCall = { [C in keyof CommandArguments]: { id: C; arguments: CommandArguments[C] } }[keyof CommandArguments];

/** `logjam.showPlaces` as an editor gets it, with ranges for spans. */
export type ShowPlacesArguments = [uri: string, at: Range, ranges: Range[], message: string];

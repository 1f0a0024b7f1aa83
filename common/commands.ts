/** Every command once: scripts/manifest.ts writes the package.json contributions from this table. */

export interface Command {
  title: string;
  /** `when` clause of the command palette; absent: always there. */
  when?: string;
  /** Icon of an editor title button, shown under `when`. */
  icon?: string;
  /** `when` clause of the explorer's context menu; absent: not there. */
  explorer?: string;
  /** Not offered in the palette: called from lenses, hovers and code actions. */
  internal?: boolean;
}

/** The client keeps the context key at the kind of the active document (common/ids.ts). */
const kind = (...kinds: string[]): string => kinds.map((one) => `logjam.kind == ${one}`).join(' || ');
const DUMP = kind('thread-dump');
const LOG = kind('flink-log');
const GRAPH = kind('job-graph');

export const COMMANDS = {
  'logjam.showLockGraph': { title: 'Show Lock-Wait Graph', when: DUMP, icon: '$(type-hierarchy)' },
  'logjam.showCallTree': { title: 'Show Call Tree of the Stacks', when: kind('thread-dump', 'flink-log'), icon: '$(flame)' },
  'logjam.compareDumps': { title: 'Compare Thread Dumps', when: DUMP },
  'logjam.showScopes': { title: 'Show Scope-Nesting Graph', when: GRAPH, icon: '$(symbol-namespace)' },
  'logjam.showJobGraph': { title: 'Show Job Graph', when: GRAPH, icon: '$(type-hierarchy)' },
  'logjam.simulate': { title: 'Simulate Flow Control', when: GRAPH, icon: '$(debug-alt)' },
  'logjam.comparePlans': { title: 'Compare with Another Plan', when: GRAPH },
  'logjam.showTimeline': { title: 'Show Timeline', when: LOG, icon: '$(timeline-open)' },
  'logjam.showCallGraph': { title: 'Show Call Graph', when: LOG, icon: '$(type-hierarchy)' },
  'logjam.showRelations': { title: 'Show Relationships', when: LOG },
  'logjam.openReport': { title: 'Open Report', when: kind('thread-dump', 'flink-log', 'gc-log', 'job-graph'), icon: '$(book)' },
  'logjam.analyseFile': { title: 'Analyse File…' },
  'logjam.analyseTogether': {
    title: 'Analyse Logs Together…',
    explorer: 'explorerResourceIsFolder || listMultiSelection || resourceFilename =~ /\\.zip$/i',
  },
  'logjam.copyText': { title: 'Copy Explanation', internal: true },
  'logjam.reveal': { title: 'Reveal in Text', internal: true },
  'logjam.showGraphAt': { title: 'Show in Graph', internal: true },
  'logjam.showPlaces': { title: 'Show Places', internal: true },
  'logjam.showContent': { title: 'Show Text', internal: true },
  'logjam.cancelAnalysis': { title: 'Cancel Analysis' },
} as const satisfies Record<string, Command>;

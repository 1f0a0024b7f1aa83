import { baseName, contentOf } from '../../../common/virtual.ts';
import type { Lens } from '../features/types.ts';
import type { Analysed, Workspace } from '../workspace/workspace.ts';
import { WORDS } from './words.ts';

/** What people call the files of an incident, by what they hold; a folder is looked at by names alone, as that costs nothing. */
const GROUPS: readonly ((name: string) => boolean)[] = [
  (name) => name.includes('gc') && name.includes('.log'),
  (name) => /jstack|thread[-_]?dump/.test(name) || name.endsWith('.tdump') || name.endsWith('.threads'),
  (name) => /\.(?:log|out|err)(?:\.\d{1,9})?(?:\.gz)?$/.test(name),
  (name) => name.endsWith('.json') && /^(?:job|plan|exceptions|checkpoint|taskmanager|vert|overview|metrics|backpressure|execution-plan)/.test(name),
];

/** At the head of a file in whose folder lies more of the same incident. */
export async function incidentLens(workspace: Workspace, { uri, analysis }: Analysed): Promise<Lens[]> {
  if (analysis.kind === 'unknown' || analysis.kind === 'java-source' || contentOf(uri) !== null) return [];
  const beside = await workspace.beside(uri);
  const groupOf = (one: string) => GROUPS.findIndex((fits) => fits(baseName(one).toLowerCase()));
  const files = beside.filter((one) => groupOf(one) >= 0);
  if (new Set(files.map(groupOf)).size < 2) return [];
  return [
    {
      span: { start: 0, end: 0 },
      title: WORDS.incident(files.length),
      tooltip: WORDS.incidentOf,
      command: { id: 'logjam.openIncident', arguments: [[uri.slice(0, uri.lastIndexOf('/'))]] },
    },
  ];
}

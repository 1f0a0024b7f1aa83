import { baseName, contentOf } from '../../../common/virtual.ts';
import type { Lens } from '../features/types.ts';
import type { Analysed, Workspace } from '../workspace/workspace.ts';

/** What people call the files of an incident, by what they hold; a folder is looked at by names alone, as that costs nothing. */
const GROUPS: readonly RegExp[] = [
  /^gc.*\.log|\bgc[._-].*log/i,
  /jstack|thread-?_?dump|\.tdump$|\.threads$/i,
  /(?:job|task)manager.*\.(?:log|out|err)|\.log(?:\.\d+)?(?:\.gz)?$/i,
  /^(?:job|plan|exceptions|checkpoint|taskmanager|vert|overview|metrics|backpressure|jobmanager-config|execution-plan).*\.json$/i,
];

/** At the head of a file in whose folder lies more of the same incident. */
export async function incidentLens(workspace: Workspace, { uri, analysis }: Analysed): Promise<Lens[]> {
  if (analysis.kind === 'unknown' || analysis.kind === 'java-source' || contentOf(uri) !== null) return [];
  const beside = await workspace.beside(uri);
  const groupOf = (one: string) => GROUPS.findIndex((group) => group.test(baseName(one)));
  const files = beside.filter((one) => groupOf(one) >= 0);
  if (new Set(files.map(groupOf)).size < 2) return [];
  return [
    {
      span: { start: 0, end: 0 },
      title: `$(repo-forked) Open the incident: ${files.length} files of this folder`,
      tooltip: 'One verdict on all that lies here: logs, thread dumps, GC logs, job graphs and answers of the REST API',
      command: { id: 'logjam.openIncident', arguments: [[uri.slice(0, uri.lastIndexOf('/'))]] },
    },
  ];
}

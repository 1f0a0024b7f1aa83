import { isSegment } from '../../../server/src/cluster/calls.ts';
import { CallFailed } from '../../../server/src/cluster/errors.ts';
import { type Profiling, profilingsIn } from '../../../server/src/cluster/profiles.ts';
import { type ClusterNode, messageBelow, type NodeIcon, nodeBelow } from './nodes.ts';
import { TREE } from './words.ts';

const ICONS: Record<'RUNNING' | 'FINISHED' | 'FAILED', NodeIcon> = {
  RUNNING: { name: 'sync', color: 'charts.green' },
  FINISHED: { name: 'flame' },
  FAILED: { name: 'error', color: 'charts.red' },
};

/** What the profiler of a process has done; those that are finished can be opened. */
export function profilesBelow(node: ClusterNode, list: unknown): ClusterNode[] {
  const all = profilingsIn(list);
  if (all.length === 0) return [messageBelow(node, TREE.noProfiles, { name: 'info' })];
  return all.map((one) => profileBelow(node, one));
}

function profileBelow(node: ClusterNode, one: Profiling): ClusterNode {
  const { status, mode, triggered, file, message } = one;
  const name = node.call?.name === 'jobManagerProfiles' ? 'jobManagerProfile' : 'taskManagerProfile';
  return {
    ...nodeBelow(node, 'profile', `${mode} ${triggered ?? ''}`),
    label: TREE.profileName(one),
    description: TREE.profile(one),
    tooltip: [TREE.profileMode(mode), file ?? '', status === 'FAILED' ? message : ''].filter(Boolean).join('\n'),
    icon: status === null ? { name: 'circle-outline' } : ICONS[status],
    call: status === 'FINISHED' && isSegment(file) ? { name, subject: { ...node.call?.subject, profile: file } } : null,
  };
}

/** Without `rest.profiling.enabled` there is no such path (WebMonitorEndpoint); what is not there may also be the TaskManager. */
export function isSwitchedOff(error: unknown): boolean {
  if (!(error instanceof CallFailed) || error.fault.code !== 'status') return false;
  const { status, said } = error.fault.facts;
  return (status === 404 || status === 400 || status === 405) && !said.includes('TaskExecutor');
}

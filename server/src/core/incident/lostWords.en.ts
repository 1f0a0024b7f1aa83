import { oneLine } from '../text.ts';
import { shorten } from '../wording.ts';
import type { CauseFacts, EndCode, EvidenceFacts, LossReason } from './rules/rule.ts';
import { MAX_SENTENCE, processName, sentence, sentenceOr } from './sentence.ts';

/** What is said of a TaskManager that is lost. */

const LOST: Readonly<Record<LossReason, string>> = {
  told: 'its end is reported',
  stopped: 'all its threads stood still, but not for a collection',
  'ended-silently': 'its own log breaks off: it was killed or exited',
  'fell-silent': 'its own log breaks off: killed, or at a standstill',
  'lived-on': 'its own log goes on: the network, or a stop of all its threads',
  'log-missing': 'its own log is not here',
};

const ENDED: Readonly<Record<EndCode, string>> = {
  memory: 'was OOM-killed',
  evicted: 'was evicted',
  'not-admitted': 'was refused by its node',
  deadline: 'ran longer than its pod may',
  preempted: 'was preempted',
  'disks-failed': 'ended for the disks of its node',
  'node-lost': 'went with its node',
  untracked: 'was gone for Kubernetes',
  unused: 'was given back',
  sidecar: 'ended with another container',
  'not-started': 'could not be started',
  'fatal-handler': 'ended after a fatal error',
  aborted: 'crashed',
  crashed: 'crashed',
  terminated: 'was told to end',
  'start-failed': 'did not start',
  exited: 'ended',
  finished: 'ended in order',
  deleted: 'was deleted',
  unsaid: 'ended',
};

const withDetail = (detail: string | null): string => (detail === null ? '' : ` (${shorten(oneLine(detail), 24)})`);

const noneText = ({ kind, why }: NonNullable<CauseFacts['taskmanager-lost']['replacement']>): string =>
  kind === 'node' ? `no node has room for another${withDetail(why)}` : 'no slot came in its place';

export function lostVerdict({ process, reason, detail, ended, replacement }: CauseFacts['taskmanager-lost']): string {
  if (ended !== null && replacement !== null) {
    const whole = `TaskManager ${processName(process)} ${ENDED[ended]}${withDetail(detail)}; ${noneText(replacement)}.`;
    if (whole.length <= MAX_SENTENCE) return whole;
    // What ended it is told before what its replacement lacks, and that before all of a long name.
    return sentenceOr(
      [processName(process)],
      (one) => `TaskManager ${one} ${ENDED[ended]}; ${noneText(replacement)}.`,
      (one) => `TaskManager ${one} ${ENDED[ended]}; ${noneText({ ...replacement, why: null })}.`,
    );
  }
  if (ended !== null) return sentence([processName(process)], (one) => `TaskManager ${one} was lost: it ${ENDED[ended]}${withDetail(detail)}.`);
  return sentence(
    [process],
    (one) => `TaskManager ${one} was lost; ${reason === 'told' && detail !== null ? `its container ended: ${detail}` : LOST[reason]}.`,
  );
}

export const lostAdvice = ({ ended, replacement }: CauseFacts['taskmanager-lost']): string =>
  replacement !== null
    ? replacement.kind === 'node'
      ? 'Make room for the pod that waits: more nodes, smaller requests, a PriorityClass; then find out who ended the first one.'
      : 'Look why no new TaskManager comes (kubectl get pods, quotas, requests of the resource manager), then who ended the first one.'
    : ended === 'terminated'
      ? 'Find out who sent the signal: a scaling, an upgrade of the node, an operator (kubectl get events).'
      : ended === 'memory'
        ? 'A higher memory limit, or less for Flink within it (taskmanager.memory.process.size) and more beside the heap (jvm-overhead).'
        : ended === null
          ? 'Ask the machine or the container runtime why the process ended (kubectl describe pod, dmesg).'
          : 'Look at the node and at the events of the pod at that time (kubectl describe node, kubectl get events).';

export const endedText = ({ process, ended, detail }: EvidenceFacts['ended']): string =>
  `${process === '' ? 'A TaskManager' : processName(process)} ${ENDED[ended]}${detail === null ? '' : `: ${shorten(oneLine(detail), 200)}`}`;

export const noNodeText = ({ pod, message }: EvidenceFacts['no-node']): string =>
  `No node has room for pod ${pod}: ${shorten(oneLine(message), 200)}`;

import { documentsIn, type Joined } from '../joined.ts';
import { lineAt, roots } from './firstFailure.ts';
import { podWithoutNode } from './podEnds.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn } from './rule.ts';

const NO_SLOTS = /(?:^|\.)NoResourceAvailableException$/;
const SLOTS = /(?:^|\n|; ?)Loading configuration property: taskmanager\.numberOfTaskSlots, ['"]?(\d+)/;

/** A plan that needs more slots than the cluster has: the job failed for it, or still waits. */
export const slotsMissing: IncidentRule = {
  code: 'slots-missing',
  check: (joined) => refused(joined) ?? waits(joined) ?? [],
};

/** The request for slots was given up. */
function refused(joined: Joined): Conclusion[] | null {
  const { log } = joined;
  const exception = log?.log.exceptions.find(({ chain }) => chain.some(({ className }) => NO_SLOTS.test(className ?? '')));
  const event = log?.log.events.find(({ id }) => id === 'no-slots');
  if (log === null || (exception === undefined && event === undefined)) return null;
  const [root] = roots(joined);
  // Slots that a lost TaskManager took along are a consequence.
  if (root === undefined) return [];
  const failed = root.first.exception === null ? undefined : log.log.exceptions[root.first.exception];
  const cause = root.first.cause;
  // Why none could be had may be said beside it, as by a quota: then that is the root.
  const saysWhy = cause !== null && !(cause.code === 'exception' && NO_SLOTS.test(cause.facts.root.className ?? '')) && cause.code !== 'slots';
  const isRoot = !saysWhy && failed?.chain.some(({ className }) => NO_SLOTS.test(className ?? '')) === true;
  const line = exception?.line ?? event?.line ?? 0;
  const needed = slotsNeeded(joined);
  const offered = slotsOffered(joined);
  return [
    {
      cause: { code: 'slots-missing', facts: { needed, offered, waits: false, pod: null } },
      certainty: 'proved',
      rank: isRoot ? 79 : 41,
      evidence: [
        { code: 'event', facts: { id: 'no-slots', text: '' }, at: lineAt(log, line) },
        { code: 'slots', facts: { needed, offered }, at: null },
      ],
      since: exception?.time ?? event?.time ?? null,
      knownIssue: null,
      advice: [],
    },
  ];
}

/**
 * Nothing failed yet, for a request waits five minutes (slot.request.timeout): the job says RUNNING, and none of its tasks has been
 * deployed. Where the cluster has as many slots as it needs, they may come any moment.
 */
function waits(joined: Joined): Conclusion[] | null {
  const at = scheduledIn(joined);
  if (at === null || roots(joined).some(({ first }) => first.failed.code !== 'shutdown')) return null;
  const needed = slotsNeeded(joined);
  const offered = slotsOffered(joined);
  const short = needed !== null && offered !== null && needed > offered;
  const pod = podWithoutNode(joined);
  if (!short && pod === null) return null;
  return [
    {
      cause: { code: 'slots-missing', facts: { needed, offered, waits: true, pod: pod === null ? null : { why: pod.why } } },
      certainty: short ? 'proved' : 'suspected',
      rank: 79,
      evidence: [
        { code: 'undeployed', facts: {}, at },
        { code: 'slots', facts: { needed, offered }, at: null },
        ...(pod === null ? [] : [pod.evidence]),
      ],
      since: null,
      knownIssue: null,
      advice: [],
    },
  ];
}

/** Before a task is deployed it has these states. */
const UNDEPLOYED: ReadonlySet<string> = new Set(['CREATED', 'SCHEDULED']);

/** Where it is told that a job runs of which no task has been deployed: by its document, which is newer than any log, else by the log of the JobManager. */
function scheduledIn({ plans, log }: Joined): Evidence['at'] {
  const told = plans.filter(({ state, vertices }) => state !== null && vertices.length > 0 && vertices.every(({ status }) => status !== null));
  if (told.length > 0) {
    const plan = told.find(({ state, vertices }) => state === 'RUNNING' && vertices.every(({ status }) => UNDEPLOYED.has(status ?? '')));
    return plan === undefined ? null : placeIn(plan.source, plan.line);
  }
  const last = (states: readonly { to: string }[]) => states.at(-1)?.to ?? '';
  const running = log?.log.jobs.find(({ states }) => last(states) === 'RUNNING');
  const executions = log?.log.executions ?? [];
  if (log === null || running === undefined || log.log.jobs.length > 1 || executions.length === 0) return null;
  const scheduled = executions.every(({ states }) => last(states) === 'SCHEDULED');
  const line = running.states.at(-1)?.line;
  return scheduled && line !== undefined ? lineAt(log, line) : null;
}

/** All tasks share slots unless they are told not to: the widest vertex says how many. */
function slotsNeeded({ plans, log }: Joined): number | null {
  const widths = [
    ...plans.filter(({ format }) => format !== 'execution-plan').flatMap(({ vertices }) => vertices.map(({ parallelism }) => parallelism ?? 0)),
    ...(log?.log.executions.map(({ parallelism }) => parallelism ?? 0) ?? []),
  ];
  const most = widths.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? null : most;
}

/** As the cluster or the list of its TaskManagers tells it, else of those that registered, as many slots each as the configuration says. */
function slotsOffered(joined: Joined): number | null {
  const { log } = joined;
  const told = documentsIn(joined, 'overview').find(({ slotsTotal }) => slotsTotal !== null)?.slotsTotal;
  if (told != null) return told;
  const all = documentsIn(joined, 'taskmanagers').find(({ detail }) => !detail);
  if (all?.taskManagers.every(({ slots }) => slots !== null)) return all.taskManagers.reduce((sum, { slots }) => sum + (slots ?? 0), 0);
  if (log === null) return null;
  const managers = new Set(log.log.events.flatMap(({ id, fields }) => (id === 'tm-registered' ? [fields['tm'] ?? ''] : []))).size;
  const configured = documentsIn(joined, 'configuration').flatMap(({ settings }) =>
    settings.filter(({ key }) => key === 'taskmanager.numberOfTaskSlots'),
  );
  const each = configured[0]?.value ?? log.log.records.map(({ message }) => SLOTS.exec(message)?.[1]).find((one) => one !== undefined);
  return managers === 0 || each === undefined ? null : managers * Number(each);
}

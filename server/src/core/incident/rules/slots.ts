import { documentsIn, type Joined } from '../joined.ts';
import { lineAt, roots } from './firstFailure.ts';
import type { IncidentRule } from './rule.ts';

const NO_SLOTS = /(?:^|\.)NoResourceAvailableException$/;
const SLOTS = /(?:^|\n|; ?)Loading configuration property: taskmanager\.numberOfTaskSlots, ['"]?(\d+)/;

/** A plan that needs more slots than the cluster has. */
export const slotsMissing: IncidentRule = {
  code: 'slots-missing',
  check: (joined) => {
    const { log } = joined;
    if (log === null) return [];
    const exception = log.log.exceptions.find(({ chain }) => chain.some(({ className }) => NO_SLOTS.test(className ?? '')));
    const event = log.log.events.find(({ id }) => id === 'no-slots');
    if (exception === undefined && event === undefined) return [];
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
        cause: { code: 'slots-missing', facts: { needed, offered } },
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
  },
};

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

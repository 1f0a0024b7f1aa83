import { activitiesOf, type ThreadActivity } from '../../core/analysis/threaddump/activity.ts';
import { describeRole } from '../../core/analysis/threaddump/roles.ts';
import { KNOWN_FRAMES } from '../../core/knowledge/knownFrames.ts';
import { KNOWN_CLASSES, STATE_MEANINGS } from '../../core/knowledge/meanings.ts';
import type { Thread, ThreadDump } from '../../core/threaddump/model.ts';
import { escapeMarkdown, markdownCode } from '../../core/wording.ts';
import type { DumpElement } from './elements.ts';

const BY_THREAD = new WeakMap<ThreadDump, ReadonlyMap<Thread, ThreadActivity>>();

function activityOf(element: Extract<DumpElement, { thread: Thread }>): ThreadActivity | undefined {
  const { analysed } = element.dump;
  let byThread = BY_THREAD.get(analysed.dump);
  if (byThread === undefined) {
    byThread = new Map(activitiesOf(analysed).map((activity) => [activity.thread, activity]));
    BY_THREAD.set(analysed.dump, byThread);
  }
  return byThread.get(element.thread);
}

/** What Flink's own threads, frames and locks mean: role, wait, and where to look next. */
export function knowledgeHover(element: DumpElement): string | null {
  if (element.kind === 'thread') return threadKnowledge(element);
  if (element.kind === 'frame') return frameKnowledge(element);
  if (element.kind === 'lock') return classKnowledge(element.lock.ref.className);
  return null;
}

function threadKnowledge(element: Extract<DumpElement, { kind: 'thread' }>): string | null {
  const activity = activityOf(element);
  const parts: string[] = [];
  if (activity?.role) {
    const { role } = activity.role;
    parts.push(`**Role**: ${escapeMarkdown(describeRole(activity.role))}. ${role.meaning}${role.next === undefined ? '' : ` ${role.next}`}`);
  }
  if (activity?.standing)
    parts.push(`**It is ${activity.standing.known.title}** (${ACTIVITY[activity.activity]}). ${activity.standing.known.meaning}`);
  const state = element.thread.state === null ? undefined : STATE_MEANINGS[element.thread.state];
  if (state !== undefined) parts.push(`${markdownCode(element.thread.state as string)}: ${state}`);
  return parts.length === 0 ? null : parts.join('\n\n');
}

const ACTIVITY: Record<ThreadActivity['activity'], string> = {
  idle: 'normal: it has nothing to do',
  'back-pressured': 'back-pressured',
  undecidable: 'idle or softly back-pressured',
  busy: 'busy',
  blocked: 'blocked',
  external: 'waits for something outside Flink',
  state: 'works on state',
  checkpoint: 'works on a checkpoint',
  memory: 'waits for or allocates memory',
  waiting: 'waits in user or connector code',
  unknown: 'not known',
};

const SUSPICIOUS = { no: 'Normal.', 'if-long': 'Normal for a moment; a sign of trouble when it lasts.', yes: 'A sign of trouble.' } as const;

function frameKnowledge(element: Extract<DumpElement, { kind: 'frame' }>): string | null {
  const { className, method } = element.frame;
  const activity = activityOf(element);
  const role = activity?.role?.role.id;
  const name = `${className}.${method}`;
  const known = KNOWN_FRAMES.find(({ frame, roles, states }) => {
    if (!frame.test(name)) return false;
    if (roles && role !== undefined && !roles.includes(role)) return false;
    return !states || element.thread.state === null || states.includes(element.thread.state);
  });
  if (known === undefined) return classKnowledge(className);
  return `**${known.title[0]?.toUpperCase()}${known.title.slice(1)}** (Flink ${known.versions}). ${known.meaning}\n\n${SUSPICIOUS[known.suspicious]} ${known.next === 'Nothing.' ? '' : `Next: ${known.next}`}`.trimEnd();
}

function classKnowledge(className: string | null): string | null {
  if (className === null) return null;
  const known = KNOWN_CLASSES.find(({ pattern }) => pattern.test(className));
  return known === undefined ? null : `**${escapeMarkdown(className.slice(className.lastIndexOf('.') + 1))}**: ${known.meaning}`;
}

import { activityOf } from '../../core/analysis/threaddump/activity.ts';
import { roleOf } from '../../core/analysis/threaddump/roles.ts';
import { KNOWN_FRAMES } from '../../core/knowledge/knownFrames.ts';
import { KNOWN_CLASSES, STATE_MEANINGS } from '../../core/knowledge/meanings.ts';
import { roleText } from '../../core/views/threaddump/words.ts';
import { escapeMarkdown, markdownCode } from '../../core/wording.ts';
import type { DumpElement } from './elements.ts';
import { KNOWLEDGE_HOVER } from './words.ts';

/** What Flink's own threads, frames and locks mean: role, wait, and where to look next. */
export function knowledgeHover(element: DumpElement): string | null {
  if (element.kind === 'thread') return threadKnowledge(element);
  if (element.kind === 'frame') return frameKnowledge(element);
  if (element.kind === 'lock') return classKnowledge(element.lock.ref.className);
  return null;
}

function threadKnowledge(element: Extract<DumpElement, { kind: 'thread' }>): string | null {
  const activity = activityOf(element.dump.analysed, element.thread);
  const parts: string[] = [];
  if (activity.role) {
    const { role } = activity.role;
    parts.push(KNOWLEDGE_HOVER.role(escapeMarkdown(roleText(activity.role)), role.meaning, role.next));
  }
  if (activity.standing) parts.push(KNOWLEDGE_HOVER.standing(activity.standing.known.title, activity.activity, activity.standing.known.meaning));
  const state = element.thread.state === null ? undefined : STATE_MEANINGS[element.thread.state];
  if (state !== undefined) parts.push(KNOWLEDGE_HOVER.state(markdownCode(element.thread.state as string), state));
  return parts.length === 0 ? null : parts.join('\n\n');
}

function frameKnowledge(element: Extract<DumpElement, { kind: 'frame' }>): string | null {
  const { className, method } = element.frame;
  const role = roleOf(element.thread.name)?.role.id;
  const name = `${className}.${method}`;
  const known = KNOWN_FRAMES.find(({ frame, roles, states }) => {
    if (!frame.test(name)) return false;
    if (roles && role !== undefined && !roles.includes(role)) return false;
    return !states || element.thread.state === null || states.includes(element.thread.state);
  });
  if (known === undefined) return classKnowledge(className);
  return KNOWLEDGE_HOVER.frame(known);
}

function classKnowledge(className: string | null): string | null {
  if (className === null) return null;
  const known = KNOWN_CLASSES.find(({ pattern }) => pattern.test(className));
  return known === undefined ? null : KNOWLEDGE_HOVER.class(escapeMarkdown(className.slice(className.lastIndexOf('.') + 1)), known.meaning);
}

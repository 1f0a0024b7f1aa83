import type { Subject } from './model/document.ts';

const JOB = /\/jobs\/([0-9a-f]{32})\b/;
const VERTEX = /\/(?:vertices|subtasks)\/([0-9a-f]{32})\b/;
const SUBTASK = /\/subtasks\/(\d{1,9})\b/;
const CHECKPOINT = /\/checkpoints\/details\/(\d{1,15})\b/;
const TASK_MANAGER = /\/taskmanagers\/([^/\s?"]{1,200})/;

/** What a document is about by the path that it was asked for under, or by the name of its file where that repeats the path. */
export function subjectOf(path: string | null): Subject {
  const find = (pattern: RegExp): string | null => (path === null ? null : (pattern.exec(path)?.[1] ?? null));
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    job: find(JOB),
    vertex: find(VERTEX),
    subtask: number(find(SUBTASK)),
    checkpoint: number(find(CHECKPOINT)),
    taskManager: find(TASK_MANAGER),
  };
}

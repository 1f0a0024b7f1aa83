/** "Source: in -> Map (2/3)#0" taken apart. Subtasks are counted from 1 in names and from 0 in ids. */
export interface TaskName {
  task: string;
  subtask: number;
  parallelism: number;
  /** Null up to 1.11, whose names do not say it. */
  attempt: number | null;
}

/** GitHub turns "#1" into a link. */
const SUFFIX = /^(.*) \((\d+)\/(\d+)\)(?:(?:#|\[?(?:#\d+\]\()?https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:pull|issues)\/)(\d+)\)?)?$/s;

export function parseTaskName(name: string): TaskName | null {
  const match = SUFFIX.exec(name);
  if (match === null) return null;
  return {
    task: match[1] as string,
    subtask: Number(match[2]),
    parallelism: Number(match[3]),
    attempt: match[4] === undefined ? null : Number(match[4]),
  };
}

/** "graph_vertex_subtask_attempt", the form of ids since 1.16 (FLINK-17295). */
export function parseExecutionId(id: string): { graph: string; vertex: string; subtask: number; attempt: number } | null {
  const match = /^([0-9a-f]{32})_([0-9a-f]{32})_(\d+)_(\d+)$/.exec(id);
  if (match === null) return null;
  return { graph: match[1] as string, vertex: match[2] as string, subtask: Number(match[3]) + 1, attempt: Number(match[4]) };
}

export interface ChainOperator {
  /** As printed, settings in brackets included. */
  text: string;
  /** Without what stands in brackets behind it. */
  name: string;
  /** Index in the task's name. */
  start: number;
}

export interface Chain {
  operators: ChainOperator[];
  /** Pairs of indices into `operators`, in the direction of the data. */
  edges: [number, number][];
}

/**
 * The operators chained into a task. Arrows count at bracket depth 0 only; a chain that forks is printed as
 * "a -> (b -> c, d)". Names with brackets that do not match are cut at every arrow.
 */
export function splitChain(task: string): Chain {
  const chain: Chain = { operators: [], edges: [] };
  if (balanced(task)) branch(task, 0, task.length, null, chain, 0);
  else {
    let at = 0;
    for (const part of task.split(/ -> /)) {
      add(part, at, chain.operators.length === 0 ? null : chain.operators.length - 1, chain);
      at += part.length + 4;
    }
  }
  return chain;
}

const OPEN = '([{';
const CLOSE = ')]}';

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}

function add(text: string, start: number, from: number | null, chain: Chain): number {
  const trimmed = text.trim();
  const index = chain.operators.length;
  const bracket = trimmed.search(/[([{]/);
  chain.operators.push({
    text: trimmed,
    name: bracket > 0 ? trimmed.slice(0, bracket).trim() : trimmed,
    start: start + text.length - text.trimStart().length,
  });
  if (from !== null) chain.edges.push([from, index]);
  return index;
}

function branch(text: string, start: number, end: number, from: number | null, chain: Chain, nesting: number): void {
  let last = from;
  for (const [at, to] of pieces(text, start, end, ' -> ')) {
    const part = text.slice(at, to);
    const fork = last !== null && nesting < 50 && /^\s*\(.*\)\s*$/s.test(part);
    if (!fork) {
      last = add(part, at, last, chain);
      continue;
    }
    const open = text.indexOf('(', at);
    const close = text.lastIndexOf(')', to);
    for (const [from2, to2] of pieces(text, open + 1, close, ', ')) branch(text, from2, to2, last, chain, nesting + 1);
  }
}

/** Parts of a range between separators at bracket depth 0. */
function pieces(text: string, start: number, end: number, separator: string): [number, number][] {
  const result: [number, number][] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < end; at++) {
    const char = text[at] as string;
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char)) depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      result.push([from, at]);
      at += separator.length - 1;
      from = at + 1;
    }
  }
  result.push([from, end]);
  return result;
}

/** A task name that fits on a screen: the operators' names without their settings. */
export function shortTask(task: string, longest = 80): string {
  const short = splitChain(task)
    .operators.map((operator) => operator.name)
    .join(' -> ');
  return short.length > longest ? `${short.slice(0, longest - 1)}…` : short;
}

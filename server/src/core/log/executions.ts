import { table } from '../../../../common/table.ts';
import type { Side } from '../knowledge/side.ts';
import { MAX_EXECUTIONS, MAX_ITEMS } from './kept.ts';
import type { Execution, LogEvent, Mention, StateChange } from './model.ts';
import { parseExecutionId, parseTaskName, type TaskName } from './taskNames.ts';

/** Digits of an attempt's id. */
const FULL_ID = 32;

/** What the JobManager prints for a place that it does not know (Execution.getLocationInformation, FLINK-20351). */
const NO_PLACE = /^\[unassigned resource\]$|SingleLogicalSlot@/;

const MENTIONS = table<Mention['what']>({
  deploying: 'deploying',
  'received-task': 'received',
  'freeing-task': 'freeing',
  'unregistering-task': 'unregistering',
  'failure-reported': 'other',
  'cancel-attempt': 'cancel-attempt',
  'cancel-trigger': 'cancel-trigger',
  'already-ended': 'already-ended',
  'cancel-stuck': 'stuck',
  'checkpoint-declined': 'decline',
});

/** Builds one state machine per execution attempt from events in the order of the text. */
export class ExecutionTable {
  readonly list: Execution[] = [];
  left = 0;
  readonly #byId = new Map<string, Execution>();
  /** Latest execution of a name such as "Map (2/3)#0", for messages that print no id; made when the first such message comes. */
  #byName: Map<string, Execution> | null = null;
  /** Messages about one execution often follow each other. */
  #last: Execution | null = null;
  readonly #own: (text: string) => string;

  /** `own` makes a string that may be kept, where the text it was cut from is not. */
  constructor(own: (text: string) => string = (text) => text) {
    this.#own = own;
  }

  /** Takes an event that speaks of a task; others are ignored. Returns the execution that it belongs to. */
  apply(event: LogEvent, side: Side | null): Execution | null {
    const isState = event.id === 'task-state' || event.id === 'task-state-old';
    const what = MENTIONS[event.id];
    if (!isState && what === undefined) return null;
    const execution = this.#find(event);
    if (execution === null) return null;
    if (isState) {
      const from = this.#state(event.fields.from ?? '');
      const to = this.#state(event.fields.to ?? '');
      if (execution.states.length < MAX_ITEMS)
        execution.states.push({
          from,
          to,
          time: event.time,
          line: event.line,
          record: event.record,
          span: event.span,
          side: sideOf(event, side),
        });
      execution.end = to;
      execution.endSeen = true;
      if (to === 'FAILED' && event.exception !== null) execution.exception ??= event.exception;
      if (event.fields.where !== undefined && !NO_PLACE.test(event.fields.where)) execution.location ??= this.#own(event.fields.where);
      return execution;
    }
    if (execution.mentions.length < MAX_ITEMS)
      execution.mentions.push({ what: what as Mention['what'], time: event.time, line: event.line, record: event.record, span: event.span });
    if (event.id === 'deploying') {
      execution.location ??= event.fields.where === undefined ? null : this.#own(event.fields.where);
      execution.attempt ??= Number(event.fields.attempt);
      execution.vertex ??= event.fields.vertex === undefined ? null : this.#own(event.fields.vertex);
    }
    if (event.id === 'failure-reported' && event.exception !== null) execution.exception ??= event.exception;
    const reported =
      event.id === 'failure-reported'
        ? 'FAILED'
        : event.id === 'unregistering-task'
          ? event.fields.to
          : event.id === 'already-ended'
            ? event.fields.state
            : undefined;
    if (reported !== undefined) {
      execution.reported ??= { state: this.#own(reported), line: event.line, record: event.record, span: event.span, time: event.time };
      if (!execution.endSeen) execution.end = this.#own(reported);
    }
    return execution;
  }

  #state(name: string): string {
    return STATES.get(name) ?? this.#own(name);
  }

  #find(event: LogEvent): Execution | null {
    const { exec, task: label } = event.fields;
    // Shortened by whoever quoted it: several attempts may look the same.
    const id = exec !== undefined && exec.length < FULL_ID ? undefined : exec;
    if (id !== undefined && this.#last !== null && this.#last.id === id && this.#last.task !== null) return this.#last;
    this.#last = this.#lookUp(id, label, event.fields.from === 'CREATED');
    return this.#last;
  }

  /** `begins`: the first that is told of an attempt. */
  #lookUp(id: string | undefined, label: string | undefined, begins: boolean): Execution | null {
    const existing = id === undefined ? undefined : this.#byId.get(id);
    if (existing !== undefined && existing.task !== null) return existing;
    const name = label === undefined ? null : parseTaskName(label);
    // A declined checkpoint names the id only; without the task it is worth no lane of its own.
    if (name === null && (id === undefined || label === undefined) && !(id !== undefined && this.#byId.has(id))) return null;
    const named = id === undefined ? this.#named(label as string) : this.#byId.get(id);
    // Without ids the next attempt has the name of the one before.
    const known = id === undefined && begins && TERMINAL.has(named?.end ?? '') ? undefined : named;
    if (known !== undefined) {
      if (known.task === null && name !== null) this.#name(known, name);
      return known;
    }
    if (this.list.length >= MAX_EXECUTIONS) {
      this.left++;
      return null;
    }
    const execution: Execution = {
      id: id === undefined ? null : copyOf(id),
      task: label === undefined || name !== null ? null : this.#own(label),
      subtask: null,
      parallelism: null,
      attempt: null,
      vertex: null,
      states: [],
      mentions: [],
      reported: null,
      exception: null,
      location: null,
      end: null,
      endSeen: false,
    };
    if (name !== null) this.#name(execution, name);
    const parts = id === undefined ? null : parseExecutionId(id);
    if (parts !== null) {
      execution.vertex = this.#own(parts.vertex);
      execution.attempt = parts.attempt;
      execution.subtask ??= parts.subtask;
    }
    if (execution.id !== null) this.#byId.set(execution.id, execution);
    if (this.#byName !== null) addNames(this.#byName, execution);
    this.list.push(execution);
    return execution;
  }

  #named(label: string): Execution | undefined {
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const execution of this.list) addNames(this.#byName, execution);
    }
    return this.#byName.get(label);
  }

  #name(execution: Execution, name: TaskName): void {
    execution.task = this.#own(name.task);
    execution.subtask = name.subtask;
    execution.parallelism = name.parallelism;
    execution.attempt ??= name.attempt;
  }

  byId(id: string): Execution | undefined {
    return this.#byId.get(id);
  }
}

/** Ids are unique: nothing is gained by looking for an equal one, but the text they were cut from must not stay. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}

/** An execution under its name as messages print it, with and without the attempt. */
function addNames(names: Map<string, Execution>, execution: Execution): void {
  const { task, subtask, parallelism, attempt } = execution;
  if (task === null) return;
  const name = subtask === null || parallelism === null ? task : `${task} (${subtask}/${parallelism})`;
  names.set(name, execution);
  if (attempt !== null) names.set(`${name}#${attempt}`, execution);
}

/** Who says it: by the logger, else by the form of the message. Only TaskManagers print the attempt behind the name, since 1.12. */
function sideOf({ fields }: LogEvent, byLogger: Side | null): Side {
  if (byLogger !== null) return byLogger;
  if (/\)#\d+$/.test(fields.task ?? '')) return 'TM';
  return fields.where !== undefined || fields.from === 'SCHEDULED' || fields.to === 'SCHEDULED' || fields.exec?.includes('_') ? 'JM' : 'TM';
}

/** "2/3", or null while unknown. */
export function subtaskLabel(execution: Pick<Execution, 'subtask' | 'parallelism'>): string | null {
  if (execution.subtask === null) return null;
  return execution.parallelism === null ? String(execution.subtask) : `${execution.subtask}/${execution.parallelism}`;
}

/** States that an execution never leaves (ExecutionState.isTerminal). */
export const TERMINAL: ReadonlySet<string> = new Set(['FINISHED', 'CANCELED', 'FAILED']);

/** Legal successors (Execution.transitionState and Task.transitionState, 1.5 to 2.x taken together). */
const NEXT = table<readonly string[]>({
  // FINISHED: a JobManager of 1.20 and newer takes over what was finished before it was restarted.
  CREATED: ['SCHEDULED', 'DEPLOYING', 'FINISHED', 'CANCELING', 'CANCELED', 'FAILED', 'RECONCILING'],
  SCHEDULED: ['DEPLOYING', 'CREATED', 'CANCELING', 'CANCELED', 'FAILED'],
  DEPLOYING: ['INITIALIZING', 'RUNNING', 'FINISHED', 'CANCELING', 'CANCELED', 'FAILED'],
  INITIALIZING: ['RUNNING', 'FINISHED', 'CANCELING', 'CANCELED', 'FAILED'],
  RUNNING: ['FINISHED', 'CANCELING', 'CANCELED', 'FAILED'],
  CANCELING: ['CANCELED', 'FAILED', 'FINISHED'],
  RECONCILING: ['RUNNING', 'FINISHED', 'CANCELED', 'FAILED', 'INITIALIZING'],
  FINISHED: [],
  CANCELED: [],
  FAILED: [],
});

/** The one string for each state: big logs have millions of switches. */
const STATES: ReadonlyMap<string, string> = new Map(Object.keys(NEXT).map((state) => [state, state]));

export interface TransitionFault {
  execution: Execution;
  /** Index into `execution.states`. */
  state: number;
  /** `illegal`: Flink has no such switch. `gap`: the state before is not the one the switch starts from. */
  kind: 'illegal' | 'gap';
  expected: string | null;
}

/** Switches that Flink does not make, and places where one is missing. JobManager and TaskManager are followed apart. */
export function transitionFaults(executions: readonly Execution[]): TransitionFault[] {
  const faults: TransitionFault[] = [];
  for (const execution of executions) {
    /** Last state by side. */
    const last: Partial<Record<Side, string>> = {};
    for (let index = 0; index < execution.states.length; index++) {
      const change = execution.states[index] as StateChange;
      const successors = NEXT[change.from];
      const before = last[change.side];
      last[change.side] = change.to;
      if (successors !== undefined && NEXT[change.to] !== undefined && !successors.includes(change.to))
        faults.push({ execution, state: index, kind: 'illegal', expected: null });
      else if (before !== undefined && before !== change.from) faults.push({ execution, state: index, kind: 'gap', expected: before });
    }
  }
  return faults;
}

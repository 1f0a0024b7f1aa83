import { table } from '../../../../../common/table.ts';
import type { Source } from '../../unwrap/source.ts';
import { NO_SUBJECT } from '../model/document.ts';
import type { ContainerRow, ContainerState, PodEvent, PodRow, PodsDocument } from '../model/kubernetes.ts';
import { bytesOf, coresOf, timeOf } from './units.ts';

/** `kubectl describe pod` begins with these, in this order. */
export const DESCRIBED_POD = /^Name: {2,}\S.*\r?\nNamespace: {2,}\S/m;

interface Line {
  indent: number;
  key: string;
  value: string;
  start: number;
  end: number;
}

/** Keys have no colon of their own but in names of images and volumes, which stand in values. */
const KEY = /^( *)([A-Za-z][\w .()/-]{0,60}?):(?: (.*))?$/;

/** The pods of a text of `kubectl describe pod`, one after the other. */
export function describedPods(source: Source): PodsDocument | null {
  const { text } = source;
  const first = DESCRIBED_POD.exec(text);
  if (first === null) return null;
  const pods: PodRow[] = [];
  let draft: Draft | null = null;
  for (let start = first.index; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const stop = newline === -1 ? text.length : newline;
    const end = text[stop - 1] === '\r' ? stop - 1 : stop;
    const raw = text.slice(start, Math.min(end, start + MAX_LINE));
    if (/^Name: {2,}/.test(raw)) {
      if (draft !== null) pods.push(draft.finish(start));
      draft = new Draft(source, start);
    }
    draft?.line(raw, start, end);
    start = stop + 1;
  }
  if (draft !== null) pods.push(draft.finish(text.length));
  return {
    type: 'pods',
    span: source.span(first.index, text.length),
    path: null,
    subject: NO_SUBJECT,
    pods,
  };
}

const MAX_LINE = 4000;
const STATES = table<ContainerState['state']>({ Running: 'running', Waiting: 'waiting', Terminated: 'terminated' });

/** One pod, line by line. */
class Draft {
  readonly #source: Source;
  readonly #start: number;
  readonly #values = new Map<string, Line>();
  readonly #labels: Record<string, string> = {};
  readonly #containers: ContainerRow[] = [];
  readonly #events: PodEvent[] = [];
  /** The section at the margin: "Containers", "Events" … */
  #section = '';
  #container: ContainerRow | null = null;
  /** Where the lines of a container that stand deeper belong. */
  #part = '';

  constructor(source: Source, start: number) {
    this.#source = source;
    this.#start = start;
  }

  line(raw: string, start: number, end: number): void {
    if (this.#section === 'Events') {
      const event = eventLine(raw, this.#source.span(start, end));
      if (event !== null) this.#events.push(event);
      if (/^ |^$/.test(raw)) return;
    }
    const match = KEY.exec(raw);
    if (match === null) {
      if (this.#section === 'Labels') this.#label(raw);
      return;
    }
    const line = { indent: match[1]?.length ?? 0, key: match[2] ?? '', value: match[3]?.trim() ?? '', start, end };
    if (line.indent === 0) {
      this.#section = line.key;
      this.#values.set(line.key, line);
      if (line.key === 'Labels') this.#label(line.value);
    } else if (this.#section === 'Containers' || this.#section === 'Init Containers') this.#ofContainer(line);
  }

  #label(text: string): void {
    const match = /^\s*([\w./-]{1,200})=(.{0,200})$/.exec(text);
    if (match !== null) this.#labels[match[1] ?? ''] = match[2] ?? '';
  }

  #ofContainer(line: Line): void {
    const span = this.#source.span(line.start, line.end);
    if (line.indent === 2 && line.value === '') {
      this.#container = {
        name: line.key,
        image: null,
        restarts: null,
        ready: null,
        state: null,
        last: null,
        memoryLimit: null,
        cpuLimit: null,
        span,
      };
      this.#containers.push(this.#container);
      this.#part = '';
      return;
    }
    const container = this.#container;
    if (container === null) return;
    const { key, value } = line;
    if (line.indent === 4) {
      this.#part = key;
      const state = STATES[value];
      const made =
        state === undefined ? null : { state, reason: null, message: null, exitCode: null, signal: null, started: null, finished: null, span };
      if (key === 'State') container.state = made;
      else if (key === 'Last State') container.last = made;
      else if (key === 'Image') container.image = value;
      else if (key === 'Ready') container.ready = value === 'True';
      else if (key === 'Restart Count') container.restarts = Number(value) || 0;
      return;
    }
    if (this.#part === 'Limits') {
      if (key === 'memory') container.memoryLimit = bytesOf(value);
      else if (key === 'cpu') container.cpuLimit = coresOf(value);
      return;
    }
    const state = this.#part === 'State' ? container.state : this.#part === 'Last State' ? container.last : null;
    if (state !== null) fill(state, key, value);
  }

  finish(end: number): PodRow {
    const value = (key: string): string | null => {
      const text = this.#values.get(key)?.value ?? '';
      return text === '' || text === '<none>' ? null : text;
    };
    const status = /^(\w+)(?: \((.+)\))?$/.exec(value('Status') ?? '');
    const scheduling = this.#events.findLast(({ reason }) => reason === 'FailedScheduling');
    const name = this.#values.get('Name');
    return {
      name: name?.value ?? '',
      namespace: value('Namespace'),
      node: value('Node')?.split('/')[0] ?? null,
      ip: value('IP'),
      labels: this.#labels,
      phase: status?.[1] ?? null,
      reason: value('Reason'),
      message: value('Message'),
      started: timeOf(value('Start Time')),
      containers: this.#containers,
      unschedulable: status?.[1] === 'Pending' ? (scheduling?.message ?? null) : null,
      events: this.#events,
      span: this.#source.span(this.#start, end),
      nameSpan: name === undefined ? this.#source.span(this.#start, this.#start) : this.#source.span(name.start, name.end),
    };
  }
}

function fill(state: ContainerState, key: string, value: string): void {
  if (key === 'Reason') state.reason = value;
  else if (key === 'Message') state.message = value;
  else if (key === 'Exit Code') state.exitCode = Number.isNaN(Number(value)) ? null : Number(value);
  else if (key === 'Signal') state.signal = Number(value) || null;
  else if (key === 'Started') state.started = timeOf(value);
  else if (key === 'Finished') state.finished = timeOf(value);
}

/** "  Warning  BackOff  2m (x10 over 5m)  kubelet  Back-off restarting failed container" */
const EVENT = /^ {2}(Normal|Warning) {2,}(\S{1,100}) {2,}(\S.{0,60}?) {2,}(\S{1,100}) {2,}(\S.*)$/;

function eventLine(raw: string, span: PodEvent['span']): PodEvent | null {
  const match = EVENT.exec(raw);
  if (match === null) return null;
  const [, eventType = null, reason = null, age = null, , message = null] = match;
  const count = /\(x(\d{1,9}) over /.exec(age ?? '')?.[1];
  return { eventType, reason, message, object: null, count: count === undefined ? null : Number(count), first: null, last: null, age, span };
}

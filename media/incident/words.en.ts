import type { Kind } from '../../common/ids.ts';
import type { Incident, IncidentEntry } from '../../common/incident.ts';
import { count, plural } from '../shared/dom.ts';

type Verdict = Incident['verdict'];
type Process = Incident['processes'][number];

export const INCIDENT = {
  page: 'Incident',
  copyTicket: 'Copy for a ticket',
  copyTicketTitle: 'The verdict, its evidence and what to do, as Markdown',
  noVerdict: 'No verdict',
  vertices: 'Vertices',
  graph: 'Job graph',
  coverage: 'What was read, and what is missing',
  processes: (number: number) => plural(number, 'process', 'processes'),
  findings: (number: number) => `All findings by cause (${number})`,
  soFar: (over: boolean, done: number, of: number) =>
    `${over ? 'Reading was cancelled after' : 'Read so far:'} ${count(done)} of ${count(of)} files. The others may change what is said here.`,
  since: (time: string) => `since ${time}`,
  evidence: 'Evidence',
  whatToDo: 'What to do',
  nextCommand: 'Next command',
  copy: 'Copy',
  copyCommand: 'Copy the command',
  otherCluster: (name: string) => `Another cluster: ${name}`,
  nothingInCommon: 'Another cluster, which has nothing in common with this one: ',
  seeAlone: (name: string) => `To see it alone, open the incident of ${name}.`,
  axis: 'Time axis',
  vertexHead: ['Vertex', 'Busy', 'Back-pressured', 'Worst subtask', 'Its thread', 'Its last log line', 'Its checkpoint'],
  attempt: (subtask: number, attempt: number) => `${subtask}, attempt ${attempt}`,
  processHead: ['Process', 'What it is', 'Its clock', 'Sources'],
  ahead: (ms: number, slackMs: number | null) => `${count(ms)} ms ahead${slackMs === null ? '' : ` ± ${count(slackMs)} ms`}`,
  notComparable: 'not comparable',
  missing: 'Missing',
  notJoined: 'Not joined',
  notRead: 'Not read',
  why: ': ',
  read: (sources: number) => `Read: ${plural(sources, 'source')}`,
  readHead: ['Source', 'Kind', 'Format', 'Findings'],
  noFinding: 'No finding contains these words.',
  notShown: (left: number) => `${count(left)} more are not shown.`,
  filter: 'Filter findings',
  certain: (certainty: string) => ` ${certainty}: `,
};

export const VERDICT_CERTAINTY: Readonly<Record<Verdict['certainty'], string>> = {
  proved: 'proved by these files',
  suspected: 'suspected, with the evidence below',
  unknown: 'not known',
};

export const HEALTH: Readonly<Record<Verdict['health'], string>> = { failing: 'failing', healthy: 'healthy', unknown: 'not decided' };

const SIDES: Readonly<Record<NonNullable<Process['side']>, string>> = { JM: 'JobManager', TM: 'TaskManager', client: 'client' };
export const sideText = (side: Process['side']): string => (side === null ? 'not known' : SIDES[side]);

export const kindText = (kind: Kind): string => kind.replace('-', ' ');

/** Of the lanes of the axis. */
export const LANES: Readonly<Record<IncidentEntry['kind'], string>> = {
  failure: 'Failures',
  consequence: 'Consequences',
  heartbeat: 'Lost heartbeats',
  restart: 'Restarts',
  state: 'Job',
  checkpoint: 'Checkpoints',
  pause: 'Pauses',
  dump: 'Thread dumps',
};

export const AXIS_TEXTS = {
  title: 'Time axis of all sources',
  lane: (kind: string, process: string) => `${kind}: ${process}`,
  of: (text: string, process: string) => `${text} (${process})`,
  empty: 'Nothing in these files has a time.',
  left: (entries: number) => `${entries} more entries are left out.`,
};

import type { IncidentClock, IncidentEntry, IncidentVerdict } from '../../../../common/incident.ts';
import { formatDuration, plural } from '../wording.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The words of the page of an incident. */
export const REPORT = {
  certainty: ({ certainty, health }: IncidentVerdict): string =>
    certainty === 'unknown'
      ? health === 'failing'
        ? 'the reason is unknown'
        : 'unknown'
      : certainty === 'proved'
        ? 'proved'
        : 'suspected, with the evidence below',
  others: (count: number): string =>
    count === 1
      ? 'Another cluster is here, which has nothing in common with this one:'
      : 'Other clusters are here, which have nothing in common with this one:',
  folder: (name: string): string => `All sources are in ${name}.`,
  todo: 'What to do:',
  next: 'Next:',
  more: (count: number): string => `… and ${count} more.`,
  axis: (count: number): string => `Time axis: ${plural(count, 'entry', 'entries')}`,
  axisHead: ['Time', 'What', '', 'Process', 'Place'],
  kinds: {
    failure: 'failure',
    consequence: 'consequence',
    restart: 'restart',
    checkpoint: 'checkpoint',
    pause: 'pause',
    heartbeat: 'lost process',
    dump: 'dump',
    state: 'state',
  } satisfies Record<IncidentEntry['kind'], string>,
  vertices: 'Vertices',
  vertexHead: ['Vertex', 'Parallelism', 'Load', 'Worst subtask', 'Its thread', 'Its last log line', 'Checkpoint phase'],
  busy: (share: number): string => `busy ${percent(share)}`,
  backPressured: (share: number): string => `back-pressured ${percent(share)}`,
  coverage: 'Coverage',
  missing: (what: string, decides: string): string => `Not here: ${what}. It would show ${decides}.`,
  unresolved: (what: string, why: string): string => `Not joined: ${what}; ${why}.`,
  nothingMissing: 'Nothing is missing that this verdict would need.',
  read: (count: number): string => `Read: ${plural(count, 'source')}`,
  readHead: ['Source', 'Kind', 'Size', 'Findings', 'Left out'],
  unread: (count: number): string => `Not read: ${plural(count, 'file')}`,
  findings: (count: number): string => `Findings by cause: ${count}`,
  findingHead: ['Severity', 'Certainty', 'Finding', 'Places', 'Code'],
  places: (count: number): string => ` and ${count} more`,
  processes: (count: number): string => `Processes: ${count}`,
  processHead: ['Process', 'Id', 'Side', 'Log covers', 'Clock', 'Sources'],
  jobHead: ['Job', 'Name', 'State', 'Restarts'],
  clock: ({ aheadMs, slackMs, applied }: IncidentClock): string =>
    `${aheadMs === 0 || aheadMs === null ? 'agrees' : `${formatDuration(aheadMs)} ${aheadMs > 0 ? 'ahead' : 'behind'}`}${slackMs === null ? '' : ` (± ${formatDuration(slackMs)})`}${applied ? ', corrected' : ''}`,
};

import type { Incident, IncidentEntry, IncidentPlace } from '../../common/incident.ts';
import type { Place } from '../../common/span.ts';
import type { LaneKind, TimelineDocument, TimelineLane, TimelineMark, TimelineTone } from '../../common/timeline.ts';
import { AXIS_TEXTS, LANES } from './words.ts';

interface Row {
  lane: LaneKind;
  mark: TimelineMark<Place>['kind'];
  tone: TimelineTone;
}

/** How entries of the axis are drawn, in the order of the lanes. */
const ROWS: Readonly<Record<IncidentEntry['kind'], Row>> = {
  failure: { lane: 'exceptions', mark: 'failure', tone: 'bad' },
  consequence: { lane: 'exceptions', mark: 'exception', tone: 'warning' },
  heartbeat: { lane: 'component', mark: 'event', tone: 'bad' },
  restart: { lane: 'restarts', mark: 'restart', tone: 'warning' },
  state: { lane: 'job', mark: 'event', tone: 'info' },
  checkpoint: { lane: 'checkpoints', mark: 'checkpoint', tone: 'warning' },
  pause: { lane: 'gc', mark: 'gc', tone: 'warning' },
  dump: { lane: 'component', mark: 'event', tone: 'info' },
};

/** The axis of an incident as a timeline: a lane for each kind of entry of each process. */
export function timelineOf({ axis, verdict }: Incident, placeOf: (at: IncidentPlace) => Place | undefined): TimelineDocument<Place> {
  const lanes = new Map<string, TimelineLane<Place>>();
  const kinds = Object.keys(ROWS) as IncidentEntry['kind'][];
  const first = axis.entries.find(({ kind, time }) => kind === 'failure' && time === verdict.since);
  for (const kind of kinds) {
    for (const [index, entry] of axis.entries.entries()) {
      if (entry.kind !== kind) continue;
      const { lane, mark, tone } = ROWS[kind];
      const label = LANES[kind];
      const id = `${kind} ${entry.process ?? ''}`;
      const name = entry.process === null ? label : AXIS_TEXTS.lane(label, entry.process);
      const row = lanes.get(id) ?? { id, kind: lane, label: name, intervals: [], marks: [], description: name };
      lanes.set(id, row);
      const place = entry.at === null ? undefined : placeOf(entry.at);
      row.marks.push({
        id: `${index}`,
        at: entry.time,
        label: entry.text,
        tone,
        kind: entry === first ? 'first-failure' : mark,
        description: entry.process === null ? entry.text : AXIS_TEXTS.of(entry.text, entry.process),
        ...(place === undefined ? {} : { place, ...(place.uri === undefined ? {} : { uri: place.uri }) }),
      });
    }
  }
  return {
    title: AXIS_TEXTS.title,
    clock: { unit: axis.clock === 'day' ? 'day' : 'epoch', zone: axis.zone },
    from: axis.from ?? 0,
    to: axis.to ?? 0,
    lanes: [...lanes.values()],
    bands: [],
    links: [],
    legend: [],
    empty: AXIS_TEXTS.empty,
    notes: [...(axis.offset === null ? [] : [axis.offset]), ...(axis.left > 0 ? [AXIS_TEXTS.left(axis.left)] : [])],
  };
}

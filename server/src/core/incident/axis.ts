import type { IncidentAxis, IncidentEntry } from '../../../../common/incident.ts';
import { table } from '../../../../common/table.ts';
import { eventKind } from '../log/events.ts';
import { failureTitle } from '../rules/log/words.ts';
import { say } from '../wording.ts';
import type { Joined } from './joined.ts';
import { lineAt } from './rules/firstFailure.ts';
import { placeIn } from './rules/rule.ts';
import { AXIS, ENTRIES } from './words.ts';

/** Pauses that are worth an entry, in ms. */
const LONG_PAUSE = 1000;
const MAX_ENTRIES = 500;
/** In ms. */
const ONE_SAYING = 1000;

/** Events that are told on the axis, by what they are there. */
const TOLD = table<IncidentEntry['kind']>({
  'checkpoint-expired': 'checkpoint',
  'checkpoint-failed': 'checkpoint',
  'checkpoint-declined': 'checkpoint',
  'heartbeat-timeout': 'heartbeat',
  unreachable: 'heartbeat',
  'watchdog-kill': 'failure',
});

/** Which of too many are kept first. */
const WORTH: readonly IncidentEntry['kind'][] = ['failure', 'heartbeat', 'dump', 'restart', 'pause', 'checkpoint', 'consequence', 'state'];

/** All sources on one clock: that of the JobManager where several differ. */
export function axisOf(joined: Joined): IncidentAxis {
  const { log, dumps } = joined;
  const entries: IncidentEntry[] = [];
  if (log !== null) {
    const processOf = (line: number) => {
      const at = lineAt(log, line);
      const process = joined.processes.find(({ logs }) => logs.some(({ names }) => names[0] === at?.source));
      return { process: process?.name ?? null, at };
    };
    for (const { first, rest } of log.failures.episodes)
      for (const one of [first, ...rest])
        if (one.time !== null)
          entries.push({
            time: one.time,
            kind: one.consequence === null ? 'failure' : 'consequence',
            text: failureTitle(one),
            ...processOf(one.line),
          });
    for (const { states } of log.log.jobs)
      for (const { from, to, time, line } of states)
        if (time !== null)
          entries.push({
            time,
            kind: to === 'RESTARTING' ? 'restart' : 'state',
            text: say(ENTRIES, { code: 'job', facts: { from, to } }),
            ...processOf(line),
          });
    for (const { id, time, line } of log.log.events) {
      const kind = TOLD[id];
      if (kind !== undefined && time !== null) entries.push({ time, kind, text: eventKind(id)?.title ?? id, ...processOf(line) });
    }
    for (const { pauses, stops, source } of log.gc.tracks)
      for (const { start, durationMs, kind } of [...pauses, ...stops])
        if (durationMs >= LONG_PAUSE)
          entries.push({
            time: start,
            kind: 'pause',
            text: say(ENTRIES, { code: 'pause', facts: { kind, ms: durationMs } }),
            process: source,
            at: null,
          });
  }
  for (const { at, threads, source, line, process } of dumps)
    if (at !== null)
      entries.push({
        time: at,
        kind: 'dump',
        text: say(ENTRIES, { code: 'dump', facts: { threads } }),
        process: process?.name ?? null,
        at: placeIn(source, line),
      });
  const told = repeatedOnce(entries);
  const kept = [...told].sort((a, b) => WORTH.indexOf(a.kind) - WORTH.indexOf(b.kind) || order(a, b)).slice(0, MAX_ENTRIES);
  kept.sort(order);
  const times = [...kept.map(({ time }) => time), ...(log === null ? [] : [log.log.from, log.log.to].flatMap((time) => time ?? []))];
  return {
    clock: log !== null && log.log.clock !== 'none' ? log.log.clock : times.length === 0 ? 'none' : 'epoch',
    zone: log?.log.zone ?? null,
    offset: log?.log.utcOffset ? say(AXIS, { code: 'offset', facts: log.log.utcOffset }) : null,
    from: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    to: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    entries: kept,
    left: told.length - kept.length,
  };
}

/** What one process says again within a second is told once, with how often: a heartbeat times out for each of its listeners. */
function repeatedOnce(entries: readonly IncidentEntry[]): IncidentEntry[] {
  const last = new Map<string, { entry: IncidentEntry; times: number }>();
  const told: { entry: IncidentEntry; times: number }[] = [];
  for (const entry of [...entries].sort(order)) {
    const key = JSON.stringify([entry.kind, entry.text, entry.process]);
    const before = last.get(key);
    if (before !== undefined && entry.time - before.entry.time <= ONE_SAYING) before.times++;
    else {
      const first = { entry, times: 1 };
      last.set(key, first);
      told.push(first);
    }
  }
  return told.map(({ entry, times }) =>
    times === 1 ? entry : { ...entry, text: say(ENTRIES, { code: 'repeated', facts: { text: entry.text, times } }) },
  );
}

const order = (a: IncidentEntry, b: IncidentEntry): number =>
  a.time - b.time || compareText(a.text, b.text) || compareText(placeText(a), placeText(b));
const placeText = ({ at }: IncidentEntry): string => (at === null ? '' : `${at.source}:${String(at.line).padStart(9, '0')}`);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Those of several clusters as one, where they are on one clock; else the first. */
export function axesTogether(all: readonly IncidentAxis[]): IncidentAxis {
  const axes = all.filter(({ entries }) => entries.length > 0);
  const [first] = axes;
  if (first === undefined || axes.some(({ clock, zone, offset }) => clock !== first.clock || zone !== first.zone || offset !== first.offset))
    return first ?? (all[0] as IncidentAxis);
  const entries = axes.flatMap((one) => one.entries).sort((a, b) => a.time - b.time);
  const times = axes.flatMap(({ from, to }) => [from, to]).filter((time) => time !== null);
  return {
    ...first,
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
    entries: entries.slice(0, MAX_ENTRIES),
    left: axes.reduce((sum, { left }) => sum + left, 0) + Math.max(0, entries.length - MAX_ENTRIES),
  };
}

import { eventKind } from '../../log/events.ts';
import { Keep } from './fit.ts';
import type { BodyOf, DigestKind, FoundDigest, LogDigest, SourceDigest, ThinException, ThinExecution, ThinThrowable } from './model.ts';

/** Members of each list. */
const FEW = 4;

const MAX_TEXT = 240;
const MAX_CHAIN = 4;
const MAX_FRAMES = 3;

/** A source with no more than a few members in each of its lists; what is left out is counted. */
export function thin(source: SourceDigest): SourceDigest {
  if (source.form === 'thin') return source;
  const keep = new Keep(FEW);
  const findings = keep.first(source.findings).map(thinFinding);
  const body = bodyOf(source, keep);
  // The compiler does not see that kind and body are of one K.
  return { ...source, form: 'thin', findings, body, left: source.left + keep.left } as SourceDigest;
}

const THIN: { [K in DigestKind]: (body: BodyOf[K], keep: Keep) => BodyOf[K] } = {
  'flink-log': thinLog,
  'thread-dump': ({ dumps }, keep) => ({
    dumps: keep.ends(dumps).map((dump) => ({
      ...dump,
      deadlocks: dump.deadlocks.slice(0, keep.limit),
      tasks: dump.tasks.slice(0, keep.limit),
      uploads: (dump.uploads ?? []).slice(0, keep.limit),
    })),
  }),
  'gc-log': (body, keep) => ({
    ...body,
    runs: [...keep.ends(body.runs)],
    details: { ...body.details, byName: [...keep.first(body.details.byName)], floors: [...keep.ends(body.details.floors)] },
    events: [...keep.ends(body.events)],
    eventsLeft: body.eventsLeft + Math.max(0, body.events.length - keep.limit),
    troubles: [...keep.ends(body.troubles)],
    pauses: [...keep.ends(body.pauses)],
  }),
  'job-graph': ({ plans }, keep) => {
    keep.left += plans.length;
    return { plans: [] };
  },
  'rest-document': (body, keep) => {
    keep.left += body.documents.length + body.plans.plans.length;
    return { ...body, documents: [], plans: { plans: [] }, failures: body.failures === null ? null : thinLog(body.failures, keep) };
  },
  'java-source': (body) => body,
};

const bodyOf = <K extends DigestKind>({ kind, body }: { kind: K; body: BodyOf[K] }, keep: Keep): BodyOf[K] => THIN[kind](body, keep);

const cut = (text: string): string => text.slice(0, MAX_TEXT);

const thinFinding = (finding: FoundDigest): FoundDigest => ({ ...finding, message: cut(finding.message), advice: finding.advice.map(cut) });

/** Tells by which name the process is known to others. */
const NAME = /^Starting TaskManager with ResourceID: /;
/** Of what these tell there is more elsewhere. */
const USUAL: ReadonlySet<string | undefined> = new Set(['checkpoint', 'job', 'config']);

function thinLog(body: LogDigest, keep: Keep): LogDigest {
  const kept = ends(body.exceptions, keep);
  const indexOf = (index: number | null): number | null => {
    const at = index === null ? -1 : kept.indexOf(index);
    return at === -1 ? null : at;
  };
  const exceptions = kept.flatMap((index) => body.exceptions[index] ?? []).map(thinException);
  const events = telling(body.events, ({ id }) => !USUAL.has(eventKind(id)?.group), keep).map((event) => ({
    ...event,
    fields: Object.fromEntries(Object.entries(event.fields).map(([name, value]) => [name, value === undefined ? value : cut(value)])),
    exception: indexOf(event.exception),
  }));
  const executions = telling(body.executions, ({ exception, end }) => exception !== null || end === 'FAILED', keep).map(
    (one): ThinExecution => ({
      ...one,
      states: [...new Keep(keep.limit).ends(one.states)],
      mentions: [...new Keep(keep.limit).ends(one.mentions)],
      exception: indexOf(one.exception),
    }),
  );
  const wanted = new Set([...exceptions, ...events].map(({ record }) => record));
  const last = body.records.at(-1);
  const records = body.records.filter((record) => record === last || wanted.has(record.index) || NAME.test(record.message));
  keep.left += body.records.length - records.length;
  const { memory, jvmOptions, settings } = body.process;
  keep.left += memory.length + jvmOptions.length + settings.length;
  return {
    ...body,
    opens: { ...body.opens, exception: indexOf(body.opens.exception) },
    ends: { ...body.ends, exception: indexOf(body.ends.exception) },
    records: records.map((record) => ({ ...record, message: cut(record.message), context: record.context === null ? null : cut(record.context) })),
    exceptions,
    exceptionsLeft: body.exceptionsLeft + body.exceptions.length - exceptions.length,
    events,
    eventCounts: [...keep.first(body.eventCounts)],
    executions,
    executionsLeft: body.executionsLeft + body.executions.length - executions.length,
    jobs: body.jobs.map((job) => ({ ...job, states: [...keep.ends(job.states)] })),
    process: { ...body.process, memory: [], jvmOptions: [], settings: [] },
    clockSteps: [...keep.ends(body.clockSteps)],
  };
}

/** The places of those that are kept. */
const ends = (items: readonly unknown[], keep: Keep): readonly number[] => keep.ends(items.map((_, index) => index));

/** What tells of a failure rather than the others; in the order of the log. */
function telling<T>(items: readonly T[], tells: (item: T) => boolean, keep: Keep): T[] {
  const kept = new Set(keep.ends([...items.filter(tells), ...items.filter((one) => !tells(one))]));
  return items.filter((one) => kept.has(one));
}

function thinException({ chain, ...exception }: ThinException): ThinException {
  const links = chain.length <= MAX_CHAIN ? chain : [...chain.slice(0, MAX_CHAIN - 1), ...chain.slice(-1)];
  return { ...exception, chain: links.map(thinThrowable) };
}

const thinThrowable = (one: ThinThrowable): ThinThrowable => ({
  ...one,
  message: one.message === null ? null : cut(one.message),
  frames: one.frames.slice(0, MAX_FRAMES),
});

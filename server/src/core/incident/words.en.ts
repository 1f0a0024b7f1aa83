import { table } from '../../../../common/table.ts';
import { MEMORY_POOLS } from '../knowledge/memoryErrors.ts';
import { eventKind } from '../log/events.ts';
import type { UtcOffset } from '../log/model.ts';
import { offsetText } from '../rules/log/clockWords.en.ts';
import { oneLine } from '../text.ts';
import { capital, formatBytes, formatDuration, grouped, list, plural, say, shorten, type Words } from '../wording.ts';
import { checkpointAdvice, checkpointsEnded, checkpointVerdict, doesText, heldText, hiddenWaitVerdict, isCall } from './checkpointWords.en.ts';
import { endedText, lostAdvice, lostVerdict, noNodeText } from './lostWords.en.ts';
import type { Cause, CauseFacts, Evidence, EvidenceFacts } from './rules/rule.ts';
import { MAX_SENTENCE, method, processName, sentence, task } from './sentence.ts';

/** What is said of an incident. */

const unended = (text: string): string => text.replace(/(?<![\s.])[\s.]+$/, '');

/** As the dump calls it: what is waited for decides what is to be changed. */
const deadlockOf = (kind: string): string => (kind === 'class-init' ? 'Class initialiser deadlock' : 'Deadlock');

const VERDICTS: Words<CauseFacts> = {
  deadlock: ({ threads, kind }) =>
    threads.length < 2
      ? sentence([threads[0] ?? '?'], (one) => `${deadlockOf(kind)}: ${task(one as string)} waits for itself.`)
      : sentence([threads[0] as string, threads[1] as string], (one, other) => {
          const rest = threads.length > 2 ? ` and ${threads.length - 2} more` : '';
          return `${deadlockOf(kind)}: ${task(one as string)} and ${task(other as string)}${rest} wait for each other.`;
        }),
  'hidden-wait': hiddenWaitVerdict,
  'hanging-initialisation': ({ task: name, at }) =>
    sentence([name, method(at)], (one, place) => `${task(one as string)} hangs in its initialisation, in ${place}: nothing has begun.`),
  convoy: ({ task: name, lock }) =>
    sentence([name, lock], (one, other) => `The subtasks of ${task(one as string)} work one at a time: all need the lock ${other}.`),
  'blocked-call': ({ task: name, at }) =>
    sentence([name, method(at)], (one, place) => `${task(one as string)} waits for an answer from the network in ${place}, in every dump.`),
  'lock-held': ({ task: name, holder }) => sentence([name, holder], (one, other) => `${task(one as string)} waits for a lock that "${other}" holds.`),
  'checkpoint-expired': checkpointVerdict,
  'back-pressure': ({ task: name, at, what, external }) =>
    at === null
      ? sentence([name], (one) => `${task(one as string)} is too slow: the tasks before it are back-pressured.`)
      : sentence(
          [name, method(at)],
          (one, place) =>
            `${task(one as string)} is too slow and holds up the tasks before it: it ${what !== null ? `${doesText(what)} in` : external ? 'calls out in' : 'is in'} ${place}.`,
        ),
  'skewed-key': ({ task: name, subtask }) =>
    sentence([name], (one) => `Skewed key: only subtask ${subtask} of ${task(one as string)} is at work, and holds up the tasks before it.`),
  'first-failure': ({ sentence: text, process }) => {
    const who = process === null ? '' : `TaskManager ${processName(process)}: `;
    const said = oneLine(text);
    return ended(shorten(who.length + said.length < MAX_SENTENCE ? `${who}${said}` : said, MAX_SENTENCE - 1));
  },
  'restart-loop': ({ sentence: text, restarts }) => {
    const before = `Restart loop (${plural(restarts, 'restart')}). `;
    return ended(`${before}${shorten(oneLine(text), MAX_SENTENCE - 1 - before.length)}`);
  },
  'memory-exhausted': ({ pool, task: name, at, process }) => {
    const exhausted = `${MEMORY_POOLS[pool as keyof typeof MEMORY_POOLS]?.title ?? pool} ${pool === 'threads' ? 'are' : 'is'} exhausted`;
    const who = (host: string) => (process === null ? '' : `${process.taskManager ? 'TaskManager' : 'JobManager'} ${host}: `);
    if (at !== null)
      return name === null && process !== null
        ? sentence([process.host, method(at)], (host, place) => `${who(host as string)}${exhausted}; ${place} asked for more.`)
        : sentence([method(at)], (place) => `${exhausted}: ${place} asked for more.`);
    if (name === null) return sentence([process?.host ?? ''], (host) => `${who(host as string)}${exhausted}.`);
    return sentence([name], (one) => `${exhausted} in ${task(one as string)}.`);
  },
  'heartbeat-lost-in-gc': ({ process, pausedMs, windowMs, acrossMs }) =>
    sentence([process], (one) =>
      acrossMs !== null
        ? `TaskManager ${one} was lost: one collection of ${formatDuration(acrossMs)} spans the moment.`
        : pausedMs === null || windowMs === null
          ? `TaskManager ${one} was lost: it stood still in garbage collections.`
          : `TaskManager ${one} was lost: ${formatDuration(pausedMs)} of ${formatDuration(windowMs)} went into collections.`,
    ),
  'taskmanager-lost': lostVerdict,
  'cancel-stuck': ({ task: name, at, killed }) =>
    sentence([name, method(at ?? '')], (one, place) => {
      const where = at === null ? '' : ` and stays in ${place}`;
      return `${task(one as string)} does not end when cancelled${where}${killed ? ': its TaskManager died' : ''}.`;
    }),
  'slots-missing': ({ needed, offered, waits, pod }) => {
    const known = needed !== null && offered !== null && !(waits && needed <= offered);
    const slots = known
      ? `Slots are missing: the job needs ${needed}, the cluster offers ${offered}`
      : waits
        ? 'The job waits for slots: none of its tasks has been deployed'
        : 'The cluster has fewer slots than the job needs';
    if (pod === null) return `${slots}.`;
    const whole = `${slots}; no node for a pod${pod.why === null ? '' : ` (${pod.why})`}.`;
    return whole.length <= MAX_SENTENCE ? whole : `${slots}; no node for a pod.`;
  },
  finding: ({ message }) => ended(shorten(oneLine(message), MAX_SENTENCE - 1)),
  healthy: ({ checkpoints, dumps, running, finished, shown }) => {
    if (shown !== 'threads') {
      const rest = shown === 'records' ? 'records flow' : `${plural(checkpoints, 'checkpoint')} completed`;
      return `No fault found: ${rest} and nothing failed; without dumps a new hang would not show.`;
    }
    const rests = [
      running > 0 ? 'the job runs' : finished > 0 ? 'the job has finished' : 'the job ran until it was cancelled',
      ...(checkpoints > 0 ? [`${plural(checkpoints, 'checkpoint')} completed`] : []),
      ...(dumps > 0 ? [`no task is stuck in ${plural(dumps, 'dump')}`] : []),
    ];
    return `Nothing is wrong: ${list(rests)}.`;
  },
  'not-assessed': ({ sources, running, cancelled, checkpoints, heldUp, unread, failed, open }) => {
    if (unread > 0) return `No fault found in what was read; ${plural(unread, 'file')} ${unread === 1 ? 'was' : 'were'} not.`;
    if (cancelled) return 'Nothing failed before the job was cancelled; whether it moved does not show here.';
    if (running && heldUp !== null) return `Nothing failed, but ${task(heldUp)} is held up; what holds it up does not show here.`;
    if (running && failed > 0) return `${plural(failed, 'checkpoint')} failed and nothing else did; why does not show here.`;
    if (running && open === 'all') return 'Nothing failed, but no checkpoint has completed yet; dumps would show whether one hangs.';
    if (running && open === 'newest') return 'Nothing failed, but the newest checkpoint does not complete; dumps would show why.';
    if (running && checkpoints > 0)
      return `Nothing failed and ${plural(checkpoints, 'checkpoint')} completed; back-pressure or a hang would not show here.`;
    if (running) return 'Nothing failed here; whether the job moves, only dumps or checkpoints would show.';
    return sources === 0 ? 'Nothing here could be read.' : 'Not assessed: nothing here shows a running job.';
  },
};

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** At most 100 characters. */
export const verdictSentence = (cause: Cause): string => capital(say(VERDICTS, cause));

const EVENTS = table<string>({
  'no-slots': 'Slots that were asked for could not be had',
  'watchdog-kill': 'The watchdog of the cancellation ends the TaskManager',
  'full-collections': 'Full collections came right before',
});

/** What follows the first sentence is told by the finding itself. */
const firstSentence = (message: string): string => {
  const line = oneLine(message);
  return /^.{20,}?[.!?](?= [A-Z"0-9])/.exec(line)?.[0] ?? line;
};

const DOES = table<string>({
  idle: 'is idle',
  'back-pressured': 'waits for buffers (back-pressure)',
  undecidable: 'waits for input or for buffers',
  busy: 'is at work',
  blocked: 'waits for a lock',
  external: 'calls out',
  socket: 'reads from the network',
  state: 'works on its state',
  checkpoint: 'takes a checkpoint',
  memory: 'waits for memory',
  waiting: 'waits',
});

const EVIDENCE: Words<EvidenceFacts> = {
  finding: ({ message, sources }) => `${unended(shorten(firstSentence(message), 200))}${sources > 1 ? ` (in ${sources} sources)` : ''}`,
  failure: ({ text }) => unended(shorten(oneLine(text), 300)),
  event: ({ id, text }) => {
    const title = EVENTS[id] ?? eventKind(id)?.title ?? id;
    return text === '' ? title : `${title}: ${shorten(oneLine(text), 200)}`;
  },
  thread: ({ thread, activity, at, dumps }) =>
    `"${oneLine(thread)}" ${DOES[activity] ?? 'is'}${at === null ? '' : ` in ${at}`}${dumps > 1 ? `, in ${dumps} dumps` : ''}`,
  blocked: ({ waiting, lock, holder }) =>
    `${list(waiting.map((name) => `"${name}"`))} wait for ${lock}${holder === null ? '' : `, held by "${holder}"`}`,
  checkpoints: checkpointsEnded,
  held: heldText,
  acknowledged: ({ task: name, missing, of: all }) =>
    `Subtask ${list(missing.map(String))}${all === null ? '' : ` of ${all}`} of ${task(name)} did not acknowledge`,
  phase: ({ subtask, phase, ms }) => `${subtask}: ${formatDuration(ms)} in its ${phase}`,
  load: ({ task: name, busy, backPressured }) =>
    `${task(name)} is ${[busy === null ? '' : `busy ${percent(busy)}`, backPressured === null ? (busy === null ? 'back-pressured' : '') : `back-pressured ${percent(backPressured)}`].filter((text) => text !== '').join(', ')}`,
  'some-pressure': () => 'A vertex is back-pressured; the document does not say which',
  'in-flight': ({ checkpoint, bytes }) => `Checkpoint ${checkpoint} had to keep ${formatBytes(bytes)} that were on their way: buffers are full`,
  records: ({ task: name, subtask, records, all }) =>
    `Subtask ${subtask} of ${task(name)} has read ${percent(records / Math.max(1, all))} of all its records`,
  share: ({ task: name, subtask, busy, others }) =>
    `Subtask ${subtask} of ${task(name)} is busy ${percent(busy)}, the others at most ${percent(others)}`,
  collector: ({ source, pausedMs, windowMs, acrossMs }) =>
    `${source}: ${acrossMs === null ? '' : `one collection of ${formatDuration(acrossMs)} spans the loss; `}the JVM stood still for ${formatDuration(pausedMs)} of the ${formatDuration(windowMs)} before it`,
  stop: ({ source, what, ms }) => `${source}: ${what} stopped all threads for ${formatDuration(ms)}`,
  'thread-ended': ({ thread, exception, at }) => `Thread "${thread}" has ended with ${exception} in ${at}`,
  sampled: ({ task: name, at, share }) => `${percent(share)} of the samples of ${task(name)} are in ${at}`,
  'own-log': ({ name, ms, goesOn }) =>
    `Its own log, ${name}, ${goesOn ? `goes on for ${formatDuration(ms)} after that` : `breaks off ${formatDuration(ms)} from that moment, without a word of an end`}`,
  'own-log-missing': ({ process }) => `The log of ${process} is not here`,
  consequences: ({ count }) =>
    `${plural(count, 'later failure has', 'later failures have')} another cause, beginning here: consequences, or a second matter`,
  ended: endedText,
  'no-node': noNodeText,
  undeployed: () => 'The job is RUNNING, and none of its tasks has been deployed',
  slots: ({ needed, offered }) => `Needed: ${needed ?? 'unknown'}; offered: ${offered ?? 'unknown'}`,
  memory: ({ name, bytes }) => `${name}: ${formatBytes(bytes)}`,
  running: ({ what }) => `The job is ${what}`,
  completed: ({ checkpoints }) => `${plural(checkpoints, 'checkpoint')} completed`,
  'taken-little': ({ task: name, read, given }) =>
    `Whether ${task(name)} moves does not show: it had read ${grouped(read)} of up to ${grouped(given)} records`,
  'no-records': () => 'Whether the job moves does not show: its document counts no record yet',
  moved: ({ records }) => `Records go through every task, up to ${records} of them, and none is held up`,
  'free-threads': ({ dumps, threads }) => `${plural(threads, 'task thread')} in ${plural(dumps, 'dump')}, none of them stuck`,
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const evidenceSentence = (evidence: Evidence): string => say(EVIDENCE, evidence);

/** What to do first; what the sources advise comes behind it. */
const ADVICE: Words<CauseFacts> = {
  deadlock: () => 'Restart the TaskManager: a deadlock does not end by itself.',
  'hidden-wait': () => 'Give the wait a timeout, and never wait in an operator for what its own thread or the holder of its lock has to do.',
  'hanging-initialisation': () => 'Give what open() and initializeState() wait for a timeout, so that the attempt fails and says why.',
  convoy: () => 'Give each subtask an instance of its own instead of a static one under a lock.',
  'blocked-call': () => 'Give the client a timeout, and call out asynchronously (AsyncDataStream); then look at the other side.',
  'lock-held': () => 'Look at what the holder does; a second dump shows whether it moves.',
  'checkpoint-expired': checkpointAdvice,
  'back-pressure': ({ external }) =>
    external
      ? 'Call out asynchronously (AsyncDataStream) or in batches, or raise the parallelism of this vertex alone.'
      : 'Make this vertex faster or raise its parallelism; others need nothing.',
  'skewed-key': () => 'Spread the key (a salt and a second aggregation, or local pre-aggregation); more subtasks do not help.',
  'first-failure': () => 'Fix the cause at the end of its chain; what came after it follows from it.',
  'restart-loop': () => 'Fix the first failure; those of later attempts are what it left behind.',
  'memory-exhausted': ({ pool, at }) =>
    pool === 'container' && at === null
      ? 'Look at what the process takes outside of its heap before the limit of the container is raised.'
      : pool === 'threads'
        ? 'Look why that place starts so many threads, and whether they ever end.'
        : 'Look at what is allocated at that place before the pool is made larger.',
  'heartbeat-lost-in-gc': () => 'The heap is too small for what lives in it: look at state and caches on the heap before heartbeat.timeout.',
  'taskmanager-lost': lostAdvice,
  'cancel-stuck': () => 'Let the code react to interrupts; raising task.cancellation.timeout only hides it.',
  'slots-missing': ({ pod }) =>
    pod === null
      ? 'Add TaskManagers or slots, or lower the parallelism of the job.'
      : 'Make room for the pod (more nodes, smaller requests of the TaskManager), or lower the parallelism of the job.',
  finding: () => 'See the finding.',
  healthy: () => 'Nothing.',
  'not-assessed': () => 'Add what is missing: see the coverage.',
};

export const adviceSentence = (cause: Cause): string => say(ADVICE, cause);

/** The next command, which would tell more. `source`: of the first piece of evidence. */
const NEXT: Words<CauseFacts> = {
  deadlock: () => 'logjam graph SOURCE --view lock-wait --output deadlock.svg',
  'hidden-wait': () => 'jstack -l PID',
  'hanging-initialisation': () => 'jstack -l PID',
  convoy: () => 'logjam graph SOURCE --view lock-wait --output convoy.svg',
  'blocked-call': () => 'ss -tnp',
  'lock-held': () => 'jstack -l PID',
  // A dump that is there need not be asked for.
  'checkpoint-expired': ({ what }) => (what === null ? 'jstack -l PID' : isCall(what) ? 'ss -tnp' : ''),
  'back-pressure': () => 'jstack -l PID',
  'skewed-key': () => 'curl URL/jobs/JOB/vertices/VERTEX/subtasks/metrics?get=numRecordsIn',
  'first-failure': () => 'logjam check SOURCE',
  'restart-loop': () => 'logjam check SOURCE',
  // A histogram counts the heap, which is not what fills a container.
  'memory-exhausted': ({ pool }) => (pool === 'container' ? 'kubectl describe pod POD' : pool === 'threads' ? 'jstack PID' : 'jmap -histo:live PID'),
  'heartbeat-lost-in-gc': () => 'jmap -histo:live PID',
  // Where its end is told, describing it tells no more.
  'taskmanager-lost': ({ ended }) => (ended === null ? 'kubectl describe pod POD' : ended === 'memory' ? '' : 'kubectl get events'),
  'cancel-stuck': () => 'logjam check SOURCE',
  'slots-missing': ({ pod, offered }) => (pod !== null ? 'kubectl describe nodes' : offered === null ? 'curl URL/overview' : ''),
  finding: () => 'logjam check SOURCE',
  healthy: () => '',
  'not-assessed': () => '',
};

export function nextCommand(cause: Cause, source: string | null): string | null {
  const command = say(NEXT, cause);
  // A file in an archive is no argument of a command.
  if (command === '' || (command.includes('SOURCE') && (source === null || source.includes('!')))) return null;
  return command.replace('SOURCE', /\s/.test(source ?? '') ? `"${source}"` : (source ?? ''));
}

/** What would be worth having, and what it would decide. */
export interface MissingFacts {
  dumps: { process: string | null };
  'dump-of-subtask': { task: string; subtask: number };
  'more-dumps': { process: string };
  /** Of the dumps none shows what threads hold. */
  locks: { process: string | null };
  'master-log': Record<never, never>;
  'worker-log': { process: string | null };
  'gc-log': { process: string };
  plan: Record<never, never>;
  checkpoints: Record<never, never>;
}

export const MISSING: Words<MissingFacts> = {
  dumps: ({ process }) => `a thread dump of ${process ?? 'a TaskManager'}`,
  'dump-of-subtask': ({ task: name, subtask }) => `a thread dump of the TaskManager that runs subtask ${subtask} of ${task(name)}`,
  'more-dumps': ({ process }) => `a second dump of ${process}, some seconds later`,
  locks: ({ process }) => `a dump of ${process ?? 'a TaskManager'} with the locks that its threads hold`,
  'master-log': () => 'the log of the JobManager',
  'worker-log': ({ process }) => `the log of ${process ?? 'a TaskManager'}`,
  'gc-log': ({ process }) => `the GC log of ${process}`,
  plan: () => 'the job document (/jobs/JOB)',
  checkpoints: () => 'the checkpoint documents (/jobs/JOB/checkpoints)',
};

export const DECIDES: Words<MissingFacts> = {
  dumps: () => 'what the threads of its subtasks do',
  'dump-of-subtask': () => 'what its thread waits for: those that are here do not show it',
  'more-dumps': () => 'whether what the first one shows lasts',
  locks: () => 'whether threads wait for each other: without the locks a deadlock may not show',
  'master-log': () => 'what the job did, and whether checkpoints complete',
  'worker-log': () => 'why it failed or fell silent',
  'gc-log': () => 'whether it stood still in collections when it was not heard of',
  plan: () => 'which vertex feeds which, and how busy each is',
  checkpoints: () => 'which subtask did not acknowledge, and in which phase it was',
};

export interface UnresolvedFacts {
  process: { source: string; candidates: number };
  undated: { source: string };
  failure: { source: string; name: string };
  clock: { source: string; why: string };
  vertex: { source: string };
}

export const UNRESOLVED: Words<UnresolvedFacts> = {
  process: ({ source }) => `the process of ${source}`,
  undated: ({ source }) => `the day of ${source}`,
  failure: ({ source, name }) => `the first failure in ${source}, ${name}`,
  clock: ({ source }) => `the clock of ${source}`,
  vertex: ({ source }) => `the vertex of ${source}`,
};

export const UNRESOLVED_WHY: Words<UnresolvedFacts> = {
  process: ({ candidates }) => (candidates === 0 ? 'no log here is certain to be of the same process' : `${candidates} processes fit`),
  failure: () => 'no log here has that exception: they are of another time, or not complete',
  undated: () => 'its times have no date, and those of other logs do; it was not joined',
  clock: ({ why }) => why,
  vertex: () => 'the document does not say which one it is about; its id in the name of the file would',
};

/** What is said of the axis as a whole. */
export interface AxisFacts {
  offset: UtcOffset;
}

export const AXIS: Words<AxisFacts> = {
  offset: (offset) => `Times are those of the logs, in ${offsetText(offset)}.`,
};

/** Entries of the time axis that no record says. */
export interface EntryFacts {
  /** The same again within a second. */
  repeated: { text: string; times: number };
  pause: { kind: string; ms: number };
  dump: { threads: number };
  job: { from: string; to: string };
  state: { from: string; to: string };
}

export const ENTRIES: Words<EntryFacts> = {
  pause: ({ kind, ms }) => `${kind}: ${formatDuration(ms)}`,
  dump: ({ threads }) => `thread dump of ${plural(threads, 'thread')}`,
  job: ({ from, to }) => `job: ${from} → ${to}`,
  state: ({ from, to }) => `switched from ${from} to ${to}`,
  repeated: ({ text, times }) => `${text}, ${plural(times, 'time')}`,
};

/** Of digests that somebody else wrote. */
export const WRITTEN = {
  line: (name: string, line: number) => `${name}, line ${line}`,
  none: 'not a digest as "logjam digest" writes it',
  damaged: 'its digest is damaged, or another version of Logjam wrote it',
};

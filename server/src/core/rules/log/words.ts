import type {
  Cause,
  CauseFacts,
  Episode,
  EpisodeEvidence,
  EpisodeEvidenceFacts,
  FailedFacts,
  Failure,
  LostFacts,
} from '../../analysis/log/failureModel.ts';
import type { FollowerReason } from '../../knowledge/followers.ts';
import { eventKind } from '../../log/events.ts';
import { shortTask } from '../../log/taskNames.ts';
import { formatDuration, plural, say, shorten, type Words } from '../../wording.ts';

/** What is said of failures: by findings, and by the views and editor features above them. */

const FAILED: Words<FailedFacts> = {
  task: ({ name, subtask }) => `${subtask === null ? 'Task' : `Subtask ${subtask} of`} ${shortTask(name ?? '?')} failed`,
  process: ({ event }) => eventKind(event)?.title ?? event,
  shutdown: () => 'Shutdown of the process',
  'global-failure': () => 'The job as a whole failed',
  'job-ended': ({ job }) => `Job ${job} ended as FAILED`,
  'job-switched': ({ job, from, to }) => `Job ${job} went from ${from} to ${to}`,
  exception: ({ message, named }) =>
    message !== null ? `Exception with "${message.slice(0, 100)}"` : named ? 'Exception in the text' : 'A stack trace',
};

/** "Subtask 3/4 of Map failed". */
export const failureTitle = ({ failed }: Failure): string => say(FAILED, failed);

const thrownText = ({ className, message }: { className: string; message: string }): string =>
  message === '' ? className : `${className}: ${message}`;

const CAUSES: Words<CauseFacts> = {
  exception: ({ root, within }) => (within === null ? thrownText(root) : `${thrownText(root)} (in ${thrownText(within)})`),
  'out-of-memory': ({ pool }) => `java.lang.OutOfMemoryError${pool === null ? '' : `: ${pool}`}`,
  'container-killed': ({ limit, oom, exitCode }) => {
    if (limit !== null) return `container killed: over its ${limit} memory limit${exitCode === null ? '' : ` (exit code ${exitCode})`}`;
    return oom ? 'container killed: OOMKilled' : `container killed on request${exitCode === null ? '' : `, exit code ${exitCode}`}`;
  },
  signal: ({ name }) => `SIG${name ?? ''} from outside`,
};

/** "java.io.IOException: disk full". */
export const causeText = (cause: Cause): string => say(CAUSES, cause);

const FOLLOWERS: Readonly<Record<FollowerReason, string>> = {
  cancelled: 'the subtask was cancelled',
  'peer-failed': 'the TaskManager at the other end failed first',
  'partition-missing': 'the producer of the partition had failed or was not there yet',
  'producer-failed': 'the producer of the partition failed first',
  'producer-disconnected': 'the connection to the producer is gone',
  'going-down': 'its process or its job was already going down',
  'peer-silent': 'the other process was silent; what happened to it is in its own log',
  'peer-ended': 'the other process has ended',
  'peer-closed': 'the process at the other end closed the connection',
  'callee-gone': 'the process that was called is gone',
  interrupted: 'the thread was interrupted, as a rule by a cancellation',
};

/** "the subtask was cancelled". */
export const followerText = (reason: FollowerReason): string => FOLLOWERS[reason];

const LOST: Words<LostFacts> = {
  unreachable: ({ process, id }) => `${process} ${id} is no longer reachable`,
  silent: ({ process, id }) => `nothing is heard of ${process} ${id}`,
  disconnected: ({ peer }) => `the connection to TaskManager ${peer} is lost`,
};

const EVIDENCE: Words<EpisodeEvidenceFacts> = {
  first: ({ failure }) => (failure.seen ? failureTitle(failure) : `${failureTitle(failure)} before this line: only its final state is reported`),
  further: ({ failure }) => (failure.follower === null ? failureTitle(failure) : `${failureTitle(failure)}: ${followerText(failure.follower)}`),
  cancelled: ({ count }) => `${count} subtask${count === 1 ? ' is' : 's are'} cancelled from here on`,
  lost: ({ lost }) => say(LOST, lost),
};

export const evidenceText = (evidence: EpisodeEvidence): string => say(EVIDENCE, evidence);

const LONGEST_CAUSE = 300;

/** What failed first and why, and what followed. `cut`: how a cause is shortened that explains itself at length. */
export function verdictText(episode: Episode, cut: (cause: string) => string = (cause) => shorten(cause, LONGEST_CAUSE)): string {
  const { first, cancelled } = episode;
  const parts = [firstText(episode, first.cause === null ? null : unended(cut(causeText(first.cause))))];
  const own = episode.rest.filter((one) => one.follower === null);
  const followers = episode.rest.length - own.length;
  if (followers > 0) parts.push(`${plural(followers, 'further failure')} followed from it.`);
  if (own.length > 0) {
    const time = own[0]?.time ?? null;
    const after = time !== null && first.time !== null ? ` ${formatDuration(time - first.time)} later` : '';
    const causes = own.length === 1 ? 'a cause of its own' : 'causes of their own';
    parts.push(`${plural(own.length, 'other failure')} came${after} with ${causes}.`);
  }
  if (cancelled.length > 0) parts.push(`${plural(cancelled.length, 'subtask was', 'subtasks were')} cancelled.`);
  return parts.join(' ');
}

function firstText({ first, rest, symptomOnly, lost }: Episode, cause: string | null): string {
  const title = failureTitle(first);
  if (symptomOnly) {
    const elsewhere = lost === null ? '' : `; ${say(LOST, lost)}, so its own log is the one to read`;
    return `${title} as a consequence: ${first.follower === null ? '' : followerText(first.follower)}. What failed first is not in this text${elsewhere}.`;
  }
  if (cause === null) {
    if (!first.seen) return `${title} first; its cause is not in this text, which begins after the failure.`;
    if (first.kind === 'exception') return `${title}; the line that names its exception is not in this text.`;
    return `${title} first; no exception is printed with it.`;
  }
  const suspected = first.causeCertainty === 'suspected';
  if (first.kind === 'exception' && suspected && rest.length === 0)
    return `${ended(`${title}: ${cause}`)} No subtask and no job fails in this text, so it may have been dealt with.`;
  const nearby = suspected ? ' (the exception shortly before it; the text does not tie the two together)' : '';
  return ended(`${title} first, because of ${cause}${nearby}`);
}

/** To go on after: without its own full stop. */
const unended = (text: string): string => text.replace(/[\s.]+$/, '');

const ended = (text: string): string => (/[!?…]$/.test(text) ? text : `${text}.`);

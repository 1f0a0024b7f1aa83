/** What the client of a cluster says: why a call failed, and what calls cost. */
import { table } from '../../../common/table.ts';
import { formatBytes, formatDuration, type NoFacts, plural, quoted, type Words } from '../core/wording.ts';

/** Why a call has no answer. `said`: what the server said, without secrets. */
export interface FaultFacts {
  /** The system says why. */
  unreachable: { host: string; why: string };
  certificate: { host: string; why: string };
  /** 401 and 403. */
  refused: { status: number; said: string };
  /** To another host, which gets no credentials. */
  redirected: { host: string };
  'redirects-forbidden': NoFacts;
  html: { status: number; title: string };
  'not-json': { said: string };
  /** Something else in place of the result of a profiler. */
  'no-profile': { said: string };
  cut: { bytes: number };
  'too-large': { limit: number };
  slow: { ms: number };
  /** It came, and did not end. */
  unending: { ms: number };
  /** Any other status. */
  status: { status: number; said: string };
  budget: { what: 'bytes' | 'time' };
  /** A log that is fetched only where a person says so. */
  'large-log': { bytes: number };
  /** Not a fault: a part of a log was wanted. */
  parts: NoFacts;
  /** It is a History Server. */
  history: NoFacts;
  /** Results of a profiler before the newest ones. */
  'newest-profiles': { kept: number };
  /** A dump without locks was wanted. */
  'no-lite': NoFacts;
  cancelled: NoFacts;
}

/** What the codes of Node, undici and OpenSSL mean that people meet. */
const REASONS = table<string>({
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be resolved now',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  EHOSTUNREACH: 'no way leads to it',
  ENETUNREACH: 'no way leads to it',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody knows who signed it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody knows who signed it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'nobody knows who signed it',
  CERT_HAS_EXPIRED: 'it has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is that of another host',
});

const behind = (said: string): string => (said === '' ? '' : `: ${said}`);

export const FAULTS: Words<FaultFacts> = {
  unreachable: ({ host, why }) => `${host} does not answer (${REASONS[why] ?? why})`,
  certificate: ({ host, why }) => `the certificate of ${host} is not trusted (${REASONS[why] ?? why}); name the CA that signed it`,
  refused: ({ status, said }) =>
    status === 401 ? `the credentials are missing or wrong (401)${behind(said)}` : `access is not allowed (403)${behind(said)}`,
  redirected: ({ host }) => `it leads to ${host}, which is another host and gets no credentials; it may ask for a login`,
  'redirects-forbidden': () => 'it leads elsewhere, and a browser does not tell where to',
  html: ({ status, title }) =>
    `a web page came in place of an answer of Flink (${status}${title === '' ? '' : `, "${title}"`}); a proxy or a login may stand before it`,
  'not-json': ({ said }) => `what came is no JSON${behind(said)}`,
  'no-profile': ({ said }) => `what came is no flame graph of a profiler${behind(said)}`,
  cut: ({ bytes }) => `the answer was cut off after ${formatBytes(bytes)}`,
  'too-large': ({ limit }) => `the answer is larger than ${formatBytes(limit)}`,
  slow: ({ ms }) => `nothing came for ${formatDuration(ms)}`,
  unending: ({ ms }) => `the answer was not whole after ${formatDuration(ms)}`,
  status: ({ status, said }) => `the server answered ${status}${behind(said)}`,
  budget: ({ what }) =>
    what === 'bytes' ? 'the limit on the size of the snapshot was reached before it' : 'the limit on time was reached before it',
  'large-log': ({ bytes }) => `it has ${formatBytes(bytes)}; logs of more than 50 MB are fetched only when that is asked for`,
  parts: () => 'its beginning and its end were kept',
  history: () => 'a History Server has what ended jobs left behind, and no processes, logs, metrics or thread dumps',
  'newest-profiles': ({ kept }) => `only the ${kept} newest profiles of a process are fetched`,
  'no-lite': () => 'only Flink 2.4 and later give a thread dump without locks (mode=lite)',
  cancelled: () => 'it was cancelled',
};

/** What happens to a job while somebody watches, after which what it was like just then is soon gone. */
export interface MomentFacts {
  /** How many of its subtasks had acknowledged it, where the cluster tells. */
  'checkpoint-expired': OfJob & { checkpoint: number; acknowledged: number | null; of: number | null };
  'job-restarted': OfJob;
  'job-failed': OfJob;
}

interface OfJob {
  job: string;
  name: string;
}

export const MOMENTS: Words<MomentFacts> = {
  'checkpoint-expired': ({ name, checkpoint, acknowledged, of }) =>
    `Checkpoint ${checkpoint} of ${quoted(name)} has expired${
      acknowledged === null || of === null ? '' : `: ${acknowledged} of ${plural(of, 'subtask')} had acknowledged it`
    }`,
  'job-restarted': ({ name }) => `${quoted(name)} has restarted`,
  'job-failed': ({ name }) => `${quoted(name)} has failed`,
};

/** What a person is told before thread dumps are taken. */
export const DUMP_COST: string =
  'A thread dump stops all threads of the process while it is taken. Up to Flink 2.3 it is made by the thread that answers heartbeats: ' +
  'with some ten thousand threads this takes longer than heartbeat.timeout and healthy jobs fail over (FLINK-39984). ' +
  'With a few hundred threads it takes milliseconds.';

/** What a person is told before a profiler is started. */
export const PROFILE_COST: string =
  'async-profiler looks into the process at each tick until the time is over: usually this costs a few percent of its speed. ' +
  'One process has one profiler at a time. Its result stays on the machine of the process, in rest.profiling.dir, as long as it is among the ' +
  'newest ten (rest.profiling.history-size).';

/** Of a call: what failed, in one sentence. */
export const failed = (method: string, path: string, why: string): string => `${method} ${path}: ${why}`;

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { IncidentVerdict } from '../../../common/incident.ts';
import { isoTime } from '../../../common/isoTime.ts';
import { type CollectOptions, collect, USUAL } from '../cluster/collect.ts';
import { CallFailed } from '../cluster/errors.ts';
import { folderSink } from '../io/snapshotFolder.ts';
import { CLUSTER } from './clusterWords.ts';
import { inScratch } from './collectCommand.ts';
import { type Connection, connect } from './connection.ts';
import { UsageError } from './errors.ts';
import { incidentOf } from './incident.ts';
import { Inputs } from './inputs.ts';
import { WATCH_OPTIONS } from './options.ts';
import { digestSnapshot } from './reportCluster.ts';
import { out } from './terminal.ts';
import { wholeNumber } from './wholeNumber.ts';

/** Metrics are fetched by the JobManager every 10 s: sooner it answers the same. In s. */
const LEAST_INTERVAL = 10;
/** Of a large job the load of so many vertices is asked for each time. */
const MAX_VERTICES = 40;

/** `logjam watch`: a line with the verdict whenever it changes. It ends when it is told to, or after --times looks. */
export async function watchCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: WATCH_OPTIONS });
  const [url, more] = positionals;
  if (url === undefined || more !== undefined) throw new UsageError(CLUSTER.oneUrl('watch'));
  const interval = 1000 * wholeNumber('--interval', values.interval ?? '30', LEAST_INTERVAL, 86_400);
  const times = values.times === undefined ? Infinity : wholeNumber('--times', values.times, 1, 1_000_000);
  const inputs = new Inputs(values);
  const connection = await connect(url, values.access);
  const options: CollectOptions = {
    ...USUAL,
    jobs: values.job.length === 0 ? null : values.job,
    logs: 'none',
    flameGraphs: false,
    maxVertices: MAX_VERTICES,
    maxMs: 60_000,
  };
  try {
    let last = '';
    let failing = false;
    for (let look = 1; look <= times; look++) {
      const begun = Date.now();
      const time = isoTime(begun).slice(0, 19).replace('T', ' ');
      const seen = await lookOnce(connection, options, inputs);
      failing = typeof seen !== 'string' && seen.health === 'failing';
      const key = typeof seen === 'string' ? seen : `${seen.certainty} ${seen.sentence}`;
      if (key !== last) out(typeof seen === 'string' ? CLUSTER.unreachable(time, seen) : CLUSTER.verdict(time, seen.certainty, seen.sentence));
      last = key;
      if (look < times) await sleep(Math.max(0, begun + interval - Date.now()));
    }
    return inputs.code(failing ? 1 : 0);
  } finally {
    await connection.close();
  }
}

/** The verdict, or why there is none. */
function lookOnce({ client, host }: Connection, options: CollectOptions, inputs: Inputs): Promise<IncidentVerdict | string> {
  return inScratch(async (folder) => {
    await collect({ client, host, sink: folderSink(folder), options, signal: new AbortController().signal });
    const { verdict } = await incidentOf((await digestSnapshot(folder, inputs)).digest, inputs);
    return verdict;
  }).catch((error: unknown) => {
    if (error instanceof CallFailed) return error.message;
    throw error;
  });
}

import { parseArgs } from 'node:util';
import type { IncidentVerdict } from '../../../common/incident.ts';
import { isoTime } from '../../../common/isoTime.ts';
import { LEAST_INTERVAL, watch } from '../cluster/watch.ts';
import { MOMENTS } from '../cluster/words.ts';
import { say } from '../core/wording.ts';
import { folderSink } from '../io/snapshotFolder.ts';
import { CLUSTER } from './clusterWords.ts';
import { inScratch } from './collectCommand.ts';
import { connect } from './connection.ts';
import { UsageError } from './errors.ts';
import { incidentOf } from './incident.ts';
import { Inputs } from './inputs.ts';
import { WATCH_OPTIONS } from './options.ts';
import { digestSnapshot } from './reportCluster.ts';
import { out } from './terminal.ts';
import { wholeNumber } from './wholeNumber.ts';

/** `logjam watch`: a line with the verdict whenever it changes. It ends when it is told to, or after --times looks. */
export async function watchCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: WATCH_OPTIONS });
  const [url, more] = positionals;
  if (url === undefined || more !== undefined) throw new UsageError(CLUSTER.oneUrl('watch'));
  const interval = 1000 * wholeNumber('--interval', values.interval ?? '30', LEAST_INTERVAL / 1000, 86_400);
  const times = values.times === undefined ? Infinity : wholeNumber('--times', values.times, 1, 1_000_000);
  const inputs = new Inputs(values);
  const connection = await connect(url, values.access);
  const { client, host } = connection;
  let last = '';
  let failing = false;
  try {
    await watch<IncidentVerdict>({
      client,
      host,
      jobs: values.job.length === 0 ? null : values.job,
      interval,
      times,
      signal: new AbortController().signal,
      judge: (collectInto) =>
        inScratch(async (folder) => {
          await collectInto(folderSink(folder));
          return (await incidentOf((await digestSnapshot(folder, inputs)).digest, inputs)).verdict;
        }),
      onLook: (look) => {
        const told = 'fault' in look ? CLUSTER.unreachable(look.fault) : CLUSTER.verdict(look.verdict.certainty, look.verdict.sentence);
        failing = 'verdict' in look && look.verdict.health === 'failing';
        if (told !== last) out(`${timeOf(look.at)} ${told}\n`);
        last = told;
      },
      onMoments: (moments) => {
        for (const moment of moments) out(`${timeOf(host.now())} ${say(MOMENTS, moment)}\n`);
      },
    });
    return inputs.code(failing ? 1 : 0);
  } finally {
    await connection.close();
  }
}

const timeOf = (ms: number): string => isoTime(ms).slice(0, 19).replace('T', ' ');

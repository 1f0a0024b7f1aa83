import type { Digest } from '../core/incident/digest/model.ts';
import { uriOf } from '../workspace/disk.ts';
import type { Digested } from '../workspace/incidents.ts';
import { digestFiles } from '../workspace/incidents.ts';
import { CLUSTER } from './clusterWords.ts';
import { withSnapshot } from './collectCommand.ts';
import { connect } from './connection.ts';
import type { Inputs } from './inputs.ts';
import { type SnapshotValues, snapshotOptions } from './snapshotOptions.ts';
import { progress } from './terminal.ts';

/** What the files of a snapshot say; they are called as they are in it. */
export const digestSnapshot = (folder: string, { workspace }: Inputs): Promise<Digested> =>
  digestFiles(workspace, [uriOf(folder)], { names: () => (file) => file.below, say: progress });

/** What a running cluster says, by a snapshot that is not kept. */
export async function digestOfCluster(url: string, values: SnapshotValues & { quiet: boolean }, inputs: Inputs): Promise<Digest> {
  const options = snapshotOptions(values);
  const connection = await connect(url, values.access);
  try {
    return await withSnapshot(connection, options, values.quiet, async (folder) => {
      const { digest, left } = await digestSnapshot(folder, inputs);
      progress('');
      for (const { name, why, failed } of left) if (failed) inputs.failures.push({ path: name, message: why });
      inputs.note(CLUSTER.notKept);
      return digest;
    });
  } finally {
    await connection.close();
  }
}

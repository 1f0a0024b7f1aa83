import { parseArgs } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { jsonText } from '../../../common/visible.ts';
import { uriOf } from '../workspace/disk.ts';
import { digestFiles } from '../workspace/incidents.ts';
import type { ToDigest } from './digesting.ts';
import { Inputs } from './inputs.ts';
import { DIGEST_OPTIONS } from './options.ts';
import { type Command, say } from './thread.ts';

/** Answers with the digest of one file after the other until the thread is ended; digestStream.ts asks. `keep`: see cached.ts. */
export function serveDigests({ args }: Command, keep: () => void): void {
  const { values } = parseArgs({ args: [...args], allowPositionals: true, options: DIGEST_OPTIONS });
  const { workspace } = new Inputs({ ...values, output: undefined, quiet: true });
  let first = true;
  parentPort?.on('message', (message: ToDigest | { sign: string }) => {
    if (!('path' in message)) return;
    const { id, path, name } = message;
    void digestFiles(workspace, [uriOf(path)], {
      names:
        () =>
        ({ below }) =>
          below === '' ? name : `${name}/${below}`,
    }).then(({ digest }) => {
      say({ made: id, digest: jsonText(digest) });
      if (first) keep();
      first = false;
    });
  });
}

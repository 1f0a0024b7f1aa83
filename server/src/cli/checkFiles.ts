import { overFiles } from '../workspace/overFiles.ts';
import { PATIENT } from '../workspace/waiters.ts';
import { type Checked, type CheckedPart, checkFile } from './checkFile.ts';
import type { Inputs, Source } from './inputs.ts';
import { progress } from './terminal.ts';
import { watch } from './thread.ts';
import { CHECK } from './words.ts';

/** Checks each file, in threads where that is worth it; tells of all in the order of the files. */
export async function checkFiles(
  inputs: Pick<Inputs, 'workspace' | 'telling'>,
  sources: readonly Source[],
  take: (source: Source, checked: Checked) => void,
): Promise<void> {
  const files = sources.map((source) => ({ ...source, name: source.path }));
  const made = new Map<number, CheckedPart[]>();
  let next = 0;
  await overFiles(inputs.workspace, files, {
    say: ({ path }, begun) => progress(CHECK.progress(begun - 1, files.length, path)),
    waiter: PATIENT,
    here: (file) => checkFile(inputs.workspace, file, watch, files.length === 1),
    reading: 'check',
    lost: (_, message): CheckedPart[] => [{ failure: { message, tooLarge: false } }],
    put: async (index, parts) => {
      made.set(index, parts);
      for (let ready = made.get(next); ready !== undefined; ready = made.get(++next)) {
        made.delete(next);
        const source = sources[next] as Source;
        const told = inputs.telling(source);
        for (const part of ready) {
          const checked = told.take(part);
          if (checked !== null) take(source, checked);
        }
        told.end();
      }
    },
  });
}

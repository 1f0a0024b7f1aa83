import { traitsOf } from '../../../common/ids.ts';
import { baseName } from '../../../common/virtual.ts';
import { rotatedBeside } from '../core/log/rotation.ts';
import type { Lens } from '../features/types.ts';
import type { Analysed, Workspace } from '../workspace/workspace.ts';
import { WORDS } from './words.ts';

/** At the head of a log: the files that its rotation has put aside, to be read together with it. */
export async function rotationLens(workspace: Workspace, { uri, analysis }: Analysed): Promise<Lens[]> {
  if (!traitsOf(analysis.kind).together) return [];
  const beside = await workspace.beside(uri);
  const names = new Map(beside.map((one) => [baseName(one), one]));
  const rotated = rotatedBeside(baseName(uri), [...names.keys()]);
  if (rotated.length === 0) return [];
  const together = [uri, ...rotated.map((name) => names.get(name) as string)];
  return [
    {
      span: { start: 0, end: 0 },
      title: WORDS.rotated(rotated.length),
      tooltip: rotated.join(', '),
      command: { id: 'logjam.analyseTogether', arguments: [together] },
    },
  ];
}

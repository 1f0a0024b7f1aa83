import { Cancelled } from '../core/checkpoint.ts';
import type { Digest } from '../core/incident/digest/model.ts';
import { isSeveral } from '../core/kinds/index.ts';
import { digestOf } from '../workspace/digestOf.ts';
import type { Watch } from '../workspace/watch.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { failureOf, type Part } from './parts.ts';
import { type FileReport, fileReport } from './report.ts';

/** Of a text that was read: what there is to say of it, and of it beside others. */
export interface Checked {
  report: FileReport;
  /** Whether it is of a kind that is read here. */
  known: boolean;
  /** Null where there is nothing to be said, or nothing that it stands beside. */
  digest: Digest | null;
}

export type CheckedPart = Part<Checked>;

/**
 * Checks a file, or each of an archive. One that fails keeps nothing back of what was read before.
 *
 * @param alone there is no other file
 */
export async function checkFile(
  workspace: Workspace,
  { uri, name }: { uri: string; name: string },
  watch: Watch,
  alone = false,
): Promise<CheckedPart[]> {
  const parts: CheckedPart[] = [];
  try {
    for await (const one of workspace.each(uri, name)) {
      if ('left' in one) {
        parts.push({ left: { message: one.left.message, failed: one.left.failed } });
        continue;
      }
      const loaded = { ...one.document, name: one.name };
      // What is made of it belongs to it.
      watch.enter(loaded.uri, loaded.settings['logjam.analysis.timeLimit']);
      const known = loaded.analysis.kind !== 'unknown';
      const beside = !alone || loaded.uri !== uri || isSeveral(loaded.analysis);
      const digest = known && beside ? await digestOf(workspace, loaded, loaded.name, one.size) : null;
      parts.push({ part: { report: await fileReport(loaded, workspace.places), known, digest } });
      watch.leave();
    }
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    parts.push({ failure: failureOf(error) });
  }
  return parts;
}

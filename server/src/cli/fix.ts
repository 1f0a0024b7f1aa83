import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceFile } from '../io/replaceFile.ts';
import type { FileStat } from '../workspace/fileSystem.ts';
import { type FixedFile, fixedJava, NotEditable, patchOf } from '../workspace/javaFixes.ts';
import { Refused } from './errors.ts';
import type { Inputs, Source } from './inputs.ts';
import { err, outExact } from './terminal.ts';
import { FIXES } from './words.ts';

export interface FixOptions {
  inputs: Inputs;
  /** "write" changes the files, "diff" prints a patch for all of them to standard output. */
  mode: 'write' | 'diff';
}

/**
 * `logjam check … --fix` and `--diff`: applies the fixes of Java sources that are safe.
 *
 * @param sources from `sources()` of inputs.ts; everything that is no Java source is passed by
 * @returns how many files change, and how many findings stay (each said on standard error)
 */
export async function fixSources(sources: readonly Source[], { inputs, mode }: FixOptions): Promise<{ changed: number; left: number }> {
  let changed = 0;
  let left = 0;
  for (const source of sources) {
    if (!source.path.endsWith('.java')) continue;
    try {
      const fixed = await fixSource(source, { inputs, mode });
      if (fixed.changed) changed++;
      left += fixed.left;
    } catch (error) {
      inputs.fail(source.path, error instanceof NotEditable ? new Refused(FIXES.encoding) : error);
    }
  }
  return { changed, left };
}

async function fixSource(source: Source, { inputs, mode }: FixOptions): Promise<{ changed: boolean; left: number }> {
  const fixed = await fixedJava(inputs.workspace, source.uri);
  if (fixed === null) return { changed: false, left: 0 };
  const { content, stat, after, applied } = fixed;
  const shown = source.path.split(path.sep).join('/').replace(/^\.\//, '');
  const changed = after !== content.text;
  if (changed && mode === 'diff') outExact(content.bytes(patchOf(fromHere(source.uri), content.text, after)));
  else if (changed) {
    await replaceSource(source, content.bytes(after), stat);
    err(`${shown}: ${FIXES.moved(applied.map(({ method }) => method))}\n`);
  }
  sayWhatStays(fixed, shown);
  return { changed, left: fixed.left.length };
}

/** Nothing is written outside of what was named: a link in a named folder may lead anywhere. */
async function replaceSource(source: Source, content: Uint8Array, stat: FileStat | null): Promise<void> {
  const file = fileURLToPath(source.uri);
  if (source.root !== null) {
    const [root, target] = [await realpath(source.root), await realpath(file)];
    if (!target.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) throw new Refused(FIXES.outside(target));
  }
  await replaceFile(file, content, stat?.stamp);
}

/** From the current folder on: `git apply` takes no other paths, and on Windows a file may lie on another drive. */
const fromHere = (uri: string): string => path.relative('', fileURLToPath(uri)).split(path.sep).join('/');

function sayWhatStays({ left, literal }: FixedFile, shown: string): void {
  const none = literal ? FIXES.noFix : FIXES.packed;
  for (const { finding, line } of left) {
    const fix = finding.fixes[0];
    const why = fix?.by !== 'edits' ? (fix?.title ?? none) : FIXES.notByItself(fix.cost ?? fix.title);
    err(`${shown}:${line}: ${why}\n`);
  }
}

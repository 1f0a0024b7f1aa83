import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Settings } from '../../../common/settings.ts';
import { type FixedJava, fixAllJava, lineEdits } from '../core/analysis/java/edit/fixAll.ts';
import { applyEdits, type Edit, isSafe } from '../core/analysis/java/edit/plan.ts';
import { ownCallbacks } from '../core/analysis/java/guarded.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import type { OpenedSource } from '../core/java/open.ts';
import { javaSourceKind } from '../core/kinds/javaSource.ts';
import { writtenBack } from '../core/rules/java/inFile.ts';
import { escapeRegExp } from '../core/wording.ts';
import { editable } from '../io/editable.ts';
import { replaceFile } from '../io/replaceFile.ts';
import type { FileStat } from '../workspace/fileSystem.ts';
import { widthOfProject } from '../workspace/javaWidth.ts';
import { Refused } from './errors.ts';
import type { Inputs, Source } from './inputs.ts';
import { err, outExact } from './terminal.ts';
import { FIXES } from './words.ts';

/** Stands for a text that could not be read. */
const ANYTHING = '\0';

export interface FixOptions {
  inputs: Inputs;
  /** "write" changes the files, "diff" prints a patch for all of them to standard output. */
  mode: 'write' | 'diff';
}

/**
 * `logjam check … --fix` and `--diff`: applies the fixes of Java sources that are safe. A fix that changes a method
 * which other files of the package could call is applied when none of them mentions the method.
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
      inputs.fail(source.path, error);
    }
  }
  return { changed, left };
}

async function fixSource(source: Source, { inputs, mode }: FixOptions): Promise<{ changed: boolean; left: number }> {
  const settings = await inputs.settings.of(source.uri);
  const { files } = inputs.workspace;
  const stat = await files.stat(source.uri);
  const bytes = await files.read(source.uri);
  if (bytes === null || typeof bytes === 'string') return { changed: false, left: 0 };
  const content = editable(bytes);
  if (content === null) throw new Refused(FIXES.encoding);
  const { text: before } = content;
  // The same rule as in the editor decides whether the file is looked at.
  const analysis = await javaSourceKind.analyse({ uri: source.uri, text: before, kind: 'java-source' }, { settings, checkpoint: NO_CHECKPOINT });
  if (analysis.findings.length === 0) return { changed: false, left: 0 };
  const neighbours = await neighboursOf(source.uri, inputs);
  const fixed: FixedJava = { text: before, applied: [] };
  for (const unit of analysis.units.toReversed()) {
    const { text, applied } = fixAllJava(unit.source.text, (plan) => acceptable(plan, neighbours), {
      own: ownCallbacks(settings['logjam.java.callbacks']),
      width: await widthOfProject(files, source.uri),
    });
    const after = intoFile(fixed.text, text, unit);
    if (after === null) continue;
    fixed.text = after;
    fixed.applied.unshift(...applied);
  }
  const shown = source.path.split(path.sep).join('/').replace(/^\.\//, '');
  const changed = fixed.text !== before;
  if (changed && mode === 'diff') outExact(content.bytes(patchOf(fromHere(source.uri), before, fixed.text)));
  else if (changed) {
    await replaceSource(source, content.bytes(fixed.text), stat);
    err(`${shown}: ${FIXES.moved(fixed.applied.map(({ method }) => method))}\n`);
  }
  return { changed, left: await sayWhatStays(source, fixed.text, shown, settings) };
}

/** A file whose part behind a source may have changed, with the source in it changed too; null where it cannot be written back. */
function intoFile(file: string, changed: string, { source, literal }: OpenedSource): string | null {
  if (source.map === null) return changed;
  const edits = literal ? writtenBack(lineEdits(source.text, changed, ''), source, file) : null;
  return edits === null ? null : applyEdits(file, edits);
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

/** A patch in unified format, as `patch -p1` and `git apply` read it. */
const patchOf = (name: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });

function acceptable(plan: Edit, neighbours: readonly string[]): boolean {
  if (plan.safe) return true;
  // All that speaks against it must be that callers elsewhere would have to follow.
  if (plan.signatures.length === 0 || !isSafe(plan.costs.filter(({ code }) => code !== 'signature'))) return false;
  const mention = new RegExp(`\\b(?:${plan.signatures.map(escapeRegExp).join('|')})\\b`);
  return !neighbours.some((text) => text === ANYTHING || mention.test(text));
}

/** Texts of the other Java files of the package: the same folder, and its twin among the tests. */
async function neighboursOf(uri: string, { workspace }: Inputs): Promise<string[]> {
  const twin = uri.replace('/src/main/java/', '/src/test/java/');
  const beside = [...(await workspace.beside(uri)), ...(twin === uri ? [] : await workspace.beside(twin))];
  const texts: string[] = [];
  for (const one of beside) {
    if (!one.endsWith('.java') || one === uri) continue;
    // One that cannot be read may mention anything: then no method is changed that it could call.
    const found = await workspace.texts(one).catch(() => null);
    texts.push(found?.texts[0]?.text ?? ANYTHING);
  }
  return texts;
}

async function sayWhatStays(source: Source, text: string, shown: string, settings: Settings): Promise<number> {
  const { findings, units } = await javaSourceKind.analyse({ uri: source.uri, text, kind: 'java-source' }, { settings, checkpoint: NO_CHECKPOINT });
  const none = units.every(({ literal }) => literal) ? FIXES.noFix : FIXES.packed;
  for (const one of findings) {
    const line = text.slice(0, one.at.span.start).split('\n').length;
    const fix = one.fixes[0];
    const why = fix?.by !== 'edits' ? (fix?.title ?? none) : FIXES.notByItself(fix.cost ?? fix.title);
    err(`${shown}:${line}: ${why}\n`);
  }
  return findings.length;
}

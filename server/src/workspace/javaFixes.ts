import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type FixedJava, fixAllJava, lineEdits } from '../core/analysis/java/edit/fixAll.ts';
import { applyEdits, type Edit, isSafe } from '../core/analysis/java/edit/plan.ts';
import { ownCallbacks } from '../core/analysis/java/guarded.ts';
import type { JavaAnalysis } from '../core/analysis/java/model.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import type { OpenedSource } from '../core/java/open.ts';
import { javaSourceKind } from '../core/kinds/javaSource.ts';
import type { Finding } from '../core/model.ts';
import { writtenBack } from '../core/rules/java/inFile.ts';
import { escapeRegExp } from '../core/wording.ts';
import { type Editable, editable } from '../io/editable.ts';
import type { FileStat } from './fileSystem.ts';
import { widthOfProject } from './javaWidth.ts';
import type { Workspace } from './workspace.ts';

/** Stands for a text that could not be read. */
const ANYTHING = '\0';

/** The encoding of a file has no ASCII in its place: nothing can be written into it. */
export class NotEditable extends Error {
  override name = 'NotEditable';
}

/** A Java file before and after the fixes that are safe. Nothing is written. */
export interface FixedFile {
  content: Editable;
  /** As it was when it was read. */
  stat: FileStat | null;
  after: string;
  applied: FixedJava['applied'];
  /** What is found in it afterwards, with its line, from 1. */
  left: { finding: Finding; line: number }[];
  /** All of its sources are written in the file as they are. */
  literal: boolean;
}

/**
 * A fix that changes a method which other files of the package could call is applied when none of them mentions the method.
 * Null where there is no such file, or nothing is found in it.
 *
 * @throws NotEditable
 */
export async function fixedJava(workspace: Workspace, uri: string): Promise<FixedFile | null> {
  const settings = await workspace.settingsOf(uri);
  const { files } = workspace;
  const stat = await files.stat(uri);
  const bytes = await files.read(uri);
  if (bytes === null || typeof bytes === 'string') return null;
  const content = editable(bytes);
  if (content === null) throw new NotEditable();
  const analysed = (text: string): Promise<JavaAnalysis> =>
    javaSourceKind.analyse({ uri, text, kind: 'java-source' }, { settings, checkpoint: NO_CHECKPOINT });
  // The same rule as in the editor decides whether the file is looked at.
  const analysis = await analysed(content.text);
  if (analysis.findings.length === 0) return null;
  const neighbours = await neighboursOf(uri, workspace);
  const fixed: FixedJava = { text: content.text, applied: [] };
  for (const unit of analysis.units.toReversed()) {
    const { text, applied } = fixAllJava(unit.source.text, (plan) => acceptable(plan, neighbours), {
      own: ownCallbacks(settings['logjam.java.callbacks']),
      width: await widthOfProject(files, uri),
    });
    const after = intoFile(fixed.text, text, unit);
    if (after === null) continue;
    fixed.text = after;
    fixed.applied.unshift(...applied);
  }
  const { findings, units } = await analysed(fixed.text);
  const left = findings.map((finding) => ({ finding, line: fixed.text.slice(0, finding.at.span.start).split('\n').length }));
  return { content, stat, after: fixed.text, applied: fixed.applied, left, literal: units.every((unit) => unit.literal) };
}

/** A patch in unified format, as `patch -p1` and `git apply` read it. `name`: the path of the file, from where it is applied. */
export const patchOf = (name: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });

/** A file whose part behind a source may have changed, with the source in it changed too; null where it cannot be written back. */
function intoFile(file: string, changed: string, { source, literal }: OpenedSource): string | null {
  if (source.map === null) return changed;
  const edits = literal ? writtenBack(lineEdits(source.text, changed, ''), source, file) : null;
  return edits === null ? null : applyEdits(file, edits);
}

function acceptable(plan: Edit, neighbours: readonly string[]): boolean {
  if (plan.safe) return true;
  // All that speaks against it must be that callers elsewhere would have to follow.
  if (plan.signatures.length === 0 || !isSafe(plan.costs.filter(({ code }) => code !== 'signature'))) return false;
  const mention = new RegExp(`\\b(?:${plan.signatures.map(escapeRegExp).join('|')})\\b`);
  return !neighbours.some((text) => text === ANYTHING || mention.test(text));
}

/** Texts of the other Java files of the package: the same folder, and its twin among the tests. */
async function neighboursOf(uri: string, workspace: Workspace): Promise<string[]> {
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

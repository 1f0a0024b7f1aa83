import { fixAllJava, lineEdits } from '../../core/analysis/java/edit/fixAll.ts';
import { ownCallbacks } from '../../core/analysis/java/guarded.ts';
import type { HeldLock } from '../../core/analysis/java/locks.ts';
import type { GuardedCall, HeldPath, JavaAnalysis } from '../../core/analysis/java/model.ts';
import type { TextEdit } from '../../core/model.ts';
import { LineIndex } from '../../core/text.ts';
import type { Document, Hover, LanguageFeatures } from '../types.ts';
import { JAVA_FEATURES } from './words.ts';

type JavaDocument = Document<JavaAnalysis>;

/** On the call of a callback: what it does, which lock is held, and what Flink did about such calls. */
function hover({ analysis, text }: JavaDocument, offset: number): Hover | null {
  const guarded = analysis.model?.guarded.find(({ callback }) => callback.call.nameNode.from <= offset && offset <= callback.call.nameNode.to);
  if (guarded === undefined) return null;
  const { entry, call } = guarded.callback;
  const lines = new LineIndex(text);
  return {
    span: { start: call.nameNode.from, end: call.nameNode.to },
    markdown: JAVA_FEATURES.callback({ entry, paths: guarded.paths.map((path) => pathOf(path, guarded, lines)) }),
  };
}

function pathOf(path: HeldPath, guarded: GuardedCall, lines: LineIndex) {
  const lock = path.locks.at(-1) as HeldLock;
  const line = (offset: number): number => lines.lineOf(offset) + 1;
  const steps = [...path.steps, guarded.callback.call].map(({ name, nameNode }) => ({ method: name, line: line(nameNode.from) }));
  return { lock: lock.lock, lockLine: line(lock.span.start), steps };
}

/** Every fix that needs no look, worked out one after the other so that none disturbs another. */
function fixAll({ analysis, text, settings }: JavaDocument): TextEdit[] {
  if (!analysis.findings.some((finding) => finding.fixes.some((fix) => fix.by === 'edits' && fix.safe === true))) return [];
  const fixed = fixAllJava(text, (plan) => plan.safe, { own: ownCallbacks(settings['logjam.java.callbacks']), width: analysis.model?.width ?? null });
  return lineEdits(text, fixed.text, JAVA_FEATURES.fixAll);
}

export const javaSourceFeatures: LanguageFeatures<JavaAnalysis> = { hover, fixAll };

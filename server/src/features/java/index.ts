import { fixAllJava, lineEdits } from '../../core/analysis/java/edit/fixAll.ts';
import { ownCallbacks } from '../../core/analysis/java/guarded.ts';
import type { HeldLock } from '../../core/analysis/java/locks.ts';
import type { GuardedCall, HeldPath, JavaAnalysis } from '../../core/analysis/java/model.ts';
import type { TextEdit } from '../../core/model.ts';
import { writtenBack } from '../../core/rules/java/inFile.ts';
import { LineIndex } from '../../core/text.ts';
import type { Document, Hover, LanguageFeatures } from '../types.ts';
import { JAVA_FEATURES } from './words.ts';

type JavaDocument = Document<JavaAnalysis>;

/** On the call of a callback: what it does, which lock is held, and what Flink did about such calls. */
function hover({ analysis, text }: JavaDocument, offset: number): Hover | null {
  for (const { model, source } of analysis.units) {
    for (const guarded of model?.guarded ?? []) {
      const { entry, call } = guarded.callback;
      const span = source.span(call.nameNode.from, call.nameNode.to);
      if (offset < span.start || span.end < offset) continue;
      const lines = new LineIndex(text);
      const line = (at: number): number => lines.lineOf(source.span(at, at).start) + 1;
      return { span, markdown: JAVA_FEATURES.callback({ entry, paths: guarded.paths.map((path) => pathOf(path, guarded, line)) }) };
    }
  }
  return null;
}

function pathOf(path: HeldPath, guarded: GuardedCall, line: (offset: number) => number) {
  const lock = path.locks.at(-1) as HeldLock;
  const steps = [...path.steps, guarded.callback.call].map(({ name, nameNode }) => ({ method: name, line: line(nameNode.from) }));
  return { lock: lock.lock, lockLine: line(lock.span.start), steps };
}

/** Every fix that needs no look, worked out one after the other so that none disturbs another. */
function fixAll({ analysis, text, settings }: JavaDocument): TextEdit[] {
  if (!analysis.findings.some((finding) => finding.fixes.some((fix) => fix.by === 'edits' && fix.safe === true))) return [];
  const own = ownCallbacks(settings['logjam.java.callbacks']);
  return analysis.units.flatMap(({ source, literal, model }) => {
    if (!literal) return [];
    const fixed = fixAllJava(source.text, (plan) => plan.safe, { own, width: model?.width ?? null });
    return writtenBack(lineEdits(source.text, fixed.text, JAVA_FEATURES.fixAll), source, text) ?? [];
  });
}

export const javaSourceFeatures: LanguageFeatures<JavaAnalysis> = { hover, fixAll };

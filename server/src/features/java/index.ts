import { fixAllJava, lineEdits } from '../../core/analysis/java/edit/fixAll.ts';
import { ownCallbacks } from '../../core/analysis/java/guarded.ts';
import type { HeldLock } from '../../core/analysis/java/locks.ts';
import type { GuardedCall, HeldPath, JavaAnalysis } from '../../core/analysis/java/model.ts';
import type { TextEdit } from '../../core/model.ts';
import { LineIndex } from '../../core/text.ts';
import type { Document, Hover, LanguageFeatures } from '../types.ts';

type JavaDocument = Document<JavaAnalysis>;

/** On the call of a callback: what it does, which lock is held, and what Flink did about such calls. */
function hover({ analysis, text }: JavaDocument, offset: number): Hover | null {
  const guarded = analysis.model?.guarded.find(({ callback }) => callback.call.nameNode.from <= offset && offset <= callback.call.nameNode.to);
  if (guarded === undefined) return null;
  const { entry, call } = guarded.callback;
  const lines = new LineIndex(text);
  const history = entry.history.length === 0 ? '' : `\n\nIn Flink's history:\n${entry.history.map((one) => `- ${one}`).join('\n')}`;
  return {
    span: { start: call.nameNode.from, end: call.nameNode.to },
    markdown: `**${entry.method}()** ${entry.danger}.\n\n${guarded.paths.map((path) => `- ${pathWords(path, guarded, lines)}`).join('\n')}${history}`,
  };
}

function pathWords(path: HeldPath, guarded: GuardedCall, lines: LineIndex): string {
  const lock = path.locks.at(-1) as HeldLock;
  const at = (offset: number): string => `line ${lines.lineOf(offset) + 1}`;
  const calls = [...path.steps, guarded.callback.call].map((step) => `\`${step.name}()\` (${at(step.nameNode.from)})`).join(' → ');
  return `\`${lock.lock}\` is held from ${at(lock.span.start)}: ${calls}`;
}

/** Every fix that needs no look, worked out one after the other so that none disturbs another. */
function fixAll({ analysis, text, settings }: JavaDocument): TextEdit[] {
  if (!analysis.findings.some((finding) => finding.fixes.some((fix) => fix.by === 'edits' && fix.safe === true))) return [];
  const fixed = fixAllJava(text, (plan) => plan.safe, ownCallbacks(settings['logjam.java.callbacks']));
  return lineEdits(text, fixed.text, 'Make callbacks after the lock is released');
}

export const javaSourceFeatures: LanguageFeatures<JavaAnalysis> = { hover, fixAll };

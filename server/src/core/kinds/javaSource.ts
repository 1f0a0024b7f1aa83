import { mayHoldCallbacks, ownCallbacks, readJava } from '../analysis/java/guarded.ts';
import { mayConcernJobs } from '../analysis/java/jobs/index.ts';
import type { JavaAnalysis } from '../analysis/java/model.ts';
import { settle } from '../findings.ts';
import { unreadLines } from '../java/syntax.ts';
import { LOCK_CALLBACKS } from '../knowledge/lock-callbacks.ts';
import type { Input, Options } from '../model.ts';
import { javaRules } from '../rules/java/index.ts';
import { javaSummary } from '../views/java/summary.ts';
import type { KindModule } from './kind.ts';

/** Flink's own sources and programs that use Flink; other Java files only when the setting names them. */
function concerns(input: Input, options: Options): boolean {
  if (input.text.includes('org.apache.flink')) return true;
  return options.settings['logjam.java.files'].some((part) => part !== '' && input.uri.includes(part));
}

async function analyse(input: Input, options: Options): Promise<JavaAnalysis> {
  const own = ownCallbacks(options.settings['logjam.java.callbacks']);
  const analysis: JavaAnalysis = { kind: 'java-source', dialect: 'java', flinkVersion: null, problems: [], findings: [], model: null };
  if (!concerns(input, options)) return analysis;
  if (!mayHoldCallbacks(input.text, [...LOCK_CALLBACKS, ...own]) && !mayConcernJobs(input.text)) return analysis;
  const model = readJava(input.uri, input.text, own);
  if (options.checkpoint.due()) await options.checkpoint.pause();
  const drafts = javaRules.flatMap((rule) => rule.check(model, { settings: options.settings, uri: input.uri }));
  return { ...analysis, model, problems: unreadLines(input.text), findings: settle(drafts, input.uri) };
}

export const javaSourceKind: KindModule<'java-source'> = { analyse, summary: javaSummary, graphs: {}, documents: {}, texts: {} };

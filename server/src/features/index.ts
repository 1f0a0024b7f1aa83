import type { Kind } from '../../../common/ids.ts';
import type { AnalysisOf, KnownKind } from '../core/kinds/kind.ts';
import type { LanguageFeatures } from './types.ts';

/** Loaded when they are asked for, as the kinds are (`core/kinds`). */
const FEATURES: { readonly [K in KnownKind]: () => Promise<LanguageFeatures<AnalysisOf[K]>> } = {
  'thread-dump': async () => (await import('./threaddump/index.ts')).threadDumpFeatures,
  'flink-log': async () => (await import('./log/index.ts')).flinkLogFeatures,
  'gc-log': async () => (await import('./gc/index.ts')).gcLogFeatures,
  'job-graph': async () => (await import('./jobgraph/index.ts')).jobGraphFeatures,
  'rest-document': async () => (await import('./rest/index.ts')).restFeatures,
  'java-source': async () => (await import('./java/index.ts')).javaSourceFeatures,
};

const NONE: LanguageFeatures = {};

/** What the editor offers in a file of a kind; to be given documents of this kind only. */
export async function featuresOf(kind: Kind): Promise<LanguageFeatures> {
  return kind === 'unknown' ? NONE : FEATURES[kind]();
}

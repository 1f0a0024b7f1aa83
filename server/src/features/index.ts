import type { Kind } from '../../../common/ids.ts';
import type { AnalysisOf, KnownKind } from '../core/kinds/kind.ts';
import { gcLogFeatures } from './gc/index.ts';
import { javaSourceFeatures } from './java/index.ts';
import { jobGraphFeatures } from './jobgraph/index.ts';
import { flinkLogFeatures } from './log/index.ts';
import { restFeatures } from './rest/index.ts';
import { threadDumpFeatures } from './threaddump/index.ts';
import type { LanguageFeatures } from './types.ts';

const FEATURES: { readonly [K in KnownKind]: LanguageFeatures<AnalysisOf[K]> } = {
  'thread-dump': threadDumpFeatures,
  'flink-log': flinkLogFeatures,
  'gc-log': gcLogFeatures,
  'job-graph': jobGraphFeatures,
  'rest-document': restFeatures,
  'java-source': javaSourceFeatures,
};

const NONE: LanguageFeatures = {};

/** What the editor offers in a file of a kind; to be given documents of this kind only. */
export function featuresOf(kind: Kind): LanguageFeatures {
  return kind === 'unknown' ? NONE : FEATURES[kind];
}

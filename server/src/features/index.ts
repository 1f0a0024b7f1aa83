import type { Kind } from '../../../common/ids.ts';
import { gcLogFeatures } from './gc/index.ts';
import { javaSourceFeatures } from './java/index.ts';
import { jobGraphFeatures } from './jobgraph/index.ts';
import { flinkLogFeatures } from './log/index.ts';
import { threadDumpFeatures } from './threaddump/index.ts';
import type { LanguageFeatures } from './types.ts';

const FEATURES: Partial<Record<Kind, unknown>> = {
  'thread-dump': threadDumpFeatures,
  'flink-log': flinkLogFeatures,
  'gc-log': gcLogFeatures,
  'job-graph': jobGraphFeatures,
  'java-source': javaSourceFeatures,
};

export function featuresOf(kind: Kind): LanguageFeatures {
  return (FEATURES[kind] ?? {}) as LanguageFeatures;
}

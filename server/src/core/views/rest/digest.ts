import type { Span } from '../../../../../common/span.ts';
import type { RestAnalysis } from '../../analysis/rest/model.ts';
import type { Keep } from '../../incident/digest/fit.ts';
import type { RestDigest, Thin } from '../../incident/digest/model.ts';
import type { LineOf } from '../../incident/digest/source.ts';
import type { RestDocument } from '../../rest/model.ts';
import { Source } from '../../unwrap/source.ts';
import { planDigest } from '../jobgraph/digest.ts';
import { logDigest } from '../log/digest.ts';

const MAX_TEXT = 500;

/** What documents say beyond themselves: all that was read of them, with lines in place of places. */
export function restDigest({ rest, failures, graph }: RestAnalysis, keep: Keep, lineOf: LineOf): RestDigest {
  const told = rest.documents.filter(({ type }) => type !== 'other');
  return {
    archive: rest.archive,
    documents: keep.first(told).map((document) => thin(document, keep, lineOf) as Thin<RestDocument>),
    failures: failures === null ? null : logDigest(failures, keep),
    plans: graph === null ? { plans: [] } : planDigest(graph, keep, lineOf),
  };
}

function thin(value: unknown, keep: Keep, lineOf: LineOf): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (Array.isArray(value)) return keep.first(value).map((item) => thin(item, keep, lineOf));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === 'span') result.line = lineOf(member as Span);
    else if (!key.endsWith('Span') && !(member instanceof Source)) result[key] = thin(member, keep, lineOf);
  }
  return result;
}

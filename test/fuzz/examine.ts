// Everything the core does with a text: what a fuzz run and the regression test put every input through.
import assert from 'node:assert/strict';
import type { GraphView } from '../../common/graph.ts';
import { analyse, graph, moduleOf, report, summary } from '../../server/src/core/index.ts';

/** Analyses a text and asks for all that can be shown of it. @throws whatever the core throws, and when a place is outside of the text */
export async function examine(text: string): Promise<string> {
  const analysis = await analyse({ uri: 'file:///fuzz', text });
  for (const { span } of [...analysis.problems, ...analysis.findings]) {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `place ${span.start}-${span.end} in a text of ${text.length}`);
  }
  JSON.stringify(summary(analysis));
  report(analysis, 'fuzz');
  for (const view of Object.keys(moduleOf(analysis.kind)?.graphs ?? {})) graph(analysis, view as GraphView);
  return analysis.kind;
}

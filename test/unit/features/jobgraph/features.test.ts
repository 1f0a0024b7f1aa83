import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JobDocument } from '../../../../server/src/features/jobgraph/elements.ts';
import { jobGraphFeatures } from '../../../../server/src/features/jobgraph/index.ts';
import type { DocumentSymbol } from '../../../../server/src/features/types.ts';
import { analyse, executionPlan, fixture, OPTIONS, textAt } from '../../jobgraph/helpers.ts';

async function open(text: string): Promise<JobDocument> {
  return { uri: 'file:///plan', text, analysis: await analyse(text), settings: OPTIONS.settings };
}

/** Offset of the n-th occurrence of a text. */
function offsetOf(text: string, part: string, occurrence = 1): number {
  let offset = -1;
  for (let count = 0; count < occurrence; count++) offset = text.indexOf(part, offset + 1);
  assert.ok(offset >= 0, `no ${part}`);
  return offset;
}

const NESTED = fixture('nested-loops.json');
/** The id of the first input of "refine", which is "relax". */
const INPUT = offsetOf(NESTED, '"id" : 4', 2) + '"id" : '.length;

describe('job-graph features', () => {
  it('hovers over an id: operator, scope, level, loops', async () => {
    const document = await open(NESTED);
    const hover = jobGraphFeatures.hover?.(document, offsetOf(NESTED, '"refine"') + 2);
    assert.equal(textAt(NESTED, hover?.span ?? null), 'refine');
    const markdown = hover?.markdown ?? '';
    for (const part of ['**refine**', 'parallelism 2', '2 in, 2 out', 'level 2', 'entry of loop 5, level 2', 'in loop 3, level 1']) {
      assert.ok(markdown.includes(part), `${part} is missing in\n${markdown}`);
    }
  });

  it('hovers over a strategy and an exchange in plain words', async () => {
    const document = await open(NESTED);
    const hover = jobGraphFeatures.hover?.(document, offsetOf(NESTED, '"HASH"') + 2);
    assert.equal(textAt(NESTED, hover?.span ?? null), 'HASH');
    assert.match(hover?.markdown ?? '', /subtask that owns their key/);
    const rest =
      '{"plan":{"nodes":[{"id":"a","description":"Source: a"},{"id":"b","description":"B","inputs":[{"num":0,"id":"a","ship_strategy":"HASH","exchange":"blocking"}]}]}}';
    assert.match(jobGraphFeatures.hover?.(await open(rest), rest.indexOf('blocking') + 1)?.markdown ?? '', /starts when the producer has finished/);
  });

  it('hovers over an input: both ends', async () => {
    const hover = jobGraphFeatures.hover?.(await open(NESTED), INPUT);
    assert.match(hover?.markdown ?? '', /From \*\*relax\*\* to \*\*refine\*\*/);
  });

  it('names in hovers are no Markdown', async () => {
    const text = executionPlan('1 Source: **a** [x](command:y)\n2 Sink: b <- 1');
    const markdown = jobGraphFeatures.hover?.(await open(text), text.indexOf('Source: **') + 1)?.markdown ?? '';
    assert.ok(!markdown.includes('](command'), markdown);
  });

  it('leads from an input to its vertex, and between the ends of a loop', async () => {
    const document = await open(NESTED);
    const [target] = jobGraphFeatures.definition?.(document, INPUT) ?? [];
    assert.equal(textAt(NESTED, target?.span ?? null), '4');
    assert.match(textAt(NESTED, target?.full ?? null), /"type" : "relax"/);
    const [tail] = jobGraphFeatures.definition?.(document, offsetOf(NESTED, '"IterationSource-5"') + 2) ?? [];
    assert.match(textAt(NESTED, tail?.full ?? null), /IterationSink-5/);
  });

  it('finds every place that names a vertex', async () => {
    const document = await open(NESTED);
    const found = jobGraphFeatures.references?.(document, offsetOf(NESTED, '"refine"') + 2) ?? [];
    assert.deepEqual(
      found.map(({ span }) => textAt(NESTED, span)),
      ['6', '6', '6'],
    );
    assert.deepEqual(
      jobGraphFeatures.highlight?.(document, INPUT)?.map((span) => textAt(NESTED, span)),
      ['4', '4'],
    );
  });

  it('finds both objects of a vertex in a job document', async () => {
    const text = fixture('adaptive-batch-job.json');
    const id = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1';
    const found = jobGraphFeatures.references?.(await open(text), offsetOf(text, id, 1) + 3) ?? [];
    assert.deepEqual(
      found.map(({ span }) => textAt(text, span)),
      [id, id],
    );
  });

  it('outlines scopes and vertices', async () => {
    const [plan] = jobGraphFeatures.symbols?.(await open(NESTED)) ?? [];
    const names = (symbol: DocumentSymbol): unknown => (symbol.children === undefined ? symbol.name : { [symbol.name]: symbol.children.map(names) });
    assert.deepEqual((plan?.children ?? []).map(names), [
      {
        'Loop 3': [
          { 'Loop 5': ['IterationSource-5', 'refine', 'again', 'IterationSink-5'] },
          'IterationSource-3',
          'relax',
          'settled',
          'IterationSink-3',
        ],
      },
      'Source: orders',
      'Sink: result',
    ]);
    const check = (symbol: DocumentSymbol): void => {
      assert.ok(symbol.selection.start >= symbol.span.start && symbol.selection.end <= symbol.span.end, symbol.name);
      symbol.children?.forEach(check);
    };
    if (plan !== undefined) check(plan);
  });

  it('puts level and degree above every vertex, and the ways to the graphs above the plan', async () => {
    const lenses = jobGraphFeatures.lenses?.(await open(NESTED)) ?? [];
    assert.deepEqual(
      lenses.slice(0, 2).map(({ title }) => title),
      ['$(type-hierarchy) Job graph of 10 vertices', '$(sync) 2 loops, 2 levels deep'],
    );
    assert.ok(lenses.some(({ title, span }) => title === 'level 2 in loop 5 · 2 in · 2 out' && textAt(NESTED, span).includes('refine')));
    assert.deepEqual(lenses[1]?.command, { id: 'logjam.showGraphAt', arguments: ['file:///plan', 'scopes', 's0:0'] });
  });

  it('names the vertex behind an id, within the part that is seen', async () => {
    const document = await open(NESTED);
    const all = jobGraphFeatures.hints?.(document, { start: 0, end: NESTED.length }) ?? [];
    assert.equal(all.length, 9);
    assert.deepEqual(all.find(({ offset }) => offset === INPUT + 1)?.label, 'relax');
    assert.equal(jobGraphFeatures.hints?.(document, { start: INPUT, end: INPUT + 20 }).length, 1);
    assert.deepEqual(
      jobGraphFeatures.hints?.({ ...document, settings: { ...document.settings, 'logjam.inlayHints': false } }, { start: 0, end: NESTED.length }),
      [],
    );
  });

  it('folds vertices under their names', async () => {
    const folds = jobGraphFeatures.folds?.(await open(NESTED)) ?? [];
    assert.equal(folds.length, 11);
    assert.ok(folds.some(({ collapsedText }) => collapsedText === 'refine'));
  });

  it('knows the node for every place, also between vertices', async () => {
    const document = await open(NESTED);
    assert.equal(jobGraphFeatures.nodeAt?.(document, 'job', INPUT), 'v0:4');
    assert.equal(jobGraphFeatures.nodeAt?.(document, 'scopes', offsetOf(NESTED, '"again"')), 'v0:5');
    assert.equal(jobGraphFeatures.nodeAt?.(document, 'lock-wait', INPUT), null);
    assert.equal(jobGraphFeatures.nodeAt?.(document, 'job', 3), null);
    const batch = fixture('bulk-iteration.json');
    assert.equal(jobGraphFeatures.nodeAt?.(await open(batch), 'scopes', offsetOf(batch, '"bulk_iteration"')), 's0:0');
  });

  it('shows the advice of the planner', async () => {
    const text = fixture('explain-two-statements.txt');
    assert.match(jobGraphFeatures.hover?.(await open(text), offsetOf(text, 'advice[1]: ') + 3)?.markdown ?? '', /\*\*ADVICE\*\* of the planner/);
  });
});

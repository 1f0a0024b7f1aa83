import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import type { RestAnalysis } from '../../../server/src/core/analysis/rest/model.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import { restFeatures } from '../../../server/src/features/rest/index.ts';
import type { Document } from '../../../server/src/features/types.ts';

const URI = 'file:///document.json';

async function open(name: string): Promise<Document<RestAnalysis>> {
  const text = readFileSync(at('test/fixtures', name), 'utf8');
  const analysis = await analyse({ uri: URI, text });
  assert.ok(analysis.kind === 'rest-document');
  return { uri: URI, text, analysis, settings: DEFAULT_SETTINGS };
}

const hoverOn = (document: Document<RestAnalysis>, needle: string): string | undefined =>
  restFeatures.hover?.(document, document.text.indexOf(needle) + 1)?.markdown;

describe('documents of the REST API in the editor', () => {
  it('outline: a document with its facts and rows', async () => {
    const [symbol] = restFeatures.symbols?.(await open('flink/2.3.0/checkpoint-timeout/checkpoints.json')) ?? [];
    assert.equal(symbol?.name, 'Checkpoints');
    assert.deepEqual(
      symbol.children?.map(({ name }) => name),
      ['checkpoints', '3', '2', '1'],
    );
    assert.match(symbol.children?.[1]?.detail ?? '', /^FAILED · .*2 of 8 · Checkpoint expired/);
  });

  it('outline of an archive: all of its documents', async () => {
    const document = await open('flink/2.3.0/history-archive/archive-job.json');
    const symbols = restFeatures.symbols?.(document) ?? [];
    assert.equal(symbols.length, document.analysis.rest.documents.length);
    for (const name of ['Jobs', 'Exceptions', 'Checkpoints', 'Checkpointing', 'Vertex', 'Configuration'])
      assert.ok(
        symbols.some((one) => one.name === name),
        name,
      );
    for (const { span, children = [] } of symbols)
      for (const child of children) assert.ok(child.span.start >= span.start && child.span.end <= span.end, child.name);
  });

  it('hover: a row with the names of its columns', async () => {
    const document = await open('rest/checkpoint-start-delay.json');
    assert.equal(
      hoverOn(document, '"start_delay":58200'),
      '**Checkpoint by subtask**\n\n- subtask: 1 of 8\n- state: completed\n- duration: 58.6 s\n- start delay: 58.2 s\n- alignment: 300 ms\n- sync: 12 ms\n- async: 90 ms\n- size: 4 KiB',
    );
    assert.match(hoverOn(await open('rest/pods.yaml'), 'orders-taskmanager-1-1') ?? '', /last end: OOMKilled 137/);
    assert.match(hoverOn(await open('rest/flink-conf.yaml'), 'taskmanager.numberOfTaskSlots') ?? '', /value: 2$/);
  });

  it('hover and definition in traces: those of a log', async () => {
    const document = await open('flink/2.3.0/failing-sink/exceptions.json');
    assert.match(hoverOn(document, 'IOException: Connection reset') ?? '', /Root cause.*JobException ← IOException/s);
    assert.ok((restFeatures.links?.(document) ?? []).length > 0);
  });

  it('lenses: the job of an archive', async () => {
    const titles = async (name: string) => (restFeatures.lenses?.(await open(name)) ?? []).map(({ title }) => title);
    assert.deepEqual(await titles('rest/pods.json'), []);
    assert.deepEqual(await titles('flink/2.3.0/history-archive/archive-job.json'), ['$(type-hierarchy) Job graph']);
  });
});

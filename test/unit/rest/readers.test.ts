import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { restPart } from '../../../server/src/core/rest/detect.ts';
import { fitting } from '../../../server/src/core/rest/documents.ts';
import { Field } from '../../../server/src/core/rest/fields.ts';
import { parseRest } from '../../../server/src/core/rest/parse.ts';
import { REST_READERS } from '../../../server/src/core/rest/readers/index.ts';
import { readJson } from '../../../server/src/core/unwrap/json/tree.ts';
import { Source } from '../../../server/src/core/unwrap/source.ts';

const fieldOf = (text: string): Field => new Field(new Source(text), readJson(text)?.root);

describe('documents of the REST API are told apart by their shape', () => {
  for (const reader of REST_READERS) {
    it(reader.type, async () => {
      assert.ok(reader.samples.length > 0 && reader.nearMisses.length > 0, 'has samples and near misses');
      for (const sample of reader.samples) {
        const fits = REST_READERS.filter((one) => one.fits(fieldOf(sample))).map(({ type }) => type);
        assert.deepEqual(fits, [reader.type], sample);
        const { documents, problems } = await parseRest(sample, NO_CHECKPOINT);
        assert.deepEqual([documents.map(({ type }) => type), problems], [[reader.type], []], sample);
        assert.deepEqual(documents[0]?.span, { start: 0, end: sample.length });
      }
      for (const miss of reader.nearMisses) assert.ok(!reader.fits(fieldOf(miss)), miss);
    });
  }

  it('what a document holds besides itself', () => {
    const recorded = (name: string) => restPart(readFileSync(at('test/fixtures/flink/2.3.0', name), 'utf8'));
    assert.deepEqual(
      ['failing-sink/exceptions.json', 'history-archive/archive-job.json', 'convoy/exceptions.json', 'convoy/overview.json'].map(recorded),
      ['exceptions', 'archive', null, null],
    );
  });

  it('a text that is none of them', () => {
    for (const text of ['', '{}', '[]', '{"name":"logjam","version":"1.0.0"}', '{"jid":"a","vertices":[],"plan":{"nodes":[]}}', 'x {"errors":["a"]}'])
      assert.equal(fitting(text), null, text);
  });
});

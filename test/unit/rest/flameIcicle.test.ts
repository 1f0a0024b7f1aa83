// The samples of a flame graph as a call tree, of recorded answers of each version; and where there are none, what has to be changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IcicleDocument, IcicleNode } from '../../../common/icicle.ts';
import type { Place } from '../../../common/span.ts';
import { analyse, documentOf } from '../../../server/src/core/kinds/index.ts';
import { restPart } from '../../../server/src/core/rest/detect.ts';

const VERSIONS = ['1.13.1', '1.16.3', '1.18.1', '1.20.3', '2.0.0', '2.3.0'];

async function treeOf(text: string): Promise<IcicleDocument<Place> | null> {
  const analysis = await analyse({ uri: 'file:///flamegraph.json', text });
  assert.equal(analysis.kind, 'rest-document');
  assert.equal(restPart(text), 'samples');
  const place = (at: number) => ({ line: 0, character: at });
  const made = await documentOf(analysis, 'icicle', ({ start, end }) => ({ start: place(start), end: place(end) }), undefined);
  return made as IcicleDocument<Place> | null;
}

function all(roots: readonly IcicleNode<Place>[]): IcicleNode<Place>[] {
  const found = [...roots];
  for (const node of found) found.push(...node.children);
  return found;
}

interface Answer {
  data: { value: number } | null;
}

describe('the call tree of a flame graph', () => {
  for (const version of VERSIONS)
    it(`of Flink ${version} counts every sample once, and leads to its frame`, async () => {
      const answers = JSON.parse(readFileSync(`test/fixtures/clusters/${version}.json`, 'utf8')) as Record<string, Answer>;
      const found = Object.entries(answers).filter(([at, { data }]) => at.endsWith('/flamegraph') && (data?.value ?? 0) > 0);
      assert.ok(found.length > 0);
      for (const [, answer] of found) {
        const text = JSON.stringify(answer);
        const tree = await treeOf(text);
        assert.ok(tree !== null && tree.empty === undefined);
        assert.equal(
          tree.stacks.reduce((sum, { count }) => sum + count, 0),
          answer.data?.value,
        );
        const nodes = all(tree.roots);
        assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
        for (const { description, label, places } of nodes.filter((node) => !node.label.startsWith('('))) {
          assert.equal(text.slice(places[0]?.start.character, places[0]?.end.character).replace(/"/g, ''), description);
          assert.match(label, /^[^.\s]+\.[\w$<>]+$/);
        }
        assert.ok(nodes.some(({ label, kind }) => label === 'Thread.run' && kind === 'jdk'));
        assert.ok(nodes.some(({ kind }) => kind === 'flink'));
      }
    });

  it('names classes without their module, and hidden ones with their number', async () => {
    const leaf = (name: string) => ({ name, value: 1, children: [] });
    const names = ['java.base@17.0.15/java.lang.Thread.run:840', 'com.acme.Job$$Lambda/0x00007f0a.map:-1', 'com.acme.Job.map:7'];
    const tree = await treeOf(JSON.stringify({ endTimestamp: 1, data: { name: 'root', value: 3, children: names.map(leaf) } }));
    assert.deepEqual(
      tree?.roots.map(({ label, kind }) => [label, kind]),
      [
        ['Job$$Lambda/0x00007f0a.map', 'application'],
        ['Job.map', 'application'],
        ['Thread.run', 'jdk'],
      ],
    );
  });

  for (const [end, expected] of [
    [-1, /does not run/],
    [-2, /rest\.flamegraph\.enabled: true/],
    [-3, /No samples/],
  ] as const)
    it(`says what is the matter where it ends at ${end}`, async () =>
      assert.match((await treeOf(`{"endTimestamp":${end},"data":null}`))?.empty ?? '', expected));
});

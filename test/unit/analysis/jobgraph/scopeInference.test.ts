import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bodyOf } from '../../../../server/src/core/analysis/jobgraph/scopes.ts';
import { executionPlan, primary } from '../../jobgraph/helpers.ts';
import { randomForest } from './loopForest.ts';

async function loopsOf(lines: string) {
  const { plan, loops } = await primary(executionPlan(lines));
  const id = (index: number) => plan.vertices[index]?.id ?? '';
  return {
    loops: loops.loops.map((loop) => ({
      name: loop.name,
      level: loop.level,
      parent: loop.parent,
      body: bodyOf(loops, loop).map(id),
      tangled: loop.tangled,
    })),
    interleavings: loops.interleavings,
    halves: loops.halves,
    level: (vertex: number) => loops.scopes[plan.vertices.findIndex((v) => v.id === String(vertex))]?.getLevel(),
    feedback: plan.edges.filter((edge) => edge.kind === 'feedback').map((edge) => `${id(edge.from)}>${id(edge.to)}`),
  };
}

describe('loop nesting', () => {
  it('finds one loop with its body and restores the feedback edge', async () => {
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-3
      4 step <- 1 -1
      5 again <- 4
      6 done <- 4
      -2 IterationSink-3 <- 5
      7 Sink: out <- 6`);
    assert.deepEqual(found.loops, [{ name: '3', level: 1, parent: null, body: ['-1', '4', '5', '-2'], tangled: false }]);
    assert.deepEqual(found.feedback, ['-2>-1']);
    assert.equal(found.level(6), 0);
  });

  it('nests a loop whose ways back leave the outer path', async () => {
    // "again" leads to the inner tail only: no forward path of the outer loop passes it, and yet it is inside.
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-2
      -3 IterationSource-4
      3 outer <- 1 -1
      5 inner <- 3 -3
      6 again <- 5
      -4 IterationSink-4 <- 6
      7 back <- 5
      -2 IterationSink-2 <- 7
      8 Sink: out <- 7`);
    assert.deepEqual(
      found.loops.map(({ name, level, parent }) => ({ name, level, parent })),
      [
        { name: '2', level: 1, parent: null },
        { name: '4', level: 2, parent: 0 },
      ],
    );
    assert.deepEqual(found.loops[1]?.body, ['-3', '5', '6', '-4']);
    assert.equal(found.level(7), 1);
    assert.equal(found.interleavings.length, 0);
  });

  it('nests loops that share their entry by the order of creation', async () => {
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-2
      -3 IterationSource-3
      4 step <- 1 -1 -3
      5 x <- 4
      -4 IterationSink-3 <- 5
      6 y <- 4
      -2 IterationSink-2 <- 6
      7 Sink: out <- 6`);
    assert.deepEqual(
      found.loops.map(({ name, level }) => `${name}:${level}`),
      ['2:1', '3:2'],
    );
    assert.deepEqual(found.loops[1]?.body, ['-3', '4', '5', '-4']);
  });

  it('keeps siblings apart', async () => {
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-2
      3 a <- 1 -1
      -2 IterationSink-2 <- 3
      -3 IterationSource-5
      6 b <- 3 -3
      -4 IterationSink-5 <- 6
      7 Sink: out <- 6`);
    assert.deepEqual(
      found.loops.map(({ name, level, parent }) => `${name}:${level}:${parent}`),
      ['2:1:null', '5:1:null'],
    );
  });

  it('reports interleaved loops and orders nothing', async () => {
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-2
      3 a <- 1 -1
      -3 IterationSource-5
      6 b <- 3 -3
      7 c <- 6
      -2 IterationSink-2 <- 6
      -4 IterationSink-5 <- 7
      8 Sink: out <- 7`);
    assert.equal(found.interleavings.length, 1);
    assert.deepEqual(found.loops.map(({ name, tangled }) => `${name}:${tangled}`).sort(), ['2:true', '5:true']);
    assert.deepEqual(found.loops.find(({ name }) => name === '2')?.body, ['-1', '3', '6', '-2']);
    assert.deepEqual(found.loops.find(({ name }) => name === '5')?.body, ['-3', '6', '7', '-4']);
  });

  it('finds clean loops inside and around interleaved ones', async () => {
    const found = await loopsOf(`
      1 Source: a
      -9 IterationSource-1
      2 top <- 1 -9
      -1 IterationSource-2
      3 a <- 2 -1
      -3 IterationSource-5
      6 b <- 3 -3
      7 c <- 6
      -2 IterationSink-2 <- 6
      -4 IterationSink-5 <- 7
      8 bottom <- 7
      -10 IterationSink-1 <- 8
      9 Sink: out <- 8`);
    assert.deepEqual(
      found.loops.map(({ name, level, tangled }) => `${name}:${level}:${tangled}`),
      ['1:1:false', '2:2:true', '5:2:true'],
    );
    assert.equal(found.level(8), 1);
    assert.equal(found.level(6), 2);
  });

  it('keeps an outside stream that joins inside a loop outside', async () => {
    const found = await loopsOf(`
      1 Source: a
      2 Source: b
      -1 IterationSource-3
      4 entry <- 1 -1
      5 join <- 4 2
      -2 IterationSink-3 <- 5
      6 Sink: out <- 5`);
    assert.deepEqual(found.loops[0]?.body, ['-1', '4', '5', '-2']);
    assert.equal(found.level(2), 0);
  });

  it('names heads without tails and tails without heads', async () => {
    const found = await loopsOf(`
      1 Source: a
      -1 IterationSource-3
      4 entry <- 1 -1
      -4 IterationSink-8 <- 4`);
    assert.deepEqual(found.halves.map(({ missing, name }) => `${missing} ${name}`).sort(), ['head 8', 'tail 3']);
    assert.equal(found.loops.length, 0);
  });

  it('takes cycles of hand-written graphs as loops', async () => {
    const found = await loopsOf(`
      1 Source: a
      2 outer <- 1 4
      3 inner <- 2 3
      4 back <- 3
      5 Sink: out <- 4`);
    assert.deepEqual(
      found.loops.map(({ level, body }) => ({ level, body })),
      [
        { level: 1, body: ['2', '3', '4'] },
        { level: 2, body: ['3'] },
      ],
    );
    assert.deepEqual(found.feedback.sort(), ['3>3', '4>2']);
  });

  it('pairs flink-ml heads and tails by order, parallelism and reachability', async () => {
    const found = await loopsOf(`
      1 Source: a x2
      2 head-a x2 <- 1
      3 head-b x4 <- 1
      4 train x2 <- 2
      5 update x4 <- 3
      6 tail-b x4 <- 5
      7 tail-a x2 <- 4
      8 output-a x2 <- 4`);
    assert.deepEqual(
      found.loops.map(({ body }) => body),
      [
        ['2', '4', '7'],
        ['3', '5', '6'],
      ],
    );
  });

  it('knows the StateFun loop also when it is chained', async () => {
    const found = await loopsOf(`
      1 Source: ingress
      2 feedback-union -> functions <- 1
      3 feedback <- 2
      4 Sink: egress <- 2`);
    assert.deepEqual(found.loops[0]?.body, ['2', '3']);
  });

  it('is right about 1,000 random forests', async () => {
    let nested = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      const { json, innermost, parent } = randomForest(seed);
      const { plan, loops } = await primary(json);
      const nameOf = (index: number | undefined): number | null => (index === undefined || index < 0 ? null : Number(loops.loops[index]?.name));
      assert.equal(loops.interleavings.length, 0, `seed ${seed}`);
      assert.equal(loops.loops.length, parent.size, `seed ${seed}`);
      for (const loop of loops.loops) {
        assert.equal(nameOf(loop.parent ?? -1), parent.get(Number(loop.name)), `seed ${seed}: parent of loop ${loop.name}`);
        if (loop.level > 1) nested++;
      }
      for (const { id, index } of plan.vertices) {
        assert.equal(nameOf(loops.innermost[index]), innermost.get(Number(id)), `seed ${seed}: loop of vertex ${id}`);
      }
    }
    assert.ok(nested > 500, 'the generator must make nested loops');
  });
});

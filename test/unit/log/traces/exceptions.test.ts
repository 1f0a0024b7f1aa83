import assert from 'node:assert/strict';
import { callGraph } from '../../../../server/src/core/analysis/log/callGraph.ts';
import { parseTraces } from '../../../../server/src/core/log/traces/exceptions.ts';
import { expandedFrames, throwableTitle, walkThrowables } from '../../../../server/src/core/log/traces/throwables.ts';
import { LineSource } from '../../../../server/src/core/unwrap/lines/lineSource.ts';
import { read } from '../helpers.ts';

const titles = (trace: ReturnType<typeof parse>[number] | undefined) => trace?.chain.map(throwableTitle);
const parse = (lines: string[], inRecord = false) => parseTraces(new LineSource(lines.join('\n'), null, 0), 0, inRecord);

const STATED = 'Map (1/1) (a) switched from RUNNING to FAILED with failure cause: ';
/** An exception of the server with that of the client around it, wherever a text may name it. */
const REMOTE: readonly { lines: string[]; inRecord?: boolean; titles: string[] }[] = [
  { outer: 'org.apache.hadoop.ipc.RemoteException', inner: 'a.b.SecretManager$InvalidToken' },
  { outer: 'org.apache.hadoop.hbase.ipc.RemoteWithExtrasException', inner: 'a.b.NotServingRegionException' },
].flatMap(({ outer, inner }) => {
  const [thrown, frame, titles] = [`${outer}(${inner}): it is gone`, '\tat p.A.one(A.java:1)', [`${inner}: it is gone`]];
  return [
    { lines: [thrown, frame], titles },
    { lines: [thrown, frame], inRecord: true, titles },
    { lines: [`${STATED}${thrown}`, frame], inRecord: true, titles },
    { lines: [`${STATED}${thrown}`], inRecord: true, titles },
    { lines: [`Could not connect to the server : ${thrown}`, frame], inRecord: true, titles },
    { lines: ['c.OuterException: x', frame, `Caused by: ${thrown}`, frame], titles: ['c.OuterException: x', ...titles] },
    { lines: [`org.apache.flink.util.SerializedThrowable: ${thrown}`, frame], titles },
  ];
});

describe('stack traces', () => {
  for (const { lines, inRecord = false, titles: wanted } of REMOTE) {
    it(`what a server threw, within its client's: ${lines.at(lines.length > 2 ? 2 : 0)?.slice(0, 90)}${inRecord ? ', in a record' : ''}`, () => {
      assert.deepEqual(titles(parse(lines, inRecord)[0]), wanted);
    });
  }

  it('nested causes with "... N more" completed from the enclosing trace', () => {
    const [trace] = parse([
      'a.OuterException: x',
      '\tat p.A.one(A.java:1)',
      '\tat p.B.two(B.java:2)',
      '\tat p.C.three(C.java:3)',
      'Caused by: b.InnerException: y',
      '\tat q.D.four(D.java:4)',
      '\tat p.A.one(A.java:9)',
      '\t... 2 more',
    ]);
    assert.deepEqual(
      trace?.chain.map((one) => one.className),
      ['a.OuterException', 'b.InnerException'],
    );
    const [outer, inner] = trace?.chain ?? [];
    assert.deepEqual(
      expandedFrames(inner as never, { throwable: outer as never, frames: outer?.frames ?? [] })?.map((frame) => frame.line),
      [4, 9, 2, 3],
    );
  });

  it('does not complete damaged traces, nor by more than there is', () => {
    const [trace] = parse([
      'a.OuterException: x',
      '\tat p.A.one(A.java:1)',
      'Caused by: b.InnerException',
      '\tat q.D.four(D.java:4)',
      '\t... 5 more',
    ]);
    let frames: unknown = 'unset';
    walkThrowables(trace?.top as never, (throwable, completed) => {
      if (throwable.className === 'b.InnerException') frames = completed;
    });
    assert.equal(frames, null);
  });

  it('suppressed exceptions by their indent, with causes of their own', () => {
    const [trace] = parse([
      'a.OuterException: x',
      '\tat p.A.one(A.java:1)',
      '\tSuppressed: s.CloseException: no',
      '\t\tat q.S.close(S.java:2)',
      '\t\t... 1 more',
      '\tCaused by: s.DeepException',
      '\t\tat q.T.deep(T.java:3)',
      'Caused by: b.InnerException: y',
      '\tat q.D.four(D.java:4)',
    ]);
    assert.equal(trace?.top.suppressed.length, 1);
    assert.equal(trace?.top.suppressed[0]?.cause?.className, 's.DeepException');
    assert.equal(trace?.top.cause?.className, 'b.InnerException');
    assert.equal(trace?.chain.length, 2);
  });

  it('circular references, logback and "Exception in thread"', () => {
    const [circular] = parse(['a.XException', '\tat p.A.b(A.java:1)', 'Caused by: [CIRCULAR REFERENCE: a.XException]']);
    assert.ok(circular?.top.cause?.circular);
    const [logback] = parse(['a.XException: m', '\tat p.A.b(A.java:1)', 'Caused by: b.YException: n', '\t... 1 common frames omitted']);
    assert.equal(logback?.top.cause?.elided, 1);
    const [main] = parse(['Exception in thread "main" java.lang.NoClassDefFoundError: org/example/X', '\tat p.A.b(A.java:1)']);
    assert.equal(main?.top.className, 'java.lang.NoClassDefFoundError');
    assert.equal(main?.top.message, 'org/example/X');
  });

  it('messages of several lines, and a location that looks like a frame', () => {
    const [trace] = parse([
      'com.fasterxml.jackson.core.JsonParseException: Unrecognized token',
      ' at [Source: (byte[])"a"; line: 1, column: 2]',
      '\tat p.A.b(A.java:1)',
    ]);
    assert.equal(trace?.top.message, 'Unrecognized token\n at [Source: (byte[])"a"; line: 1, column: 2]');
    assert.equal(trace?.top.frames.length, 1);
  });

  it('jar tags, modules, hidden and generated classes, frames without a closing bracket', () => {
    const [trace] = parse([
      'a.XException',
      '\tat java.base/java.lang.Thread.run(Thread.java:840) [?:?]',
      '\tat org.example.A$$Lambda$14/0x0008.apply(Unknown Source) ~[job-1.2.jar:1.2]',
      'at jdk.internal.reflect.Generated.invoke(Unknown Source',
      '\tat LongHashJoinOperator$893.open(Unknown Source) ~[?:?]',
    ]);
    const frames = trace?.top.frames ?? [];
    assert.deepEqual(
      frames.map((frame) => [frame.module, frame.className, frame.method, frame.line]),
      [
        ['java.base', 'java.lang.Thread', 'run', 840],
        [null, 'org.example.A$$Lambda$14/0x0008', 'apply', null],
        [null, 'jdk.internal.reflect.Generated', 'invoke', null],
        [null, 'LongHashJoinOperator$893', 'open', null],
      ],
    );
    assert.deepEqual(frames[1]?.jar, { name: 'job-1.2.jar', version: '1.2', exact: false });
  });

  it('frames joined on one line are read, and the trace counts as damaged', () => {
    const [trace] = parse(['a.XException: m', 'p.A.one(A.java:1) ~[x.jar:1] at p.B.two(B.java:2) ~[x.jar:1]']);
    assert.deepEqual(
      trace?.top.frames.map((frame) => frame.method),
      ['one', 'two'],
    );
    assert.notEqual(trace?.top.damage, null);
  });

  it('calls do not cross frames that somebody left out', () => {
    const [trace] = parse(['a.XException', '\tat p.A.one(A.java:1)', '\t...', '\tat p.B.two(B.java:2)', '\tat p.C.three(C.java:3)']);
    const graph = callGraph([{ ...(trace as NonNullable<typeof trace>), index: 0, record: null, time: null }], () => 0);
    assert.deepEqual(
      graph.edges.map((edge) => [edge.from, edge.to]),
      [['p.C.three', 'p.B.two']],
    );
  });

  it('begins in the middle: frames or a cause without what stood before', () => {
    const traces = parse(['\tat p.A.one(A.java:1)', 'Caused by: b.YException: n', '\tat p.B.two(B.java:2)']);
    assert.equal(traces.length, 1);
    assert.equal(traces[0]?.top.className, null);
    assert.equal(parse(['Caused by: b.YException: n', '\tat p.B.two(B.java:2)'])[0]?.top.className, 'b.YException');
  });

  it('prose is no trace', () => {
    assert.deepEqual(parse(['We retried at once (see Foo.java:3) and it', 'at last worked (again)', 'java.lang.Foo is a class']), []);
  });

  it('the stack of a stuck task is a stack, not an exception', async () => {
    const head = '2024-01-01 00:00:00,123 WARN  org.apache.flink.runtime.taskmanager.Task [] - ';
    const { log } = await read(
      `${head}Task 'Map (1/2)#0' did not react to cancelling signal - interrupting; it is stuck for 30 seconds in method:\n java.lang.Thread.sleep(Native Method)\norg.example.Slow.map(Slow.java:17)\n\n${head}next\n`,
    );
    assert.equal(log.exceptions[0]?.kind, 'thread-stack');
    assert.deepEqual(
      log.exceptions[0]?.top.frames.map((frame) => frame.method),
      ['sleep', 'map'],
    );
    assert.equal(log.exceptions[0]?.top.damage, null);
  });

  it('the root cause is never a circular reference', () => {
    const [trace] = parse([
      'a.OuterException: x',
      '\tat p.A.one(A.java:1)',
      'Caused by: b.InnerException: y',
      '\tat q.D.four(D.java:4)',
      'Caused by: [CIRCULAR REFERENCE: a.OuterException: x]',
    ]);
    assert.deepEqual(titles(trace), ['a.OuterException: x', 'b.InnerException: y']);
    assert.ok(trace?.chain[1]?.cause?.circular);
  });

  it('root cause first, as logback can print it, is turned to the usual order', () => {
    const [trace] = parse([
      'b.InnerException: y',
      '\tat q.D.four(D.java:4)',
      '\t... 1 common frames omitted',
      'Wrapped by: a.OuterException: x',
      '\tat p.A.one(A.java:1)',
      '\tat p.B.two(B.java:2)',
    ]);
    assert.deepEqual(titles(trace), ['a.OuterException: x', 'b.InnerException: y']);
    assert.equal(trace?.line, 0);
    assert.deepEqual(
      expandedFrames(trace?.chain[1] as never, { throwable: trace?.top as never, frames: trace?.top.frames ?? [] })?.map((frame) => frame.line),
      [4, 2],
    );
  });

  it('what the server threw is the cause of the RestClientException that quotes it', () => {
    const traces = parse([
      'a.ProgramException: the main method failed',
      '\tat p.A.one(A.java:1)',
      'Caused by: r.RestClientException: [Internal server error., <Exception on server side:',
      's.SubmitException: could not submit',
      '\tat s.Dispatcher.submit(Dispatcher.java:336)',
      'Caused by: s.DeepException: no space',
      '\t... 6 more',
      '',
      'End of exception on server side>]',
      '\tat r.RestClient.parse(RestClient.java:389)',
      '\t... 4 more',
    ]);
    assert.equal(traces.length, 1);
    assert.deepEqual(
      traces[0]?.chain.map((one) => one.className),
      ['a.ProgramException', 'r.RestClientException', 's.SubmitException', 's.DeepException'],
    );
    assert.deepEqual(
      traces[0]?.chain.map((one) => one.frames.map((frame) => frame.line)),
      [[1], [389], [336], []],
    );
  });

  it('an exception that is quoted in brackets does not cut the one that quotes it', () => {
    const traces = parse([
      'Caused by: r.RestClientException: [s.HandlerException: could not run',
      '\tat s.Handler.run(Handler.java:108)',
      'Caused by: s.DeepException: no class',
      '\t... 2 more',
      ']',
      '\tat r.RestClient.parse(RestClient.java:532)',
      '\t... 4 more',
    ]);
    assert.equal(traces.length, 1);
    assert.equal(traces[0]?.chain.at(-1)?.className, 's.DeepException');
    assert.deepEqual(traces[0]?.top.gaps, [1]);
  });

  it('a Python traceback in the message: the line that says what was raised is its title', () => {
    const [trace] = parse([
      'java.lang.RuntimeException: Error received from SDK harness: Traceback (most recent call last):',
      '  File "udf.py", line 1, in f',
      '    return int(x)',
      "ValueError: invalid literal for int() with base 10: 'abc'",
      '',
      '\tat x.Y.z(Y.java:1)',
    ]);
    assert.deepEqual(titles(trace), ["java.lang.RuntimeException: ValueError: invalid literal for int() with base 10: 'abc'"]);
  });

  it('messages of a record have any length; frames that consoles left out are gaps', () => {
    const rows = Array.from({ length: 150 }, (_, index) => `row ${index}`);
    const [long] = parse(['failed', 'a.LongException: rows', ...rows, '\tat p.A.one(A.java:1)', 'Caused by: b.InnerException', '\t... 1 more'], true);
    assert.deepEqual(
      long?.chain.map((one) => one.className),
      ['a.LongException', 'b.InnerException'],
    );
    const [folded] = parse(['a.XException', '\tat p.A.one(A.java:1)', '<4 internal lines>', '\tat p.B.two(B.java:2)', '\t... suppressed 3 lines']);
    assert.deepEqual(folded?.top.gaps, [1, 2]);
  });

  it('an exception right behind text without blanks', () => {
    const [trace] = parse(['作业失败：a.XException: 参数错误', '\tat p.A.one(A.java:1)'], true);
    assert.deepEqual(titles(trace), ['a.XException: 参数错误']);
  });
});

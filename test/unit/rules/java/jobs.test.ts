import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { applyEdits } from '../../../../server/src/core/analysis/java/edit/plan.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { javaSourceKind } from '../../../../server/src/core/kinds/javaSource.ts';

const findingsOf = async (text: string) => {
  const analysis = await javaSourceKind.analyse(
    { uri: 'file:///src/A.java', text: `import org.apache.flink.api.common.functions.*;\n${text}` },
    { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT },
  );
  return analysis.findings;
};

const MAP = (members: string, base = 'RichMapFunction<String, String>'): string => `class A extends ${base} { ${members} }`;
const LOCKED = (body: string, fields = ''): string => `class A { ${fields} void f() throws Exception { synchronized (this) { ${body} } } }`;
const TRY = (body: string, clause: string): string => `try { ${body} } catch (InterruptedException e) { ${clause} }`;
const JOB = (body: string): string =>
  `class A { void main() { StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); DataStream<String> in = null; ${body} } }`;

/** What must be found, as "severity code"; empty for a near miss. */
const CASES: Record<string, [string, string[]][]> = {
  'java-blocking-in-function': [
    [MAP('public String map(String s) throws Exception { Thread.sleep(10); return s; }'), ['warning java-blocking-in-function-sleep']],
    [
      MAP(
        'public String map(String s) throws Exception { return ask(s); } private String ask(String s) throws Exception { TimeUnit.SECONDS.sleep(1); return s; }',
      ),
      ['warning java-blocking-in-function-sleep'],
    ],
    [
      MAP('CompletableFuture<String> future; public String map(String s) throws Exception { return future.get(); }'),
      ['warning java-blocking-in-function-future'],
    ],
    [
      MAP('Client client; public String map(String s) throws Exception { return CompletableFuture.supplyAsync(() -> s).join(); }'),
      ['warning java-blocking-in-function-future'],
    ],
    [
      MAP(
        'public void processElement(String s, Context c, Collector<String> out) throws Exception { latch.await(); } CountDownLatch latch;',
        'KeyedProcessFunction<String, String, String>',
      ),
      ['warning java-blocking-in-function-latch'],
    ],
    [
      MAP('PreparedStatement statement; public String map(String s) throws Exception { return statement.executeQuery().toString(); }'),
      ['info java-blocking-in-function-jdbc'],
    ],
    [
      MAP(
        'HttpClient client; public void asyncInvoke(String s, ResultFuture<String> out) throws Exception { client.send(null, null); }',
        'RichAsyncFunction<String, String>',
      ),
      ['warning java-blocking-in-function-http'],
    ],
    [
      'class J { void f(DataStream<String> in) { in.map(new MapFunction<String, String>() { public String map(String s) throws Exception { Thread.sleep(1); return s; } }); } }',
      ['warning java-blocking-in-function-sleep'],
    ],
    [MAP('public void open(Configuration c) throws Exception { Thread.sleep(10); } public String map(String s) { return s; }'), []],
    [MAP('CompletableFuture<String> future; public String map(String s) throws Exception { return future.isDone() ? future.get() : s; }'), []],
    [MAP('Map<String, String> cache; public String map(String s) { return cache.get(s); }'), []],
    [MAP('ValueState<String> state; public String map(String s) throws Exception { return String.join(",", s); }'), []],
    [MAP('public void run(SourceContext<String> c) throws Exception { Thread.sleep(10); }', 'RichSourceFunction<String>'), []],
    [
      MAP(
        'PreparedStatement statement; public void invoke(String s, Context c) throws Exception { statement.executeBatch(); }',
        'RichSinkFunction<String>',
      ),
      [],
    ],
    [MAP('ExecutorService pool; public String map(String s) { pool.execute(() -> { Thread.sleep(10); }); return s; }'), []],
    ['class Mapper { String map(String s) throws Exception { Thread.sleep(10); return s; } }', []],
  ],
  'java-waiting-under-lock': [
    [
      'class A { ScheduledExecutorService scheduler; void open() { scheduler.scheduleWithFixedDelay(() -> { synchronized (A.this) { flush(); } }, 1, 1, TimeUnit.SECONDS); } synchronized void close() throws Exception { scheduler.awaitTermination(1, TimeUnit.MINUTES); } void flush() { } }',
      ['warning java-waiting-under-lock-termination'],
    ],
    [
      LOCKED('thread.join();', 'Thread thread; void open() { new Thread(() -> { synchronized (A.this) { } }).start(); }'),
      ['warning java-waiting-under-lock-thread'],
    ],
    [
      'class A { synchronized void flush() throws Exception { for (int i = 0; i < 3; i++) { Thread.sleep(1000 * i); } } }',
      ['warning java-waiting-under-lock-sleep'],
    ],
    [
      'class A { void run(SourceContext<String> ctx) throws Exception { synchronized (ctx.getCheckpointLock()) { latch.await(); } } CountDownLatch latch; }',
      ['warning java-waiting-under-lock-latch'],
    ],
    [LOCKED('queue.put("x");', 'BlockingQueue<String> queue;'), ['info java-waiting-under-lock-queue']],
    [LOCKED('Thread.sleep(10);'), ['info java-waiting-under-lock-sleep']],
    [LOCKED('Runnable later = () -> Thread.sleep(10);'), []],
    [LOCKED('while (true) { wait(); }'), []],
    [LOCKED('map.put("a", "b"); map.get("a");', 'Map<String, String> map;'), []],
    ['class A { void f() throws Exception { synchronized (this) { } Thread.sleep(10); } }', []],
    ['class A { Condition full; Lock lock; void f() throws Exception { lock.lock(); try { full.await(); } finally { lock.unlock(); } } }', []],
  ],
  'java-completes-future-under-lock': [
    [
      LOCKED('future.complete(null);', 'CompletableFuture<Void> future; CompletableFuture<Void> get() { return future; }'),
      ['info java-completes-future-under-lock'],
    ],
    [LOCKED('future.completeExceptionally(e);', 'CompletableFuture<Void> future;'), ['hint java-completes-future-under-lock']],
    [LOCKED('CompletableFuture<Void> future = new CompletableFuture<>(); future.complete(null);'), []],
    [LOCKED('task.complete(null);', 'Task task;'), []],
    ['class A { CompletableFuture<Void> future; void f() { synchronized (this) { } future.complete(null); } }', []],
  ],
  'java-closes-under-lock': [
    [LOCKED('leaderService.stop();', 'LeaderElectionService leaderService;'), ['info java-closes-under-lock']],
    [LOCKED('client.close();', 'RestClient client;'), ['info java-closes-under-lock']],
    [LOCKED('executor.shutdown();', 'ExecutorService executor;'), []],
    [LOCKED('reader.close();', 'BufferedReader reader;'), []],
    [LOCKED('RestClient client = make(); client.close();'), []],
  ],
  'java-interrupt-dropped': [
    [
      MAP(`public void run(SourceContext<String> c) { while (true) { ${TRY('Thread.sleep(1);', '')} } }`, 'SourceFunction<String>'),
      ['warning java-interrupt-dropped-loop'],
    ],
    [`class A { void run() { for (;;) { ${TRY('queue.take();', 'LOG.warn("x", e);')} } } }`, ['warning java-interrupt-dropped-loop']],
    [`class A { void f() { ${TRY('thread.join();', 'LOG.info("ended", e);')} } }`, ['info java-interrupt-dropped-plain']],
    [MAP(`public void invoke(String s) { ${TRY('client.send(s);', '')} }`, 'SinkFunction<String>'), ['warning java-interrupt-dropped-record']],
    [`class A { void f() { ${TRY('Thread.sleep(1);', 'Thread.currentThread().interrupt();')} } }`, []],
    [`class A { void f() { ${TRY('Thread.sleep(1);', 'throw new RuntimeException(e);')} } }`, []],
    [`class A { void f() { while (true) { ${TRY('Thread.sleep(1);', 'break;')} } } }`, []],
    [`class A { void f() { ${TRY('Thread.sleep(1);', 'failure = e;')} } }`, []],
    [`class A { void f() { ${TRY('Thread.sleep(1);', 'onError(e);')} } }`, []],
    ['class A { void f() throws InterruptedException { Thread.sleep(1); } }', []],
  ],
  'java-function-field-not-serializable': [
    [
      MAP('private final HttpClient client = HttpClient.newHttpClient(); public String map(String s) { return s; }'),
      ['warning java-function-field-not-serializable'],
    ],
    [
      MAP('private Connection connection; A(Connection connection) { this.connection = connection; } public String map(String s) { return s; }'),
      ['warning java-function-field-not-serializable'],
    ],
    [MAP('private transient HttpClient client = null; public String map(String s) { return s; }'), []],
    [
      MAP(
        'private Connection connection; public void open(Configuration c) { connection = connect(); } public void close() { connection.close(); } public String map(String s) { return s; }',
      ),
      [],
    ],
    [MAP('private static final HttpClient CLIENT = HttpClient.newHttpClient(); public String map(String s) { return s; }'), []],
    ['class A { private final HttpClient client = HttpClient.newHttpClient(); }', []],
  ],
  'java-function-static-state': [
    [MAP('private static int seen; public String map(String s) { seen++; LOG.info("{}", seen); return s; }'), ['info java-function-static-state']],
    [MAP('static int seen; public String map(String s) { seen++; LOG.info("{}", seen); return s; }'), ['warning java-function-static-state']],
    [MAP('private static int seen; public String map(String s) { seen++; return s + seen; }'), ['warning java-function-static-state']],
    [
      MAP('private static int seen; public String map(String s) { if (seen++ > 3) LOG.info("{}", seen); return s; }'),
      ['warning java-function-static-state'],
    ],
    [MAP('static int seen; public String map(String s) { seen++; return s; }'), ['warning java-function-static-state']],
    [
      MAP('static final Map<String, String> CACHE = new HashMap<>(); public String map(String s) { CACHE.put(s, s); return s; }'),
      ['warning java-function-static-state'],
    ],
    [MAP('static final ConcurrentHashMap<String, String> CACHE = null; public String map(String s) { CACHE.put(s, s); return s; }'), []],
    [MAP('static final AtomicInteger SEEN = null; public String map(String s) { SEEN.incrementAndGet(); return s; }'), []],
    [MAP('int seen; public String map(String s) { seen++; return s; }'), []],
    [MAP('static final Map<String, String> TABLE = null; public String map(String s) { return TABLE.get(s); }'), []],
    [MAP('static int seen; public String map(String s) { synchronized (A.class) { seen++; } return s; }'), []],
  ],
  'java-client-not-closed': [
    [
      MAP(
        'transient Connection connection; public void open(Configuration c) { connection = DriverManager.getConnection(url); } public String map(String s) { return s; }',
      ),
      ['warning java-client-not-closed'],
    ],
    [
      MAP(
        'transient ExecutorService pool; public void open(Configuration c) { pool = Executors.newFixedThreadPool(2); } public void close() { } public String map(String s) { return s; }',
      ),
      ['warning java-client-not-closed'],
    ],
    [
      MAP(
        'transient Connection connection; public void open(Configuration c) { connection = connect(); } public void close() { IOUtils.closeQuietly(connection); } public String map(String s) { return s; }',
      ),
      [],
    ],
    [
      MAP('transient Connection connection; public void open(Configuration c) { connection = shared; } public String map(String s) { return s; }'),
      [],
    ],
    [
      MAP(
        'transient ValueState<String> state; public void open(Configuration c) { state = getRuntimeContext().getState(null); } public String map(String s) { return s; }',
      ),
      [],
    ],
  ],
  'java-static-initializer-waits': [
    [
      'class A { static { try { Executors.newFixedThreadPool(1).submit(() -> load()).get(); } catch (Exception e) { throw new RuntimeException(e); } } static int load() { return 1; } }',
      ['warning java-static-initializer-waits'],
    ],
    ['class A { static final int SUM = IntStream.range(0, 9).parallel().map(i -> i + 1).sum(); }', ['warning java-static-initializer-waits']],
    ['class A { static final ExecutorService POOL = Executors.newFixedThreadPool(1); static { POOL.submit(() -> 1); } }', []],
    ['class A { static final Map<String, String> TABLE = new HashMap<>(); static { TABLE.get("a"); } }', []],
    ['class A { static int f() throws Exception { return POOL.submit(() -> 1).get(); } static final ExecutorService POOL = null; }', []],
  ],
  'java-missing-uid': [
    [JOB('in.keyBy(x -> x).process(new Counter()).print();'), ['hint java-missing-uid']],
    [JOB('in.keyBy(x -> x).window(TumblingEventTimeWindows.of(null)).reduce((a, b) -> a).name("sum").sinkTo(sink);'), ['hint java-missing-uid']],
    [JOB('in.keyBy(x -> x).process(new Counter()).uid("counter").name("counter");'), []],
    [JOB('SingleOutputStreamOperator<String> out = in.keyBy(x -> x).process(new Counter()); out.uid("counter");'), []],
    [JOB('in.map(x -> x).filter(x -> true).print();'), []],
    ['class A { DataStream<String> f(DataStream<String> in) { return in.keyBy(x -> x).process(new Counter()); } }', []],
  ],
};

describe('rules for jobs and connectors', () => {
  for (const [id, cases] of Object.entries(CASES)) {
    describe(id, () => {
      for (const [text, expected] of cases) {
        it(`${expected.join(', ') || 'near miss'}: ${text}`, async () => {
          const found = (await findingsOf(text)).filter((one) => one.id === id);
          assert.deepEqual(
            found.map(({ severity, code }) => `${severity} ${code}`),
            expected,
          );
        });
      }
    });
  }

  it('proves what a task of the same executor needs', async () => {
    const [first] = await findingsOf(CASES['java-waiting-under-lock']?.[0]?.[0] ?? '');
    assert.equal(first?.certainty, 'proved');
    assert.match(first.message, /^Deadlock: \w+\(\) waits for a task that needs the monitor of/);
  });

  it('offers edits where they are certain', async () => {
    const text =
      'class A extends RichMapFunction<String, String> {\n    transient Connection connection;\n\n    public void open(Configuration c) {\n        connection = connect();\n    }\n\n    public String map(String s) {\n        return s;\n    }\n}\n';
    const [first] = await findingsOf(text);
    const fix = first?.fixes[0];
    assert.ok(fix?.by === 'edits');
    const fixed = applyEdits(`import org.apache.flink.api.common.functions.*;\n${text}`, fix.edits);
    assert.match(
      fixed,
      /\n {4}@Override\n {4}public void close\(\) throws Exception \{\n {8}if \(connection != null\) \{\n {12}connection\.close\(\);\n {8}\}\n {8}super\.close\(\);\n {4}\}\n\}/,
    );
  });

  it('leaves texts of other languages and without Flink alone', async () => {
    const analysis = await javaSourceKind.analyse(
      { uri: 'file:///src/A.java', text: MAP('public String map(String s) throws Exception { Thread.sleep(10); return s; }') },
      { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT },
    );
    assert.equal(analysis.units[0]?.model, null);
  });
});

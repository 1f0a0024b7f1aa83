// One verdict: what the report of a file says first is what its lens, its outline and the copy for a ticket say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../../common/commands.ts';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse, firstView, report, verdict } from '../../../server/src/core/kinds/index.ts';
import { ticket } from '../../../server/src/core/views/ticket.ts';
import { toldFindings } from '../../../server/src/core/views/verdict.ts';
import { featuresOf } from '../../../server/src/features/index.ts';
import { verdictLenses, verdictSymbols } from '../../../server/src/features/verdict.ts';
import { fixtures } from '../../fuzz/inputs.ts';
import { hotspot, thread } from '../analysis/threaddump/dumps.ts';

const URI = 'file:///file';

/** Without what Markdown and the layout of a sentence add. */
const bare = (text: string): string =>
  text
    .replace(/[\\*…]/g, '')
    .replace(/ \(suspected\)|^Suspected: /g, '')
    .replace(/[.,:]?$/, '');

const ALL_CLEAR = /no deadlock|no finding|nothing wrong|nothing failed|no failure/i;

describe('the verdict of a file', () => {
  const read: { name: string; text: string }[] = [];
  before(() => {
    read.push(...fixtures().filter(({ text }) => text.length < 400_000));
  });

  it('is one and the same in report, lens, outline and ticket, and no all-clear beside a finding', async function () {
    this.timeout(240_000);
    let told = 0;
    for (const { name, text } of read) {
      const analysis = await analyse({ uri: URI, text });
      const said = verdict(analysis);
      if (said === null) continue;
      told++;
      const document = { uri: URI, text, analysis, settings: DEFAULT_SETTINGS };
      const first = (report(analysis, 'Title') ?? '').split('\n').find((line, at) => at > 0 && line !== '') ?? '';
      assert.ok(bare(first).startsWith(bare(said.text).slice(0, 40)), `${name}\n${first}\n${said.text}`);
      const [lens] = verdictLenses(document);
      assert.ok(lens?.title.endsWith(said.text), name);
      assert.equal(verdictSymbols(document)[0]?.name, said.text, name);
      const [copied = ''] = ticket(analysis, { name: 'file', verdict: said, lineOf: () => 0 }).split('\n');
      assert.ok(bare(copied).startsWith(bare(said.text).slice(0, 40)), `${name}\n${copied}\n${said.text}`);
      const [worst] = toldFindings(analysis.findings);
      if (worst === undefined || worst.severity === 'info') continue;
      assert.doesNotMatch(said.text, ALL_CLEAR, name);
      const others = (await featuresOf(analysis.kind)).lenses?.(document) ?? [];
      // Of several dumps one may show nothing while another does.
      for (const { title } of others) if (!/Dump \d+ of/.test(title)) assert.doesNotMatch(title, ALL_CLEAR, `${name}: ${title}`);
    }
    assert.ok(told > 1000, String(told));
  });

  it('of a dump names a task all of whose subtasks stand in a call to something outside, as no finding', async () => {
    const task = (name: string, ...frames: string[]): string =>
      thread(name, 'RUNNABLE', [
        'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
        ...frames,
        'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
      ]);
    const idle = thread('Map (1/1)#0', 'WAITING (parking)', [
      'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
      'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)',
    ]);
    const said = async (...threads: string[]) => {
      const analysis = await analyse({ uri: URI, text: hotspot(threads) });
      assert.deepEqual(analysis.findings, []);
      return verdict(analysis)?.text;
    };
    const own = (subtask: number): string => task(`Sink: stock (${subtask}/2)#0`, 'com.shop.StockClient.send(StockClient.java:12)');
    assert.equal(await said(own(1), own(2)), 'Perhaps held up: "Sink: stock", waiting for the network in StockClient.send');
    assert.equal(await said(own(1), own(2), idle), 'Perhaps the bottleneck: "Sink: stock", waiting for the network in StockClient.send');
    const wants = thread('Sink: ledger (1/1)#0', 'WAITING (parking)', [
      'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
      '- parking to wait for  <0x00000000d0000003> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)',
      'java.util.concurrent.locks.ReentrantLock.lock(java.base@17.0.15/ReentrantLock.java:322)',
      'com.shop.Ledger.book(Ledger.java:8)',
      'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
    ]);
    assert.equal(await said(wants), 'Perhaps held up: "Sink: ledger", waiting for a lock whose holder is not shown');
    const jdbc = task('Sink: orders (1/1)#0', 'org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:322)');
    assert.equal(await said(jdbc), 'Perhaps held up: "Sink: orders", database call');
  });

  it('of a dump names a pool of Flink all of whose threads call out', async () => {
    const io = (number: number, ...frames: string[]): string =>
      thread(`jobmanager-io-thread-${number}`, 'RUNNABLE', [
        ...frames,
        'java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)',
      ]);
    const discards = [
      'sun.nio.ch.Net.poll(java.base@17.0.15/Native Method)',
      'com.store.Http.read(Http.java:1)',
      'org.apache.flink.runtime.fs.hdfs.HadoopFileSystem.delete(HadoopFileSystem.java:160)',
      'org.apache.flink.runtime.checkpoint.CompletedCheckpoint.lambda$discard$0(CompletedCheckpoint.java:1)',
    ];
    const idle = thread('jobmanager-io-thread-3', 'WAITING (parking)', [
      'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
      'java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)',
    ]);
    const said = async (...threads: string[]) => verdict(await analyse({ uri: URI, text: hotspot(threads) }));
    const all = await said(io(1, ...discards), io(2, ...discards));
    assert.equal(all?.text, 'Perhaps held up: all 2 threads of JobManager I/O, waiting for the network in HadoopFileSystem.delete');
    assert.equal(all?.suspicion, true);
    assert.match((await said(io(1, ...discards), io(2, ...discards), idle))?.text ?? '', /^No deadlock/, 'one is free');
    assert.match((await said(io(1, ...discards)))?.text ?? '', /^No deadlock/, 'one alone says nothing');
  });

  it('of a source that waits for data, or of a task that sleeps, accuses nobody', async () => {
    const run = 'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)';
    const source = 'org.apache.flink.streaming.api.operators.StreamSource.run(StreamSource.java:114)';
    const said = async (state: string, ...frames: string[]) =>
      verdict(await analyse({ uri: URI, text: hotspot([thread('Source: feed -> parse (1/1)#0', state, [...frames, source, run])]) }))?.text ?? '';
    const read = 'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)';
    const client = 'com.shop.FeedClient.next(FeedClient.java:12)';
    assert.match(await said('RUNNABLE', read, client), /^No deadlock/);
    assert.match(await said('TIMED_WAITING (sleeping)', 'java.lang.Thread.sleep(java.base@17.0.15/Native Method)', client), /^No deadlock/);
    const handsOn = 'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)';
    assert.match(
      await said('RUNNABLE', read, client, handsOn),
      /^Perhaps held up: "Source: feed -> parse", waiting for the network in FeedClient\.next$/,
    );
  });

  it('of a job says where it is back-pressured although nothing tells the cause', async () => {
    const text = readFileSync(at('demo/3-back-pressure/job.json'), 'utf8');
    const said = async (job: string) => verdict(await analyse({ uri: URI, text: job }))?.text;
    // Of the vertex between the two too little was measured.
    assert.equal(await said(text), 'Suspected: "slow sink: Wri…" is the bottleneck: busy 85 %, "tokenizer" before it back-pressured 67 %');
    const sink = text.indexOf('"name":"slow sink');
    const unmeasured = text.slice(0, sink) + text.slice(sink).replace(/"accumulated-busy-time":[\d.]+/, '"accumulated-busy-time":"NaN"');
    assert.equal(await said(unmeasured), '"tokenizer" is back-pressured 67 % of the time; the cause comes after it');
  });

  it('of a dump leads to its graph where threads are in a deadlock, else to its stacks', async function () {
    this.timeout(120_000);
    const leads = new Map<string, number>();
    for (const { text } of read) {
      const analysis = await analyse({ uri: URI, text });
      if (analysis.kind !== 'thread-dump') continue;
      const locked = analysis.dumps.some(({ deadlocks }) => deadlocks.length > 0);
      const view = firstView(analysis);
      assert.equal(view, locked ? 'lock-wait' : 'stacks');
      const [lens] = verdictLenses({ uri: URI, text, analysis, settings: DEFAULT_SETTINGS });
      assert.equal(lens?.tooltip, COMMANDS[locked ? 'logjam.showLockGraph' : 'logjam.showStacks'].title);
      leads.set(view ?? '', (leads.get(view ?? '') ?? 0) + 1);
    }
    assert.equal(leads.size, 2);
  });
});

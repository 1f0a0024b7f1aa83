import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import { callbackFrame, type DumpFrame } from '../../../../server/src/core/analysis/java/callbackFrame.ts';
import { fixAllJava, lineEdits } from '../../../../server/src/core/analysis/java/edit/fixAll.ts';
import { planMove } from '../../../../server/src/core/analysis/java/edit/index.ts';
import { applyEdits, isRefusal } from '../../../../server/src/core/analysis/java/edit/plan.ts';
import { planTakeItself } from '../../../../server/src/core/analysis/java/edit/takeItself.ts';
import { fixFromDump } from '../../../../server/src/core/analysis/java/fromDump.ts';
import { readJava } from '../../../../server/src/core/analysis/java/guarded.ts';
import type { GuardedCall, JavaModel } from '../../../../server/src/core/analysis/java/model.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { detect, usesFlink } from '../../../../server/src/core/detect.ts';
import { javaSourceKind } from '../../../../server/src/core/kinds/javaSource.ts';
import { LOCK_CALLBACKS } from '../../../../server/src/core/knowledge/lockCallbacks.ts';
import { costWords, DUMP_REFUSALS } from '../../../../server/src/core/rules/java/words.ts';
import { suggestionFromDump } from '../../../../server/src/core/views/java/suggestion.ts';
import { say } from '../../../../server/src/core/wording.ts';
import { javaSourceFeatures } from '../../../../server/src/features/java/index.ts';
import { callsUnderLocks } from '../../../support/javaCalls.ts';

const FIXTURES = at('test/fixtures/java');
const CHANNEL = readFileSync(join(FIXTURES, 'ChannelBuffers.java'), 'utf8');
const analyse = (text: string, settings = {}, uri = 'file:///src/A.java') =>
  javaSourceKind.analyse({ uri, text }, { settings: { ...DEFAULT_SETTINGS, ...settings }, checkpoint: NO_CHECKPOINT });

describe('lock callbacks', () => {
  const FIELDS =
    'Buffer buffer; BufferListener listener; Reader readView, reader; GateNotificationHelper helper; Client client; Gate inputGate; Channel channel; Owner owner; Cache cache; Pool recycler, bin; Scheduler readScheduler; Semaphore semaphore; Handler handler; Contender contender; Registry registry; Driver leaderElectionDriver;';
  for (const entry of LOCK_CALLBACKS) {
    it(`${entry.method}: sample and near miss`, () => {
      const wrap = (statement: string): string => `class A { ${FIELDS} void f() { synchronized (this) { ${statement} } } }`;
      assert.deepEqual(
        readJava('', wrap(entry.sample)).guarded.map(({ callback }) => callback.entry),
        [entry],
      );
      assert.deepEqual(readJava('', wrap(entry.nearMiss)).guarded, []);
      assert.ok(entry.issues.length > 0 && entry.history.length > 0);
    });
  }
});

describe('value of a callback', () => {
  const guarded = (statement: string): number => readJava('', `class A { void f() { synchronized (this) { ${statement} } } }`).guarded.length;
  it('a method without a value is another one of the name where its value is used', () => {
    assert.equal(guarded('boolean told = view.notifyDataAvailable();'), 0);
    assert.equal(guarded('view.notifyDataAvailable();'), 1);
  });
  it('FLINK-28942: what hangs on the end of the release is no other method', () => {
    assert.equal(guarded('readScheduler.release().thenRun(() -> { synchronized (lock) { file.delete(); } });'), 1);
    assert.equal(guarded('CompletableFuture<?> end = readScheduler.release();'), 1);
  });
});

describe('Java source', () => {
  it('is told by its content', () => {
    assert.equal(detect(CHANNEL).kind, 'java-source');
    assert.equal(detect('/* licence */\nimport java.util.List;\n\nclass A {\n}\n').kind, 'java-source');
    assert.equal(detect('import os\nclass A:\n  pass\n').kind, 'unknown');
    assert.equal(detect('package main\n\nimport "fmt"\n').kind, 'unknown');
  });

  it('is looked at when it uses Flink or the setting names it', async () => {
    const plain = 'class A { void f(B b) { synchronized (this) { b.recycleBuffer(); } } }';
    assert.equal((await analyse(plain)).findings.length, 0);
    assert.equal((await analyse(plain, { 'logjam.java.files': ['/src/'] })).findings.length, 1);
    assert.equal((await analyse(`import org.apache.flink.x.B; ${plain}`)).findings.length, 1);
  });

  const USES: [string, boolean][] = [
    ['import org.apache.flink.api.common.functions.MapFunction;', true],
    ['import static org.apache.flink.util.Preconditions.checkNotNull;', true],
    ['import org.apache.flink.*;', true],
    ['package org.apache.flink;', true],
    ['/* licence */ package org.apache.flink.runtime;', true],
    ['class A extends org.apache.flink.api.common.functions.RichMapFunction<A, B> { }', true],
    ['// import org.apache.flink.api.common.functions.MapFunction;', false],
    ['/**\n * Like {@link org.apache.flink.api.MapFunction}.\n */', false],
    ['String name = "org.apache.flink.api.MapFunction";', false],
    ['import org.apache.flinkx.Reader;', false],
    ['import com.org.apache.flink.Reader;', false],
  ];
  for (const [line, expected] of USES) it(`${expected ? 'uses' : 'does not use'} Flink: ${line}`, () => assert.equal(usesFlink(line), expected));

  it('is not even parsed when it holds no such call', async () => {
    const locked = 'import org.apache.flink.x.B; class A { void f(B b) { synchronized (this) { b.CALL(); } } }';
    for (const call of ['close', 'release', 'recycle', 'retainBuffer'])
      assert.equal((await analyse(locked.replace('CALL', call))).units[0]?.model, null);
    assert.equal((await analyse(locked.replace('CALL', 'recycleBuffer').replace('synchronized (this)', ''))).units[0]?.model, null);
  });

  it('with thousands of calls is read in a time that grows with them, and not edited', async () => {
    const block = (count: number): string =>
      `import org.apache.flink.x.B; class A { void f(B b) { synchronized (this) {${' b.recycleBuffer();\n'.repeat(count)}} } }`;
    const { findings } = await analyse(block(3000));
    assert.equal(findings.length, 200);
    assert.match(findings.at(-1)?.details.join(' ') ?? '', /2800 more in this file/);
    assert.match(findings[0]?.fixes[0]?.title ?? '', /more than 50 such calls/);
    assert.equal((await analyse(block(50))).findings[49]?.fixes.flatMap((fix) => (fix.by === 'edits' ? fix.edits : [])).length, 1);
  });

  it('with hundreds of findings is fixed to a point where nothing is left', () => {
    const method = (index: number): string =>
      `    void f${index}(Buffer buffer) {\n        synchronized (lock) {\n            buffer.recycleBuffer();\n            count++;\n        }\n    }\n`;
    const text = `import org.apache.flink.x.Buffer;\n\nclass A {\n    int count;\n${Array.from({ length: 300 }, (_, index) => method(index)).join('\n')}}\n`;
    const fixed = fixAllJava(text, (plan) => plan.safe);
    assert.equal(fixed.applied.length, 300);
    assert.equal(readJava('', fixed.text).guarded.length, 0);
    assert.equal(fixed.text.match(/import java\.util\.Objects;/g)?.length, 1);
    assert.equal(fixAllJava(fixed.text, (plan) => plan.safe).text, fixed.text);
  });

  it('knows callbacks of the setting', async () => {
    const text = 'import org.apache.flink.x.B; class A { void f(B b) { synchronized (this) { b.tellAll(1); } } }';
    assert.equal((await analyse(text)).findings.length, 0);
    assert.match((await analyse(text, { 'logjam.java.callbacks': ['tellAll'] })).findings[0]?.details[0] ?? '', /is named in the settings/);
  });

  it('is read however broken it is', () => {
    for (let cut = 0; cut < CHANNEL.length; cut += 37) {
      readJava('', CHANNEL.slice(0, cut));
      readJava('', CHANNEL.slice(0, cut) + CHANNEL.slice(cut + 11));
    }
  });

  it('tells the way from the lock to the call', async () => {
    const { findings } = await analyse(CHANNEL);
    const [first] = findings;
    assert.equal(findings.length, 2);
    assert.equal(first?.knownIssue, 'FLINK-22946');
    assert.equal(CHANNEL.slice(first?.at.span.start, first?.at.span.end), 'recycleBuffer');
    assert.deepEqual(
      first?.related.map(({ message, at: { span } }) => [message, CHANNEL.slice(span.start, span.end)]),
      [
        ['the monitor of store is taken here', 'store'],
        ['under it addOwn() is called', 'addOwn'],
        ['the monitor of store is taken here', 'store'],
        ['under it addOwn() is called', 'addOwn'],
      ],
    );
    assert.deepEqual(
      first?.fixes.map((fix) => [fix.title, fix.by === 'edits' && fix.safe]),
      [
        ['Move recycleBuffer outside the synchronized block', false],
        ['Let the channel that waits for buffers keep the buffer itself (local remedy)', false],
      ],
    );
  });

  it('explains itself on hovering, and fixes at once what is safe', async () => {
    const analysis = await analyse(CHANNEL);
    const document = { uri: 'file:///A.java', text: CHANNEL, analysis, settings: DEFAULT_SETTINGS };
    const hover = javaSourceFeatures.hover?.(document, analysis.findings[0]?.at.span.start ?? 0);
    assert.match(hover?.markdown ?? '', /`store` is held from line \d+: `addOwn\(\)` \(line \d+\) → `recycleBuffer\(\)`/);
    const edits = javaSourceFeatures.fixAll?.(document) ?? [];
    const fixed = applyEdits(CHANNEL, edits);
    assert.equal((await analyse(fixed)).findings.length, 1);
    assert.deepEqual(javaSourceFeatures.fixAll?.({ ...document, text: fixed, analysis: await analyse(fixed) }), []);
  });

  it('is fixed as Flink fixed it: the surplus buffer goes back behind the lock, before others are told', () => {
    const model = readJava('', CHANNEL);
    const plan = planMove(model, model.guarded[0] as GuardedCall);
    assert.ok(!isRefusal(plan));
    const fixed = readJava('', applyEdits(CHANNEL, plan.edits));
    assert.deepEqual(callsUnderLocks(model, 'giveBack'), ['addOwn in store', 'notifyAll in store', 'tell']);
    assert.deepEqual(callsUnderLocks(model, 'addOwn'), ['add', 'size', 'size', 'poll', 'recycleBuffer']);
    assert.deepEqual(callsUnderLocks(fixed, 'giveBack'), ['addOwn in store', 'notifyAll in store', 'recycleBuffer', 'tell']);
    assert.deepEqual(callsUnderLocks(fixed, 'init'), ['addOwn in store', 'add in store', 'recycleBuffer']);
    assert.deepEqual(callsUnderLocks(fixed, 'addOwn'), ['add', 'size', 'size', 'poll']);
  });

  it('lets the waiting channel keep its buffer', () => {
    const model = readJava('', CHANNEL);
    const plan = planTakeItself(model, model.guarded[0] as (typeof model.guarded)[0]);
    const fixed = applyEdits(CHANNEL, plan?.edits ?? []);
    assert.match(fixed, /int addOwn\(Buffer buffer, int required, boolean isWaitingForFloatingBuffers\)/);
    assert.match(fixed, /if \(!isWaitingForFloatingBuffers && own\.size\(\) \+ lent\.size\(\) > required\)/);
    assert.equal(fixed.match(/addOwn\([^;]*isWaitingForFloatingBuffers\);/g)?.length, 2);
    assert.match(costWords(plan?.costs ?? []) ?? '', /local remedy/);
  });
});

describe('Java source behind a dump', () => {
  const owner = 'org.apache.flink.sample.ChannelBuffers';
  const line = (text: string): number => CHANNEL.slice(0, CHANNEL.indexOf(text)).split('\n').length;
  const frames = (method = 'addOwn', at = line('surplus.recycleBuffer')): DumpFrame[] => [
    { className: 'org.apache.flink.runtime.io.network.buffer.LocalBufferPool', method: 'recycle', file: 'LocalBufferPool.java', line: 494 },
    { className: 'org.apache.flink.runtime.io.network.buffer.NetworkBuffer', method: 'recycleBuffer', file: 'NetworkBuffer.java', line: 156 },
    { className: `${owner}$Store`, method, file: 'ChannelBuffers.java', line: at },
    { className: owner, method: 'giveBack', file: 'ChannelBuffers.java', line: line('store.addOwn(own') },
    { className: 'java.lang.Thread', method: 'run', file: 'Thread.java', line: 1 },
  ];
  const fixOf = (list: DumpFrame[], text = CHANNEL) => {
    const callback = callbackFrame(list, 3);
    assert.ok(callback);
    return fixFromDump('file:///ChannelBuffers.java', text, callback);
  };

  it('finds the frame and its source', () => {
    const callback = callbackFrame(frames(), 3);
    assert.deepEqual(
      [callback?.package, callback?.file, callback?.entry.method, callback?.frame.method],
      ['org/apache/flink/sample', 'ChannelBuffers.java', 'recycleBuffer', 'addOwn'],
    );
    assert.equal(callbackFrame(frames(), 0), null);
  });

  it('offers the fix where names and line agree', () => {
    const fix = fixOf(frames());
    assert.ok(fix.plan);
    assert.equal(fix.otherLine, null);
    assert.equal(readJava('', applyEdits(CHANNEL, fix.plan.edits)).guarded.length, 1);
  });

  it('tells another line, and refuses other names', () => {
    const other = fixOf(frames('addOwn', 7));
    assert.equal(other.plan === null ? null : other.otherLine?.dumpLine, 7);
    const why = (fix: ReturnType<typeof fixOf>): string => (fix.refusal === null ? '' : say(DUMP_REFUSALS, fix.refusal));
    assert.match(why(fixOf(frames('addAll'))), /no method addAll/);
    assert.match(why(fixOf(frames('size'))), /does not call recycleBuffer\(\) while a lock is held/);
    assert.match(why(fixOf(frames(), CHANNEL.replace('class Store', 'class Shop'))), /no class ChannelBuffers\.Store/);
    const visible = CHANNEL.replace('int addOwn', 'public int addOwn').replace('static final class Store', 'public static final class Store');
    assert.match(why(fixOf(frames(), visible)), /addOwn\(\) is public/);
  });

  it('says what to change where there is no source', () => {
    const [callback, holder] = [callbackFrame(frames(), 3), frames()[3]];
    assert.ok(callback && holder);
    const text = suggestionFromDump(callback, holder);
    assert.match(
      text,
      /`ChannelBuffers\.Store\.addOwn` \(line \d+\) calls `recycleBuffer\(\)` while `ChannelBuffers\.giveBack` \(line \d+\) holds the lock/,
    );
    assert.match(text, /logjam\.sourceRoots/);
    assert.match(text, /903de19442ba/);
  });
});

describe('differences of lines', () => {
  const CASES: [string, string, number][] = [
    ['', '', 0],
    ['a\nb\nc\n', 'a\nb\nc\n', 0],
    ['a\nb\nc\n', 'a\nx\nc\n', 1],
    ['a\nb\nc\n', 'b\nc\nd\n', 2],
    ['', 'a\n', 1],
    ['a\n', '', 1],
    ['a', 'a\n', 1],
    ['a\nb\nc\nd\ne\nf\n', 'a\nc\nd\nx\ny\nf\n', 2],
    ['a\n'.repeat(2000), 'b\n'.repeat(2000), 1],
  ];
  for (const [before, after, hunks] of CASES) {
    it(`${JSON.stringify(before.slice(0, 20))} to ${JSON.stringify(after.slice(0, 20))}`, () => {
      const edits = lineEdits(before, after, '');
      assert.equal(edits.length, hunks);
      assert.equal(applyEdits(before, edits), after);
    });
  }
});

describe('Java fixtures', () => {
  for (const name of readdirSync(FIXTURES).filter((file) => file.endsWith('.java'))) {
    it(`${name}: applying a fix twice changes nothing`, () => {
      const text = readFileSync(join(FIXTURES, name), 'utf8');
      const model = readJava('', text);
      for (const guarded of model.guarded) {
        const plan = fixOnce(model, guarded);
        if (plan === null) continue;
        const fixed = applyEdits(text, plan.edits);
        assert.ok(readJava('', fixed).guarded.length < model.guarded.length);
      }
    });
  }
});

function fixOnce(model: JavaModel, guarded: GuardedCall) {
  const plan = planMove(model, guarded);
  return isRefusal(plan) ? null : plan;
}

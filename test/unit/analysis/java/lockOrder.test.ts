import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { javaSourceKind } from '../../../../server/src/core/kinds/javaSource.ts';
import type { JavaSources } from '../../../../server/src/core/model.ts';

const PACKAGE = 'org.apache.flink.sample';
const HEAD = `package ${PACKAGE};\n\n`;

const RUNNER = (close: string): string => `${HEAD}class Runner implements Contender {
    private final Object lock = new Object();
    private final Election election;

    public void close() {
        ${close}
    }

    @Override
    public void granted() {
        synchronized (lock) {
            run();
        }
    }

    private void run() {}
}
`;

const ELECTION = `${HEAD}class DefaultElection implements Election {
    private final Object lock = new Object();
    private Contender contender;

    public void stop() {
        synchronized (lock) {
            contender = null;
        }
    }

    public void onGranted() {
        synchronized (lock) {
            contender.granted();
        }
    }
}
`;

const OTHERS: Record<string, string> = {
  Election: `${HEAD}interface Election {\n    void stop();\n}\n`,
  Contender: `${HEAD}interface Contender {\n    void granted();\n}\n`,
  DefaultElection: ELECTION,
};

const beside = (files: Record<string, string>): JavaSources => ({
  around: async () => Object.entries(files).map(([name, text]) => ({ uri: `file:///src/${name}.java`, text })),
  width: async () => null,
});

async function check(text: string, files: Record<string, string> | null) {
  const options = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT, ...(files === null ? {} : { sources: beside(files) }) };
  const { findings } = await javaSourceKind.analyse({ uri: 'file:///src/Runner.java', text }, options);
  return findings.filter(({ id }) => id === 'java-lock-order' || id === 'java-callback-under-lock');
}

describe('order of locks in several files', () => {
  it('is opposite where each calls the other under its lock', async () => {
    const [first, ...more] = await check(RUNNER('synchronized (lock) { election.stop(); }'), OTHERS);
    assert.ok(first);
    assert.equal(more.length, 0);
    assert.deepEqual([first.id, first.severity, first.certainty], ['java-lock-order', 'warning', 'proved']);
    assert.equal(first.message, 'Locks in opposite orders: Runner.lock and DefaultElection.lock');
    assert.match(first.details[0] ?? '', /stop\(\) under Runner\.lock takes DefaultElection\.lock/);
    assert.deepEqual(
      first.related.slice(1).map(({ message, at }) => [message, at.document]),
      [
        ['DefaultElection.stop', 'file:///src/DefaultElection.java'],
        ['DefaultElection.onGranted', 'file:///src/DefaultElection.java'],
        ['Runner.granted', 'file:///src/Runner.java'],
      ],
    );
  });

  it('counts what is hung on a future, which runs at once when it is complete', async () => {
    assert.equal((await check(RUNNER('synchronized (lock) { done.thenRun(() -> election.stop()); }'), OTHERS)).length, 1);
    assert.equal((await check(RUNNER('synchronized (lock) { executor.execute(() -> election.stop()); }'), OTHERS)).length, 0);
    // Nor is the other way one when another thread goes it.
    for (const run of [
      'executor.execute(() -> contender.granted());',
      'done.thenRunAsync(() -> contender.granted());',
      'new Thread(() -> contender.granted());',
    ])
      assert.deepEqual(
        await check(RUNNER('synchronized (lock) { election.stop(); }'), {
          ...OTHERS,
          DefaultElection: ELECTION.replace('contender.granted();', run),
        }),
        [],
      );
  });

  const SILENT: [string, string, Record<string, string> | null][] = [
    ['after the lock is left', 'synchronized (lock) { run(); } election.stop();', OTHERS],
    ['without the other files', 'synchronized (lock) { election.stop(); }', null],
    [
      'where the other class takes no lock',
      'synchronized (lock) { election.stop(); }',
      { ...OTHERS, DefaultElection: ELECTION.replaceAll('synchronized (lock)', '') },
    ],
    [
      'where the other class does not come back',
      'synchronized (lock) { election.stop(); }',
      { ...OTHERS, DefaultElection: ELECTION.replace('contender.granted();', '') },
    ],
    [
      'where it comes back after its lock',
      'synchronized (lock) { election.stop(); }',
      { ...OTHERS, DefaultElection: ELECTION.replace('contender.granted();\n        }', '}\n        contender.granted();') },
    ],
  ];
  for (const [name, close, files] of SILENT) it(`is no matter ${name}`, async () => assert.deepEqual(await check(RUNNER(close), files), []));

  it('is information after a failure only', async () => {
    const severities = async (runner: string) => (await check(runner, OTHERS)).map(({ severity }) => severity);
    assert.deepEqual(await severities(RUNNER('synchronized (lock) { election.stop(); }')), ['warning']);
    assert.deepEqual(await severities(RUNNER('synchronized (lock) { try { run(); } catch (RuntimeException e) { election.stop(); } }')), ['info']);
  });

  const CHANNEL = `${HEAD}class Channel implements Listener {
    private final Object requestLock = new Object();
    private final Manager manager;

    void request() {
        synchronized (requestLock) {
            manager.createView(1, this);
        }
    }

    @Override
    public void notifyDataAvailable() {}
}
`;
  const MANAGER = (body: string): string =>
    `${HEAD}class Manager {\n    View createView(int index, Listener listener) {\n        ${body}\n        return null;\n    }\n}\n`;
  const LISTENER = `${HEAD}interface Listener {\n    void notifyDataAvailable();\n}\n`;

  it('is in danger where the callee calls back at once', async () => {
    const [first] = await check(CHANNEL, { Listener: LISTENER, Manager: MANAGER('listener.notifyDataAvailable();') });
    assert.equal(first?.code, 'java-lock-order-comes-back');
    assert.match(first.message, /createView\(\) under Channel\.requestLock calls back notifyDataAvailable\(\) at once/);
    assert.equal(first.severity, 'info', 'no opposite order');
    assert.deepEqual(await check(CHANNEL, { Listener: LISTENER, Manager: MANAGER('later.add(listener);') }), []);
  });

  it('is proved where the object told whom to call, however long the way (FLINK-19391)', async () => {
    const channel = CHANNEL.replace('private final Manager manager;', 'private final Manager manager;\n    private final Gate gate;').replace(
      'public void notifyDataAvailable() {}',
      'public void notifyDataAvailable() {\n        gate.queue(this);\n    }\n\n    @Override\n    public Object next() {\n        synchronized (requestLock) {\n            return null;\n        }\n    }',
    );
    const gate = (body: string): string =>
      `${HEAD}class Gate {\n    private final Deque<Input> inputs = new ArrayDeque<>();\n    void queue(Input input) {\n        synchronized (inputs) {\n            inputs.add(input);\n        }\n    }\n    Object poll() {\n        ${body}\n    }\n}\n`;
    const files = {
      Listener: LISTENER,
      Input: `${HEAD}interface Input {\n    Object next();\n}\n`,
      Other: `${HEAD}class Other implements Input {\n    public Object next() {\n        return null;\n    }\n}\n`,
      Manager: MANAGER('return partition.createView(listener);').replace('class Manager {', 'class Manager {\n    private Partition partition;'),
      Partition: `${HEAD}class Partition {\n    private Sub sub;\n    View createView(Listener listener) {\n        return sub.createView(listener);\n    }\n}\n`,
      Sub: `${HEAD}class Sub {\n    View createView(Listener listener) {\n        listener.notifyDataAvailable();\n        return null;\n    }\n}\n`,
    };
    const asked = channel.replace('implements Listener', 'implements Listener, Input');
    const [proved] = await check(asked, { ...files, Gate: gate('synchronized (inputs) {\n            return inputs.peek().next();\n        }') });
    assert.deepEqual([proved?.code, proved?.severity, proved?.certainty], ['java-lock-order', 'warning', 'proved']);
    const [after] = await check(asked, {
      ...files,
      Gate: gate('Input input;\n        synchronized (inputs) {\n            input = inputs.peek();\n        }\n        return input.next();'),
    });
    assert.deepEqual([after?.code, after?.severity], ['java-lock-order-comes-back', 'info']);
  });

  it('is information where only the class itself begins the other side', async () => {
    const runner = RUNNER('synchronized (lock) { election.stop(); }').replace(
      'private void run() {}',
      'void start() {\n        election.onGranted();\n    }\n\n    private void run() {}',
    );
    const others = { ...OTHERS, Election: OTHERS['Election']?.replace('void stop();', 'void stop();\n    void onGranted();') as string };
    const severities = async (files: Record<string, string>): Promise<string[]> => (await check(runner, files)).map(({ severity }) => severity);
    assert.deepEqual(await severities(others), ['info']);
    const driver = `${HEAD}class Driver {\n    private Election election;\n    void isLeader() {\n        election.onGranted();\n    }\n}\n`;
    assert.deepEqual(await severities({ ...others, Driver: driver }), ['warning']);
  });

  it('takes a lock that a class hands to another for one lock (FLINK-25653)', async () => {
    const reader = `${HEAD}class Runner {\n    private final Object lock = new Object();\n    private Scheduler recycler;\n    void fail() {\n        synchronized (lock) {\n            recycler.recycle(null);\n        }\n    }\n}\n`;
    const scheduler = (keep: string): string =>
      `${HEAD}class Scheduler {\n    private final Object lock;\n    private Runner reader;\n    Scheduler(int size, Object lock) {\n        ${keep}\n    }\n    void recycle(Object segment) {\n        synchronized (lock) {\n            count();\n        }\n    }\n    private void count() {}\n    void release() {\n        reader.fail();\n    }\n}\n`;
    const partition = (given: string): string =>
      `${HEAD}class Partition {\n    private final Object lock = new Object();\n    private final Object other = new Object();\n    private final Scheduler scheduler = new Scheduler(1, ${given});\n    void release() {\n        synchronized (lock) {\n            scheduler.release();\n        }\n    }\n}\n`;
    const found = async (keep: string, given: string, more: Record<string, string> = {}): Promise<string[]> =>
      (await check(reader, { Scheduler: scheduler(keep), Partition: partition(given), ...more })).map(({ severity }) => severity);
    for (const keep of ['this.lock = lock;', 'this.lock = checkNotNull(lock);']) {
      assert.deepEqual(await found(keep, 'lock'), ['warning']);
      assert.deepEqual(await found(keep, 'this.lock'), ['warning']);
      assert.deepEqual(await found(keep, 'other'), ['info']);
      assert.deepEqual(await found(keep, 'new Object()'), ['info']);
    }
    assert.deepEqual(await found('this.lock = new Object();', 'lock'), ['info']);
    const second = partition('lock').replaceAll('Partition', 'Second');
    assert.deepEqual(await found('this.lock = lock;', 'lock', { Second: second }), ['info'], 'which of two is not known');
  });

  it('makes a callback proved, and its absence information', async () => {
    const pool = (body: string): string =>
      `${HEAD}class Pool {\n    private final Object lock = new Object();\n    private Listener listener;\n    void recycle(Object segment) {\n        synchronized (lock) {\n            listener.notifyBufferAvailable(null);\n        }\n    }\n    ${body}\n}\n`;
    const channel = `${HEAD}class Runner implements Listener {\n    private final Object queue = new Object();\n    private Pool recycler;\n    public boolean notifyBufferAvailable(Object buffer) {\n        synchronized (queue) {\n            recycler.recycle(buffer);\n        }\n        return true;\n    }\n}\n`;
    const interfaceOf = `${HEAD}interface Listener {\n    boolean notifyBufferAvailable(Object buffer);\n}\n`;
    const [proved] = await check(channel, { Listener: interfaceOf, Pool: pool('') });
    assert.equal(proved?.certainty, 'proved');
    const [alone] = await check(channel, null);
    assert.deepEqual([alone?.severity, alone?.certainty], ['warning', 'suspected']);
    const [absent] = await check(channel, { Listener: interfaceOf, Pool: pool('').replace('listener.notifyBufferAvailable(null);', '') });
    // The lock may be held by a caller in the file.
    const through = channel
      .replace('recycler.recycle(buffer);', 'give(buffer);')
      .replace(/\}\n$/, '    private void give(Object buffer) {\n        recycler.recycle(buffer);\n    }\n}\n');
    const kept = await check(through, { Listener: interfaceOf, Pool: pool('') });
    assert.deepEqual([kept[0]?.severity, kept[0]?.certainty], ['warning', 'proved']);
    const left = await check(through, { Listener: interfaceOf, Pool: pool('').replace('listener.notifyBufferAvailable(null);', '') });
    assert.equal(left[0]?.severity, 'info');
    assert.deepEqual([absent?.severity, absent?.missing], ['info', ['The sources beside this file take the locks in no opposite order.']]);
  });
});

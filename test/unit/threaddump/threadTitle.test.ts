import assert from 'node:assert/strict';
import { detect } from '../../../server/src/core/detect.ts';
import { parseDumps } from '../../../server/src/core/threaddump/parse.ts';

const stack = (wanted: string, held: string) =>
  `   java.lang.Thread.State: BLOCKED (on object monitor)\n\tat org.acme.Bank.transfer(Bank.java:12)\n\t- waiting to lock <0x00000007000000${wanted}> (a java.lang.Object)\n\t- locked <0x00000007000000${held}> (a java.lang.Object)\n\tat org.acme.Bank.run(Bank.java:30)\n`;

const NAMED: Record<string, (name: string, number: number) => string> = {
  'a heading with a label and code': (name) => `### Thread: \`${name}\``,
  'a heading with a label and quotes': (name) => `## Thread "${name}"`,
  'a bold label': (name) => `**Thread:** \`${name}\``,
  'bold with a label': (name) => `**Thread ${name}**`,
  'a heading in code': (name) => `#### \`${name}\``,
  'a number and bold': (name, number) => `${number}. **${name}**`,
  'quotes and a state': (name) => `Thread "${name}" (BLOCKED):`,
  'a label': (name) => `Thread: ${name}`,
  'another label': (name) => `Thread name: ${name}`,
  'a rule around it': (name) => `=== ${name} ===`,
  'dashes around it': (name) => `--- ${name} ---`,
  brackets: (name) => `[${name}]`,
  'a heading and a state': (name) => `### ${name} (BLOCKED)`,
  'an item with a label': (name) => `* Thread \`${name}\`:`,
  'a tag': (name) => `<strong>${name}</strong>`,
  'a heading of a web page': (name) => `<h3>${name}</h3>`,
  'a heading of Jira': (name) => `h3. ${name}`,
  'bold of Jira': (name) => `*${name}*`,
  'bold and quotes': (name) => `**"${name}":**`,
  'a summary': (name) => `<summary>Thread ${name}</summary>`,
  'a number behind the label': (name, number) => `Thread #${number} - \`${name}\``,
  'what the stack is of': (name) => `Stack trace of thread "${name}":`,
  'a sentence with the state': (name) => `Thread ${name} is BLOCKED`,
  'the name alone': (name) => name,
  'the name and its state': (name) => `${name}: BLOCKED`,
  'a rule below it': (name) => `${name}\n${'-'.repeat(name.length)}`,
};

/** The name of a subtask has blanks, and stands in sentences as other names do not. */
const OF_SUBTASK: Record<string, (name: string) => string> = {
  'the name and its state': (name) => `${name} WAITING`,
  'the state in brackets': (name) => `${name} (WAITING)`,
  'a label': (name) => `Thread ${name}:`,
  'a label for the name alone': (name) => `Name: ${name}`,
  'keys and values': (name) => `thread=${name} state=WAITING`,
  'the state on a line of its own': (name) => `Thread name: ${name}\nThread state: WAITING`,
};

/** Lines above a stack that name no thread. */
const UNNAMED = ['It hangs here:', 'Thread hangs:', '## Thread dump', '## Steps to reproduce', 'Everything is BLOCKED:', '* this one', 'One more:'];

const names = async (title: (name: string, number: number) => string, fence: string) => {
  const text = ['worker-1', 'worker-2'].map(
    (name, at) => `${title(name, at + 1)}\n${fence}${stack(at === 0 ? '0a' : '0b', at === 0 ? '0b' : '0a')}${fence}`,
  );
  const { dumps, problems } = await parseDumps(`It hangs.\n\n${text.join('\n')}\n`);
  return { names: dumps.flatMap(({ threads }) => threads.map(({ name }) => name)), problems };
};

/** Lines that somebody left where the first line of a thread was. */
const REMOVED = [
  '[line taken out by the helpdesk]',
  '[redacted]',
  '== removed for privacy ==',
  '--- name masked ---',
  'Thread: [REDACTED]',
  '<b>omitted</b>',
];

describe('remarks above stacks', () => {
  for (const line of REMOVED) {
    it(`${line} names no thread, and that its first line is missing is told`, async () => {
      const { dumps, problems } = await parseDumps(`Thread: worker-1\n${stack('0a', '0b')}\n${line}\n${stack('0b', '0a')}\n`);
      assert.deepEqual(
        dumps.flatMap(({ threads }) => threads.map(({ name }) => name)),
        ['worker-1', ''],
      );
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['thread-without-header'],
      );
    });
  }

  for (const name of [
    'delete-worker-1',
    'Source: removed orders (1/2)#0',
    'Source Data Fetcher for Source: in (1/2)#0',
    'Flink Netty Client (0) Thread 0',
  ]) {
    it(`[${name}] is a name`, async () => {
      const { dumps } = await parseDumps(`[${name}]\n${stack('0a', '0b')}\nThread: worker-2\n${stack('0b', '0a')}\n`);
      assert.deepEqual(
        dumps.flatMap(({ threads }) => threads.map((thread) => thread.name)),
        [name, 'worker-2'],
      );
    });
  }
});

describe('titles above stacks', () => {
  for (const [title, write] of Object.entries(NAMED)) {
    for (const fence of ['', '```\n'])
      it(`${title}${fence === '' ? '' : ', before a fence'}: names the thread`, async () => {
        const read = await names(write, fence);
        assert.deepEqual(read.names, ['worker-1', 'worker-2']);
        assert.deepEqual(read.problems, []);
      });
  }
  for (const [title, write] of Object.entries(OF_SUBTASK)) {
    it(`${title}: names a subtask, where nothing but frames stands below`, async () => {
      const waits = '\tat jdk.internal.misc.Unsafe.park(Native Method)\n\tat java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)\n';
      const text = `${write('Sink: out (1/2)#0')}\n${waits}\tat org.acme.Out.write(Out.java:12)\n\tat java.lang.Thread.run(Thread.java:840)\n`;
      assert.equal(detect(text).kind, 'thread-dump');
      const { dumps } = await parseDumps(text);
      assert.deepEqual(
        dumps.flatMap(({ threads }) => threads.map(({ name }) => name)),
        ['Sink: out (1/2)#0'],
      );
    });
  }
  it('frames below a line that names an exception are no dump', () => {
    const frames = '\tat java.lang.Thread.sleep(Native Method)\n\tat org.acme.Out.write(Out.java:12)\n';
    for (const line of [
      'java.lang.InterruptedException: sleep interrupted',
      'Caused by: java.lang.InterruptedException',
      '\tat org.acme.A.b(A.java:1)',
    ])
      assert.notEqual(detect(`${line}\n${frames}`).kind, 'thread-dump', line);
    assert.equal(detect(`It hangs here:\n${frames}`).kind, 'thread-dump');
    assert.equal(detect(frames).kind, 'thread-dump');
  });
  for (const title of UNNAMED) {
    it(`"${title}" names none`, async () => {
      assert.deepEqual((await names(() => title, '```\n')).names, ['', '']);
    });
  }
});

/**
 * Small programs with locks and callbacks, made from a number: a class with two things that two threads do with it.
 * Every part may stand anywhere, so that what an edit must not do is met without anyone having thought of it.
 */
import { Random } from '../../fuzz/random.ts';

export interface Program {
  number: number;
  /** `Shape.java`, in package `PACKAGE`. */
  shape: string;
  /** `Run.java`, which sets it up and tells what is left. */
  run: string;
}

const HEAD = `package PACKAGE;

import org.apache.flink.runtime.io.network.buffer.Buffer;
import org.apache.flink.runtime.io.network.buffer.BufferListener;
import org.apache.flink.runtime.io.network.buffer.BufferPool;
import org.apache.flink.runtime.io.network.buffer.BufferRecycler;
import org.apache.flink.runtime.io.network.partition.BufferAvailabilityListener;

import java.util.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

class Shape {
    final Object lock = new Object();
    final ReentrantLock mutex = new ReentrantLock();
    final ArrayDeque<Buffer> queue = new ArrayDeque<>();
    final List<Buffer> list = new ArrayList<>();
    final Map<String, Buffer> byName = new TreeMap<>();
    final Buffer[] slots = new Buffer[2];
    final AtomicInteger turns = new AtomicInteger();
    final BufferPool pool;
    final BufferRecycler recycler;
    final BufferListener listener;
    final BufferAvailabilityListener view;
    Buffer current;
    Integer boxed;
    int count;
    int wanted;
    boolean closed;
    volatile boolean released;

    Shape(BufferPool pool, BufferRecycler recycler, BufferListener listener, BufferAvailabilityListener view) {
        this.pool = pool;
        this.recycler = recycler;
        this.listener = listener;
        this.view = view;
    }
`;

/** Makes the members of one class. */
class Maker {
  readonly #random: Random;
  readonly #helpers: string[] = [];
  #names = 0;
  /** The lock that the regions take. */
  #lock = 'lock';
  #kind: number | undefined;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  chance(of: number): boolean {
    return this.#random.below(100) < of;
  }

  pick<T>(items: readonly T[]): T {
    return this.#random.pick(items);
  }

  #name(what: string): string {
    this.#names++;
    return `${what}${this.#names}`;
  }

  /** A buffer that can be named: some may be null. */
  #buffer(): string {
    return this.pick(['buffer', 'buffer', 'other', 'current', 'list.get(0)', 'slots[0]', 'queue.peek()']);
  }

  #condition(): string {
    return this.pick([
      'closed',
      'released',
      'count > 1',
      'wanted < 3',
      'queue.isEmpty()',
      '!list.isEmpty()',
      'turns.get() > 0',
      'buffer != null',
      'other == null',
      'current != null && current.isBuffer()',
      'count == wanted',
      'pool.getNumberOfAvailableMemorySegments() > 1',
      'buffer.isRecycled()',
    ]);
  }

  /** A statement that makes a callback. */
  #callback(depth: number): string[] {
    const buffer = this.#buffer();
    const one = this.#name('one');
    const kind = this.#random.below(depth > 0 ? 21 : 13);
    switch (kind) {
      case 0:
      case 1:
      case 2:
        return [`${this.pick(['buffer', 'other', 'current'])}.recycleBuffer();`];
      case 3:
        return [`${buffer}.recycleBuffer();`];
      case 4:
        return ['if (buffer != null) {', '    buffer.recycleBuffer();', '}'];
      case 5:
        return [
          `Buffer ${one} = ${this.pick(['queue.poll()', 'current', 'byName.remove("a")', 'slots[1]'])};`,
          `if (${one} != null) {`,
          `    ${one}.recycleBuffer();`,
          '}',
        ];
      case 6:
        return [
          `${this.pick(['queue.poll()', 'queue.pop()', 'list.remove(0)', 'byName.remove("a")', '((Buffer) (Object) other)', 'slots[count]'])}.recycleBuffer();`,
        ];
      case 7:
        return [`recycler.recycle(${this.pick(['"segment"', 'buffer', 'count', '"s" + count', 'current'])});`];
      case 8:
      case 9:
        return ['view.notifyDataAvailable();'];
      case 10:
        return [`listener.notifyBufferAvailable(${this.pick(['buffer', 'current', 'null', 'queue.peek()'])});`];
      case 11:
        return [`${this.pick(['queue', 'list', 'byName.values()'])}.forEach(Buffer::recycleBuffer);`];
      case 12:
        return [`boolean ${one} = released;`, `if (!${one}) {`, '    other.recycleBuffer();', '}'];
      case 13:
        return [`for (Buffer ${one} : ${this.pick(['queue', 'list', 'byName.values()', 'slots'])}) {`, ...this.#indent(this.#inLoop(one)), '}'];
      case 14:
        return [`Buffer ${one};`, `while ((${one} = queue.poll()) != null) {`, ...this.#indent(this.#inLoop(one)), '}'];
      case 15:
        return [
          'for (int i = 0; i < 2; i++) {',
          ...this.#indent(
            this.pick([
              ['view.notifyDataAvailable();'],
              ['slots[i].recycleBuffer();', 'slots[i] = null;'],
              ['if (i == count) {', '    buffer.recycleBuffer();', '}'],
            ]),
          ),
          '}',
        ];
      case 16:
        return ['while (!queue.isEmpty()) {', `    queue.poll().recycleBuffer();`, ...(this.chance(40) ? ['    count--;'] : []), '}'];
      default:
        return [this.#helperCall()];
    }
  }

  #inLoop(one: string): string[] {
    const lines: string[] = [];
    if (this.chance(25))
      lines.push(
        `if (${this.pick([`${one} == null`, `!${one}.isBuffer()`, 'count > 2'])}) {`,
        `    ${this.pick(['continue', 'break', 'continue'])};`,
        '}',
      );
    if (this.chance(15)) lines.push('count++;');
    lines.push(`${one}.recycleBuffer();`);
    if (this.chance(25)) lines.push(this.pick(['count--;', 'wanted++;', 'released = true;', 'turns.incrementAndGet();']));
    return lines;
  }

  /** A statement that makes none. */
  #plain(): string {
    return this.pick([
      'count++;',
      'count--;',
      'count = 0;',
      'wanted = count;',
      'wanted += 2;',
      'closed = true;',
      'closed = !closed;',
      'released = true;',
      'turns.incrementAndGet();',
      'queue.add(other);',
      'queue.clear();',
      'list.clear();',
      'list.add(buffer);',
      'list.remove(0);',
      'byName.put("b", other);',
      'current = null;',
      'current = buffer;',
      'slots[count] = null;',
      'slots[0] = other;',
      'wanted = 6 / count;',
      'wanted = boxed;',
      'Object cast = (String) (Object) buffer;',
      'count += queue.size();',
      'count += list.get(0).getSize();',
      'work();',
      'work();',
      'if (closed) {\n    work();\n}',
      `${this.#lock}.notifyAll();`,
      'count += pool.getNumberOfAvailableMemorySegments();',
      'current = pool.requestBuffer();',
      'assert Thread.holdsLock(LOCK);',
    ])
      .replace('Object cast', `Object ${this.#name('cast')}`)
      .replace('LOCK', this.#lock)
      .replace(/^mutex\.notifyAll\(\);$|^assert Thread\.holdsLock\(mutex\);$/, 'count++;');
  }

  /** Statements of a block; a callback is among them when asked for. */
  body(depth: number, callback: boolean): string[] {
    const lines: string[] = [];
    const before = this.#random.below(3);
    for (let n = 0; n < before; n++) lines.push(...this.#statement(depth - 1, false));
    if (callback) {
      lines.push(...this.#around(depth));
      if (this.chance(25)) lines.push(...this.#around(depth));
    }
    const behind = this.#random.below(3);
    for (let n = 0; n < behind; n++) lines.push(...this.#statement(depth - 1, false));
    return lines;
  }

  #statement(depth: number, callback: boolean): string[] {
    if (callback) return this.#around(depth);
    if (depth > 0 && this.chance(12))
      return [`if (${this.#condition()}) {`, ...this.#indent(this.chance(40) ? this.#leave() : this.#plain().split('\n')), '}'];
    return this.#plain().split('\n');
  }

  #leave(): string[] {
    return [this.pick(['return "left";', 'return count;', 'throw new IllegalStateException("left");'])];
  }

  /** A callback, by itself or within something. */
  #around(depth: number): string[] {
    if (depth <= 0 || this.chance(45)) return this.#callback(depth);
    const inner = this.#indent(this.body(depth - 1, true));
    switch (this.#random.below(7)) {
      case 0:
      case 1:
        return [`if (${this.#condition()}) {`, ...inner, '}'];
      case 2:
        return [`if (${this.#condition()}) {`, ...inner, '} else {', ...this.#indent(this.#plain().split('\n')), '}'];
      case 3:
        return ['try {', ...inner, '} finally {', ...this.#indent(this.#plain().split('\n')), '}'];
      case 4:
        return ['try {', ...this.#indent(this.#plain().split('\n')), '} finally {', ...inner, '}'];
      case 5:
        return [
          'try {',
          ...inner,
          `} catch (${this.pick(['IllegalStateException', 'RuntimeException', 'NullPointerException'])} ${this.#name('e')}) {`,
          ...this.#indent(this.pick([['count = 9;'], ['wanted--;'], ['throw new IllegalArgumentException("caught");']])),
          '}',
        ];
      default:
        return [
          'switch (count) {',
          '    case 0:',
          ...this.#indent(this.#indent([...this.#callback(0), 'break;'])),
          '    case 1:',
          ...this.#indent(this.#indent([...this.#plain().split('\n'), 'break;'])),
          '    default:',
          ...this.#indent(this.#indent(this.#plain().split('\n'))),
          '}',
        ];
    }
  }

  #indent(lines: readonly string[]): string[] {
    return lines.flatMap((line) => line.split('\n')).map((line) => `    ${line}`);
  }

  /** A call of a helper that is made for it. */
  #helperCall(): string {
    const name = this.#name('help');
    const add = (head: string, lines: readonly string[]): void => {
      this.#helpers.push([`    private ${head} {`, ...this.#indent(this.#indent(lines)), '    }'].join('\n'));
    };
    switch (this.#random.below(12)) {
      case 0:
        add(`void ${name}(Buffer one)`, ['if (one != null) {', '    one.recycleBuffer();', '}']);
        return `${name}(${this.pick(['buffer', 'other', 'current', 'queue.poll()'])});`;
      case 1:
        add(`void ${name}(Buffer one)`, ['if (!released) {', '    one.recycleBuffer();', '}']);
        return `${name}(buffer);`;
      case 2:
        add(`static void ${name}(Queue<Buffer> all)`, ['Buffer one;', 'while ((one = all.poll()) != null) {', '    one.recycleBuffer();', '}']);
        return `${name}(queue);`;
      case 3:
        add(`void ${name}()`, [
          'Buffer one = queue.poll();',
          'if (one != null) {',
          '    one.recycleBuffer();',
          '}',
          ...(this.chance(40) ? [this.pick(['count++;', 'closed = true;', 'released = true;'])] : []),
        ]);
        return `${name}();`;
      case 4:
        add(`int ${name}(Buffer one)`, [
          'queue.add(one);',
          'if (queue.size() > wanted) {',
          '    Buffer most = queue.poll();',
          '    if (most != null) {',
          '        most.recycleBuffer();',
          '        return 0;',
          '    }',
          '}',
          'return 1;',
        ]);
        return this.pick([`count = ${name}(other);`, `int added${name} = ${name}(other);`, `${name}(buffer);`]);
      case 5:
        add(`void ${name}(Buffer one)`, [
          `assert Thread.holdsLock(${this.#lock === 'mutex' ? 'lock' : this.#lock});`.replace(this.#lock === 'mutex' ? /^.*$/ : /$^/, 'count++;'),
          'one.recycleBuffer();',
        ]);
        return `${name}(buffer);`;
      case 6:
        add(`boolean ${name}()`, ['if (closed) {', '    view.notifyDataAvailable();', '    return true;', '}', 'return false;']);
        return this.pick([`${name}();`, `closed = ${name}();`]);
      case 7:
        add(`void ${name}()`, ['view.notifyDataAvailable();']);
        return `${name}();`;
      case 8:
        add(`void ${name}(List<Buffer> all)`, [
          'for (Buffer one : all) {',
          '    one.recycleBuffer();',
          '}',
          ...(this.chance(50) ? ['all.clear();'] : []),
        ]);
        return `${name}(list);`;
      case 9:
        add(`void ${name}(int index)`, ['slots[index].recycleBuffer();', 'slots[index] = null;']);
        return `${name}(${this.pick(['0', 'count', '1'])});`;
      case 10:
        add(
          `void ${name}()`,
          this.body(1, true)
            .filter((line) => !/^\s*return/.test(line))
            .map((line) => line.replace(/\b(buffer|other)\b/g, 'current')),
        );
        return `${name}();`;
      default:
        add(`void ${name}(Buffer one)`, ['one.recycleBuffer();', ...(this.chance(50) ? ['count++;'] : [])]);
        return `${name}(${this.pick(['buffer', 'current', 'list.get(0)'])});`;
    }
  }

  /** A method with a region. The first one chooses the lock for both, as programs in which threads race for data mean nothing. */
  method(name: string): string {
    this.#kind ??= this.#random.below(8);
    const kind = this.#kind;
    this.#lock = kind < 4 ? 'lock' : kind < 5 ? 'this' : kind < 7 ? 'mutex' : 'lock';
    const inner = this.body(2, true);
    const head = `Object ${name}(Buffer buffer, Buffer other)`;
    const deeper = (lines: readonly string[]): string[] => this.#indent(this.#indent(lines));
    const rest = [...(this.chance(30) ? ['count += 10;'] : []), this.pick(['return count;', 'return "end";', 'return queue.size();'])];
    if (this.#lock === 'this') return [`    synchronized ${head} {`, ...deeper([...inner, ...rest]), '    }'].join('\n');
    if (this.#lock === 'mutex') {
      const region =
        kind === 5
          ? ['mutex.lock();', 'try {', ...this.#indent(inner), '} finally {', '    mutex.unlock();', '}']
          : ['try {', '    mutex.lock();', ...this.#indent(inner), '} finally {', '    mutex.unlock();', '}'];
      return [`    ${head} {`, ...deeper([...region, ...rest]), '    }'].join('\n');
    }
    return [`    ${head} {`, ...deeper(['synchronized (lock) {', ...this.#indent(inner), '}', ...rest]), '    }'].join('\n');
  }

  /** What the other thread does: the same kind of thing, or a look at the result by one of the ways there are. */
  second(): { method: string; underPoolLock: boolean } {
    const of = (...lines: string[]): string =>
      ['    Object g(Buffer buffer, Buffer other) {', ...this.#indent(this.#indent(lines)), '    }'].join('\n');
    const guard = (...lines: string[]): string =>
      this.#lock === 'mutex'
        ? of('mutex.lock();', 'try {', ...this.#indent(lines), '} finally {', '    mutex.unlock();', '}')
        : of(`synchronized (${this.#lock}) {`, ...this.#indent(lines), '}');
    switch (this.#random.below(8)) {
      case 0:
      case 1:
        return { method: guard('count++;', 'wanted--;', 'return count + " " + wanted + " " + queue.size();'), underPoolLock: this.chance(50) };
      case 2:
        return { method: guard('return count + " " + pool.getNumberOfAvailableMemorySegments();'), underPoolLock: false };
      case 3:
        if (this.#lock === 'mutex') break;
        return {
          method: of(
            `synchronized (${this.#lock}) {`,
            '    Buffer taken;',
            '    while ((taken = pool.requestBuffer()) == null) {',
            `        ${this.#lock}.wait();`,
            '    }',
            '    return taken.toString();',
            '}',
          ).replace(') {', ') throws InterruptedException {'),
          underPoolLock: false,
        };
      case 4:
        return {
          method: of('if (released) {', '    return pool.getNumberOfAvailableMemorySegments();', '}', 'return "not yet";'),
          underPoolLock: false,
        };
      case 5:
        if (this.#lock === 'mutex') break;
        return {
          method: of(
            `synchronized (${this.#lock}) {`,
            '    while (!closed) {',
            `        ${this.#lock}.wait();`,
            '    }',
            '    return count;',
            '}',
          ).replace(') {', ') throws InterruptedException {'),
          underPoolLock: false,
        };
      default:
        break;
    }
    return { method: this.method('g'), underPoolLock: false };
  }

  rest(): string {
    return [...this.#helpers, '    private void work() {\n        wanted++;\n    }'].join('\n\n');
  }
}

/** The program of a number; the same number gives the same program. */
export function programOf(seed: number, number: number): Program {
  const maker = new Maker(seed * 1_000_003 + number);
  const first = maker.method('f');
  const second = maker.second();
  const shape = `${HEAD}\n${[first, second.method, maker.rest()].join('\n\n')}\n}\n`;
  const given = (of: number): string => (maker.chance(of) ? 'world.buffer()' : maker.chance(50) ? 'null' : 'world.event()');
  const fills: string[] = [];
  for (let n = maker.pick([0, 1, 2]); n > 0; n--) fills.push('shape.queue.add(world.buffer());');
  for (let n = maker.pick([0, 1, 2]); n > 0; n--) fills.push(`shape.list.add(${given(85)});`);
  if (maker.chance(60)) fills.push(`shape.byName.put("a", ${given(85)});`);
  if (maker.chance(60)) fills.push('shape.slots[0] = world.buffer();', `shape.slots[1] = ${given(70)};`);
  if (maker.chance(70)) fills.push('shape.current = world.buffer();');
  if (maker.chance(50)) fills.push('shape.boxed = 2;');
  fills.push(`shape.count = ${maker.pick([0, 1, 1, 2, 3])};`, `shape.wanted = ${maker.pick([0, 1, 4])};`);
  if (maker.chance(40)) fills.push('shape.closed = true;');
  if (maker.chance(20)) fills.push('shape.released = true;');
  const run = `package PACKAGE;

import model.Program;
import model.World;
import org.apache.flink.runtime.io.network.buffer.Buffer;

public class Run implements Program {
    private Shape shape;
    private Buffer[] given;

    public void setUp(World world) {
        shape = new Shape(world, world, world, world);
        given = new Buffer[] {${given(85)}, ${given(85)}, ${given(85)}, ${given(85)}};
${fills.map((line) => `        ${line}`).join('\n')}
    }

    public Object one(World world) throws Exception {
        return shape.f(given[0], given[1]);
    }

    public Object two(World world) throws Exception {
${
  second.underPoolLock
    ? '        Object[] result = new Object[1];\n        world.underPoolLock(() -> result[0] = shape.g(given[2], given[3]));\n        return result[0];'
    : '        return shape.g(given[2], given[3]);'
}
    }

    public String look() {
        return shape.count + " " + shape.wanted + " " + shape.closed + " " + shape.released + " " + shape.queue + " " + shape.list;
    }

    public String state() {
        return look() + " " + shape.byName + " " + shape.current + " " + java.util.Arrays.toString(shape.slots) + " " + shape.turns;
    }
}
`;
  return { number, shape, run };
}

/**
 * The program as the machine of model/ runs it: its locks, its waiting, and a step before every statement. What is
 * analysed and edited is the program as it was made.
 */
export function forMachine(shape: string): string {
  let held = 0;
  const enter = (lock: string): string => `try (model.Model.Held held${++held} = model.Model.enter(${lock})) {`;
  const lines: string[] = [];
  let closes = false;
  for (const line of shape.split('\n')) {
    const method = /^( {4}(?:private |static )*)synchronized (\w.*\{)$/.exec(line);
    if (method !== null) {
      lines.push(`${method[1]}${method[2]}`, `        ${enter('this')}`);
      closes = true;
      continue;
    }
    if (line === '    }' && closes) {
      lines.push('        }');
      closes = false;
    }
    const own = line
      .replace('import java.util.concurrent.locks.*;', 'import model.ReentrantLock;')
      .replace(/synchronized \((\w+)\) \{/, (_, lock: string) => enter(lock))
      .replace(/(\w+)\.notifyAll\(\);/, 'model.Model.wake($1);')
      .replace(/(\w+)\.wait\(\);/, 'model.Model.await($1);')
      .replace(/Thread\.holdsLock\((\w+)\)/, 'model.Model.holds($1)');
    lines.push(
      own.replace(
        /^( {8,})(?=(?:if|for|while) \(|try |(?!break|continue|case|default|throw|else|try|\}|for|if|while)[\w(].*;$)/,
        '$1model.Model.step(); ',
      ),
    );
  }
  return lines.join('\n');
}

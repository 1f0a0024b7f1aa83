import assert from 'node:assert/strict';
import { planMove } from '../../../server/src/core/analysis/java/edit/index.ts';
import { applyEdits, isRefusal } from '../../../server/src/core/analysis/java/edit/plan.ts';
import { readJava } from '../../../server/src/core/analysis/java/guarded.ts';
import { detectJavaSource } from '../../../server/src/core/java/detect.ts';
import { parseJava } from '../../../server/src/core/java/parse.ts';
import { hasError } from '../../../server/src/core/java/syntax.ts';

const METHOD = (body: string): string =>
  `import org.apache.flink.runtime.io.network.buffer.Buffer;\n\nclass A {\n    void f(Object o, List<Buffer> all) {\n        synchronized (lock) {\n            ${body}\n        }\n    }\n}\n`;

/** What Java since 14 allows, with a callback in it; whether an edit is offered. */
const CASES: [string, string | null][] = [
  ['switch (o) { case Full full -> full.buffer().recycleBuffer(); case Empty empty -> n++; default -> {} }', null],
  ['switch (o) { case Full(Buffer buffer, int n) when n > 3 && buffer != null -> buffer.recycleBuffer(); case null, default -> n--; }', null],
  ['switch (o) { case Pair(Full(Buffer a, int _), Full(var b, _)): a.recycleBuffer(); break; default: }', null],
  ['int kind = switch (o) { case Full(var buffer, _) -> { buffer.recycleBuffer(); yield 2; } default -> 0; };', 'switch-value'],
  ['n = switch (n) { case 1, 2 -> { all.get(0).recycleBuffer(); yield n; } default -> throw new IllegalStateException(); };', 'switch-value'],
  ['if (o instanceof Full(Buffer buffer, int n) && n > 0) { buffer.recycleBuffer(); }', null],
  ['if (!(o instanceof Buffer buffer)) { return; } buffer.recycleBuffer();', null],
  ['for (Buffer _ : all) { n++; } try { all.getFirst().recycleBuffer(); } finally { n--; }', null],
  ['switch (o) { case Empty _, Pair _ -> n++; case Full(Buffer b, int k) when k > (n > 0 ? 1 : 2) -> b.recycleBuffer(); default -> {} }', null],
  ['switch (o) { case Empty _, Box<?> _ when n > 0 ? a : b: n++; break; case Full(Buffer b, _): b.recycleBuffer(); break; default: }', null],
  ['switch (o) { case Four(Three(Two(One(Buffer b), _), _), _) -> b.recycleBuffer(); case A(var _), B(var _), C _ -> n++; default -> {} }', null],
  ['if (o instanceof Four(Three(Two(One(Buffer b), _), _), _) && n > 0) { b.recycleBuffer(); }', null],
  ['String text = """\n    case A(int b) -> switch (x) {\n    """; all.get(0).recycleBuffer();', null],
];

describe('Java since 14', () => {
  for (const [body, refused] of CASES) {
    it(`${refused ?? 'is edited'}: ${body}`, () => {
      const text = METHOD(body);
      const model = readJava('', text);
      assert.equal(hasError(model.scope.source.tree.topNode), false);
      const [first] = model.guarded;
      assert.ok(first, 'nothing was found');
      const plan = planMove(model, first);
      assert.equal(isRefusal(plan) ? plan.refused : null, refused);
      if (!isRefusal(plan)) assert.equal(readJava('', applyEdits(text, plan.edits)).guarded.length, 0);
    });
  }

  it('is read in the same places', () => {
    const text = METHOD('return switch (o) { case Full(Buffer b) -> 1; default -> 2; };');
    const { tree, text: kept } = parseJava(text);
    assert.equal(kept, text);
    assert.equal(tree.length, text.length);
  });
});

describe('compact source files', () => {
  const HEAD = '/* licence */\nimport org.apache.flink.runtime.io.network.buffer.Buffer;\nimport java.util.*;\n\n';
  const MAIN = 'void main() {\n    f(null);\n}\n';
  const f = (body: string, modifiers = ''): string =>
    `${HEAD}final Object lock = new Object();\nprivate int n;\n\nrecord Full(Buffer buffer, int size) {}\n\n${MAIN}\n${modifiers}void f(Buffer buffer) {\n    ${body}\n}\n`;

  it('are Java', () => {
    assert.ok(detectJavaSource(f('')) > 0.7);
    assert.equal(detectJavaSource('import sys\n\nvoid main() {\n'), 0);
  });

  it('are found in and edited', () => {
    const text = f('synchronized (lock) {\n        buffer.recycleBuffer();\n        n++;\n    }');
    const model = readJava('', text);
    assert.equal(hasError(model.scope.source.tree.topNode), false);
    assert.deepEqual(
      model.scope.declarations.types.map(({ name, methods, fields }) => [name, methods.map((one) => one.name), [...fields.keys()]]),
      [
        ['', ['main', 'f'], ['lock', 'n']],
        ['Full', [], ['buffer', 'size']],
      ],
    );
    const plan = planMove(model, model.guarded[0] as (typeof model.guarded)[0]);
    assert.ok(!isRefusal(plan) && plan.safe);
    const fixed = applyEdits(text, plan.edits);
    assert.match(fixed, /^import java\.util\.\*;\n\nfinal/m);
    assert.match(fixed, /synchronized \(lock\) \{\n {8}Objects\.requireNonNull\(buffer\);\n {8}n\+\+;\n {4}\}\n {4}buffer\.recycleBuffer\(\);/);
    assert.equal(readJava('', fixed).guarded.length, 0);
  });

  it('have no class to name in a block', () => {
    const model = readJava('', f('buffer.recycleBuffer();\n    n++;', 'static synchronized '));
    const plan = planMove(model, model.guarded[0] as (typeof model.guarded)[0]);
    assert.equal(isRefusal(plan) && plan.refused, 'lock-unclear');
  });

  it('are told from files that are broken', () => {
    const broken = `${HEAD}class A {\n    void f() {\n    }\n}\n}\nint n;\n`;
    assert.deepEqual(
      readJava('', broken).scope.declarations.types.map(({ name }) => name),
      ['A'],
    );
  });
});

describe('other languages', () => {
  const OTHERS = [
    'package x\n\nimport a.B\n\nclass A {\n  fun f(): Int = 1\n}\n',
    'package x;\n\nimport a.B;\n\nobject Job {\n  def main(args: Array[String]): Unit = {\n  }\n}\n',
    'class A(val n: Int) {\n  override fun map(s: String): String {\n    return s\n  }\n}\n',
    'import a.B\n\ntrait T {\n}\n\nclass A {\n}\n',
  ];
  for (const text of OTHERS) it(`are no Java: ${text.slice(0, 40)}`, () => assert.equal(detectJavaSource(text), 0));
  it('but Java is', () => assert.ok(detectJavaSource('package x;\n\npublic final class A {\n    void def() {\n    }\n}\n') > 0.9));
});

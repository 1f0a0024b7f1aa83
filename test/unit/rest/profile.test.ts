// Pages of async-profiler as call trees: what the page itself would draw is what is shown; and no page, however made, is run or hangs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import vm from 'node:vm';
import type { IcicleDocument, IcicleNode } from '../../../common/icicle.ts';
import type { Place } from '../../../common/span.ts';
import { analyse, documentOf, report, verdict } from '../../../server/src/core/kinds/index.ts';
import { restPart } from '../../../server/src/core/rest/detect.ts';
import { profilePage } from '../../../server/src/core/rest/profilePage.ts';
import { Source } from '../../../server/src/core/unwrap/source.ts';

const FOLDER = 'test/fixtures/profiles';
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.html'));
const textOf = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8');

type Tree = IcicleDocument<Place>;

async function treeOf(text: string): Promise<Tree> {
  const analysis = await analyse({ uri: 'file:///profile.html', text });
  assert.equal(analysis.kind, 'rest-document');
  const place = (at: number) => ({ line: 0, character: at });
  return (await documentOf(analysis, 'icicle', ({ start, end }) => ({ start: place(start), end: place(end) }), undefined)) as Tree;
}

interface Drawn {
  left: number;
  width: number;
  title: string;
}

/** What the page draws, by its own script: its rows of frames, the outermost first. */
function drawn(page: string): Drawn[][] {
  const anything: object = new Proxy(() => undefined, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => 1 : anything),
    set: () => true,
    apply: () => anything,
  });
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';
  const context: Record<string, unknown> = { document: anything, window: {}, devicePixelRatio: 1 };
  vm.runInNewContext(`${script};globalThis.drawn = levels;`, context);
  return context['drawn'] as Drawn[][];
}

/** Samples by the titles from the outermost on. */
function ofPage(page: string): Map<string, number> {
  const rows = drawn(page);
  const found = new Map<string, number>();
  let above: (Drawn & { path: string })[] = [{ ...(rows[0]?.[0] as Drawn), path: '' }];
  for (const row of rows.slice(1)) {
    above = row.map((frame) => {
      const parent = above.find(({ left, width }) => left <= frame.left && frame.left + frame.width <= left + width);
      const path = `${parent?.path}\n${frame.title.replace(/\/(?=.*\.)/g, '.').replace('.0x', '/0x')}`;
      found.set(path, (found.get(path) ?? 0) + frame.width);
      return { ...frame, path };
    });
  }
  return found;
}

function ofTree({ roots, stacks }: Tree): Map<string, number> {
  const found = new Map<string, number>();
  const add = (node: IcicleNode<Place>, above: string): number => {
    const path = `${above}\n${node.description}`;
    const own = node.ends.reduce((sum, at) => sum + (stacks[at]?.count ?? 0), 0);
    const all = node.children.reduce((sum, child) => sum + add(child, path), own);
    found.set(path, (found.get(path) ?? 0) + all);
    return all;
  };
  for (const root of roots) add(root, '');
  return found;
}

const all = (roots: readonly IcicleNode<Place>[]): IcicleNode<Place>[] => roots.flatMap((node) => [node, ...all(node.children)]);
const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** A page as 2.9 makes them, with these calls. */
const page = (...calls: string[]): string =>
  `<!DOCTYPE html>\n<h1>CPU profile</h1>\nProduced by <a href='#'>async-profiler</a>\n<script>\n\tconst levels = Array(9);\n${calls.join('\n')}\n\nsearch();\n</script>\n`;
const packed = (names: string[], ...calls: string[]): string => page('const cpool = [', names.map((name) => `'${name}'`).join(',\n'), '];', ...calls);

describe('a profile', () => {
  for (const name of PAGES)
    it(`${name} is the tree that the page draws`, async () => {
      const text = textOf(name);
      assert.equal(restPart(text), 'samples');
      const tree = await treeOf(text);
      assert.equal(tree.empty, undefined);
      assert.deepEqual(sorted(ofTree(tree)), sorted(ofPage(text)));
      const nodes = all(tree.roots);
      assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
      assert.ok(
        nodes.some(({ label, kind }) =>
          name.startsWith('flink') ? kind === 'flink' && label === 'StreamTask.runMailboxLoop' : kind === 'application' && /^Work\.\w/.test(label),
        ),
        nodes.map(({ label }) => label).join(),
      );
      for (const { places: [place] } of nodes) assert.match(text.slice(place?.start.character, place?.end.character), /^[fun]\(.*\)$/); // biome-ignore format: a line
    });

  it('says what its samples are', async () => {
    const notes = async (name: string) => (await treeOf(textOf(name))).notes.join();
    assert.match(await notes('itimer-2.9.html'), /on a processor/);
    assert.match(await notes('wall-3.0.html'), /that waited/);
    assert.match(await notes('alloc-4.1.html'), /what was allocated/);
    assert.match(await notes('lock-2.9.html'), /waits for locks/);
    assert.ok(all((await treeOf(textOf('alloc-2.9.html'))).roots).some(({ label, kind }) => label === 'String' && kind === 'jdk'));
  });

  it('leads to the code that most of the samples have in common, only where they are of a processor', async () => {
    const hot = page("f(0,0,100,3,'all')", "f(1,0,90,1,'java/lang/Thread.run')", "f(2,0,90,1,'com/acme/Score.of')", "f(3,0,80,4,'inflate')");
    const told = await analyse({ uri: 'file:///p.html', text: hot });
    assert.equal(verdict(told)?.text, '90 % of the samples are in com.acme.Score.of');
    assert.match(report(told, 'p') ?? '', /samples: 100[\s\S]*com\.acme\.Score\.of \| 90 %/);
    const wall = await analyse({ uri: 'file:///p.html', text: hot.replace('CPU', 'Wall clock') });
    assert.deepEqual(wall.findings, []);
  });

  it('names methods, classes and native code', async () => {
    const names = [
      'com/acme/Job$$Lambda$12.0x00007f.map_[j]',
      'epoll_wait',
      'JavaThread::run()',
      'do_syscall_64_[k]',
      'foo.part.0',
      'Main.main',
      "it\\'s",
    ];
    const tree = await treeOf(page("f(0,0,7,3,'all')", ...names.map((name, at) => `f(1,${at},1,${at === 0 || at === 5 ? 1 : 4},'${name}')`)));
    assert.deepEqual(tree.roots.map(({ label, kind }) => [label, kind]).sort(), [
      ['JavaThread::run()', 'library'],
      ['Job$$Lambda$12/0x00007f.map', 'application'],
      ['Main.main', 'application'],
      ['do_syscall_64', 'library'],
      ['epoll_wait', 'library'],
      ['foo.part.0', 'library'],
      ["it's", 'library'],
    ]);
  });

  for (const [what, text, expected] of [
    ['without samples', page("f(0,0,0,3,'all')"), /no samples/],
    ['without a call', page(), /no samples/],
  ] as const)
    it(`${what} says so`, async () => assert.match((await treeOf(text)).empty ?? '', expected));

  it('that is drawn upside down says so', async () =>
    assert.match((await treeOf(page('\tvar reverse = true;', "f(0,0,1,3,'all')", "f(1,0,1,1,'a/B.c')"))).notes.join(), /innermost outwards/));
});

describe('a page that is made to harm', () => {
  const read = (text: string) => profilePage(new Source(text));
  for (const [what, text, calls] of [
    ['calls for names that it has not', packed(['all'], 'n(0,9)', 'u(8000,3)', 'u(7999999999999999999,2)'), 1],
    ['has lines that never end', page("f(0,0,9,3,'all')", `f(1,0,9,1,'${'x'.repeat(50_000)}`, `f(1,0,9${'9'.repeat(50_000)})`), 1],
    ['lets code stand in place of numbers', page("f(0,0,9,3,'all')", "f(alert(1),0,9,1,'a')", "f(1,0,9,1,'a');alert(1)//')"), 2],
    ['leaves out levels', page("f(0,0,9,3,'all')", "f(3,0,9,1,'a/B.c')", "f(1,0,9,1,'a/B.c')"), 2],
    ['begins again', page("f(0,0,9,3,'all')", "f(0,0,9,3,'all')", "f(1,0,9,1,'a/B.c')"), 2],
    ['has names of prototypes', page("f(0,0,9,3,'all')", "f(1,0,9,1,'__proto__')", "f(2,0,9,1,'constructor')"), 3],
    ['lets names grow', packed(['all', ...Array.from({ length: 20_000 }, () => '\uffffx')], 'n(0,9)', 'u(160000,9)'), 2],
    [
      'is cut',
      page("f(0,0,9,3,'all')", "f(1,0,9,1,'a/B.c')")
        .slice(0, -30)
        .replace(/c'\)[\s\S]*/, "c'"),
      1,
    ],
  ] as const)
    it(what, () => {
      const nodes: unknown[] = [];
      const open = [read(text).root];
      for (const node of open) {
        if (node === null) continue;
        nodes.push(node.name);
        assert.ok(node.name.length <= 1000);
        open.push(...node.children);
      }
      assert.equal(nodes.length, calls, nodes.join());
    });

  it('is deeper than anything: what is below is counted where it is cut', async () => {
    const calls = Array.from({ length: 50_000 }, (_, at) => `f(${at},0,5,1,'a/B.c${at}')`);
    const tree = await treeOf(page(...calls));
    assert.equal(tree.stacks.reduce((sum, { count }) => sum + count, 0), 5); // biome-ignore format: a line
    assert.match(tree.notes.join(), /49,?599 calls/);
  });

  it('has a call for every sample: those with most of them are kept, and no sample is lost', async () => {
    const calls = Array.from({ length: 60_000 }, (_, at) => `f(1,${at},${at < 10_000 ? 2 : 1},1,'a/B.c${at}')`);
    const { root, left } = read(page("f(0,0,70000,3,'all')", ...calls));
    assert.equal(root?.children.filter(({ value }) => value === 2).length, 10_000);
    assert.ok(root.children.length < 20_000);
    assert.equal(left + root.children.length, 60_000);
  });
});

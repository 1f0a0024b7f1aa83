import assert from 'node:assert/strict';
import { planMove } from '../../../server/src/core/analysis/java/edit/index.ts';
import { applyEdits, isRefusal } from '../../../server/src/core/analysis/java/edit/plan.ts';
import { readJava } from '../../../server/src/core/analysis/java/guarded.ts';
import { widthTold } from '../../../server/src/core/java/width.ts';
import type { FileSystem } from '../../../server/src/workspace/fileSystem.ts';
import { widthOfProject } from '../../../server/src/workspace/javaWidth.ts';

const spotless = (step: string): string =>
  `<project><build><plugins><plugin><artifactId>spotless-maven-plugin</artifactId><configuration><java>${step}</java></configuration></plugin></plugins></build></project>`;
const lineLength = (inner: string): string => `<module name="Checker"><module name="LineLength">${inner}</module></module>`;

const TOLD: [string, string, number | null][] = [
  ['pom.xml', spotless('<googleJavaFormat><version>1.7</version><style>AOSP</style></googleJavaFormat>'), 100],
  ['pom.xml', spotless('<palantirJavaFormat/>'), 120],
  ['pom.xml', spotless('<!-- <palantirJavaFormat/> --><importOrder/>'), null],
  ['pom.xml', '<plugin><groupId>com.spotify.fmt</groupId><artifactId>fmt-maven-plugin</artifactId></plugin>', 100],
  ['pom.xml', '<project></project>', null],
  ['build.gradle', 'spotless {\n  java {\n    googleJavaFormat("1.17").aosp()\n  }\n}\n', 100],
  ['build.gradle.kts', 'spotless {\n  java {\n    palantirJavaFormat()\n  }\n}\n', 120],
  ['build.gradle', "plugins {\n  id 'com.palantir.java-format' version '2.1'\n}\n", 120],
  ['build.gradle', 'spotless {\n  java {\n    // palantirJavaFormat()\n  }\n}\n', null],
  ['.editorconfig', 'root = true\n[*]\nmax_line_length = 110\n', 110],
  ['.editorconfig', '[*]\nmax_line_length = 80\n[*.java]\nmax_line_length = 130\n', 130],
  ['.editorconfig', '[*.{kt,java}]\r\nmax_line_length = 90\r\n', 90],
  ['.editorconfig', '[*.py]\nmax_line_length = 80\n', null],
  ['.editorconfig', '[*.java]\nmax_line_length = off\n', null],
  ['checkstyle.xml', lineLength('<property name="fileExtensions" value="java"/><property name="max" value="150"/>'), 150],
  ['tools/maven/checkstyle.xml', lineLength('<property name="ignorePattern" value="^package"/>'), null],
  ['checkstyle.xml', `<!-- ${lineLength('<property name="max" value="150"/>')} -->`, null],
];

describe('width of lines in Java', () => {
  for (const [name, text, expected] of TOLD)
    it(`${name} tells ${expected}: ${JSON.stringify(text.slice(0, 70))}`, () => assert.equal(widthTold(name, text), expected));

  const disk = (files: Record<string, string>): FileSystem => ({
    stat: async (uri) => (files[uri] === undefined ? null : { folder: false, size: (files[uri] as string).length, stamp: '' }),
    list: async () => null,
    read: async (uri) => files[uri] ?? null,
    stream: async () => null,
  });
  const SOURCE = 'file:///home/project/module/src/main/java/com/acme/A.java';

  it('is that of the nearest file, in a folder that of its formatter', async () => {
    const root = {
      'file:///home/project/pom.xml': spotless('<palantirJavaFormat/>'),
      'file:///home/project/.editorconfig': '[*]\nmax_line_length = 90\n',
    };
    assert.equal(await widthOfProject(disk(root), SOURCE), 120);
    assert.equal(await widthOfProject(disk({ ...root, 'file:///home/project/module/pom.xml': '<project/>' }), SOURCE), 120);
    assert.equal(
      await widthOfProject(disk({ ...root, 'file:///home/project/module/.editorconfig': '[*.java]\nmax_line_length = 140\n' }), SOURCE),
      140,
    );
  });

  it('ends at the root of the project', async () => {
    const above = { 'file:///home/.editorconfig': '[*]\nmax_line_length = 90\n' };
    assert.equal(await widthOfProject(disk(above), SOURCE), 90);
    assert.equal(await widthOfProject(disk({ ...above, 'file:///home/project/.git': '' }), SOURCE), null);
    assert.equal(await widthOfProject(disk({}), 'untitled:A.java'), null);
  });
});

describe('lines of Java edits', () => {
  const fixed = (body: string, width: number | null, step = '    '): string => {
    const text = `import java.util.*;\nimport org.apache.flink.runtime.io.network.buffer.Buffer;\n\nclass A {\n${step}final Object aLockWithAName = new Object();\n${body.replace(/^ {4}/gm, step).replace(/^( *) {4}/gm, `$1${step}`)}}\n`;
    const model = readJava('', text);
    model.width = width;
    const plan = planMove(model, model.guarded[0] as (typeof model.guarded)[0]);
    assert.ok(!isRefusal(plan), isRefusal(plan) ? plan.refused : '');
    return applyEdits(text, plan.edits);
  };
  const LOOP =
    '    void f(Deque<Buffer> someBuffersOfTheChannel) {\n        synchronized (aLockWithAName) {\n            for (Buffer buffer : someBuffersOfTheChannel) {\n                if (buffer.isBuffer()) {\n                    buffer.recycleBuffer();\n                }\n            }\n        }\n    }\n';

  it('are broken behind the sign of an assignment', () => {
    assert.match(fixed(LOOP, 56), /\n {8}List<Buffer> buffersToRecycle =\n {16}new ArrayList<>\(\);\n/);
    assert.match(fixed(LOOP, 100), /\n {8}List<Buffer> buffersToRecycle = new ArrayList<>\(\);\n/);
    assert.match(fixed(LOOP, null), /\n {8}List<Buffer> buffersToRecycle = new ArrayList<>\(\);\n/);
  });

  it('or behind a bracket, when they moved to the right', () => {
    const body =
      '    void f(Buffer buffer) {\n        synchronized (aLockWithAName) {\n            if (buffer == null) {\n                buffer.recycleBuffer();\n                return;\n            }\n            this.someOtherObject.tellWhatHappenedHere(buffer.size(), 12345);\n        }\n    }\n';
    assert.match(fixed(body, 78), /\n {16}this\.someOtherObject\.tellWhatHappenedHere\(\n {24}buffer\.size\(\), 12345\);\n/);
    assert.match(fixed(body, 120), /\n {16}this\.someOtherObject\.tellWhatHappenedHere\(buffer\.size\(\), 12345\);\n/);
  });

  it('stay as they are in texts, comments and heads', () => {
    const body = (line: string): string =>
      `    void f(Buffer buffer) {\n        synchronized (aLockWithAName) {\n            if (buffer == null) {\n                buffer.recycleBuffer();\n                return;\n            }\n            ${line}\n        }\n    }\n`;
    for (const line of [
      'call("a very long text with (brackets) and = signs that goes on and on");',
      '// a very long comment with (brackets) and = signs that goes on and on here',
      'while (someConditionOfThisObject(buffer) && anotherConditionOfIt(buffer)) n++;',
      'call /* a ( b */ (one, two, three, four, five, six, seven, eight, nine, ten, el);',
    ])
      assert.ok(fixed(body(line), 70).includes(line), line);
  });
});

import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/core/analysis/java/edit/plan.ts';
import {
  isBuildFile,
  isFlinkConfiguration,
  looksLikeFlinkConfig,
  optionSnippet,
  setFlinkOption,
  upgradeFlink,
} from '../../../server/src/core/upgrade/index.ts';
import { UPGRADE_PROBLEMS } from '../../../server/src/core/upgrade/words.ts';
import { say } from '../../../server/src/core/wording.ts';

const FIXED = ['1.11.4', '1.12.5', '1.13.2', '1.14.0'];

/** In `before` the versions that must change are marked: «1.13.1=>1.13.2». Everything else must stay. */
function marked(text: string): { before: string; after: string } {
  return { before: text.replace(/«(.*?)=>(.*?)»/g, '$1'), after: text.replace(/«(.*?)=>(.*?)»/g, '$2') };
}

const BUILD: [name: string, path: string, text: string, problems?: RegExp, fixed?: string[]][] = [
  [
    'a property, used by dependencies',
    'pom.xml',
    `<project>
  <!-- <flink.version>1.13.1</flink.version> -->
  <properties>
    <java.version>11</java.version>
    <flink.version>«1.13.1=>1.13.2»</flink.version> <!-- keep in step with the cluster -->
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.apache.flink</groupId>
      <artifactId>flink-streaming-java_2.12</artifactId>
      <version>\${flink.version}</version>
    </dependency>
  </dependencies>
</project>`,
  ],
  [
    'a property of another name',
    'app/pom.xml',
    `<properties><stream.v> «1.12.0=>1.12.5» </stream.v></properties><dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients_2.12</artifactId><version>\${stream.v}</version></dependency>`,
  ],
  [
    'versions of the dependencies themselves',
    'pom.xml',
    `<dependency>
  <groupId>org.apache.flink</groupId>
  <artifactId>flink-runtime_2.12</artifactId>
  <version>«1.13.0=>1.13.2»</version>
  <exclusions><exclusion><groupId>log4j</groupId><artifactId>log4j</artifactId></exclusion></exclusions>
</dependency>
<dependency>
  <groupId>com.example</groupId>
  <artifactId>other</artifactId>
  <version>1.13.0</version>
</dependency>`,
  ],
  [
    'connectors and shaded artifacts have versions of their own',
    'pom.xml',
    `<dependency><groupId>org.apache.flink</groupId><artifactId>flink-connector-kafka</artifactId><version>3.2.0-1.19</version></dependency><dependency><groupId>org.apache.flink</groupId><artifactId>flink-shaded-netty</artifactId><version>1.13.1</version></dependency>`,
  ],
  ['never down', 'pom.xml', '<properties><flink.version>1.15.4</flink.version></properties>'],
  ['already fixed', 'pom.xml', '<properties><flink.version>1.13.6</flink.version></properties>'],
  ['no fix yet', 'pom.xml', '<properties><flink.version>2.2.1</flink.version></properties>', /2\.2\.1: no release after it/, []],
  ['the fix itself', 'pom.xml', '<properties><flink.version>1.13.2</flink.version></properties>'],
  ['an older line goes to the oldest younger fix', 'pom.xml', '<properties><flink.version>«1.10.3=>1.11.4»</flink.version></properties>'],
  [
    'a parent has the property',
    'pom.xml',
    `<dependency><groupId>org.apache.flink</groupId><artifactId>flink-core</artifactId><version>\${flink.version}</version></dependency>`,
    /flink\.version is not defined in this file/,
  ],
  [
    'a range',
    'pom.xml',
    '<dependency><groupId>org.apache.flink</groupId><artifactId>flink-core</artifactId><version>[1.13,1.14)</version></dependency>',
    /range/,
  ],
  [
    'coordinates',
    'build.gradle',
    `implementation 'org.apache.flink:flink-streaming-java_2.12:«1.13.1=>1.13.2»'\n// implementation 'org.apache.flink:flink-core:1.13.1'\nimplementation "com.example:flink-like:1.13.1"`,
  ],
  [
    'a variable',
    'build.gradle',
    `ext {\n  flinkVersion = '«1.13.1=>1.13.2»' // cluster\n  scalaVersion = '2.12'\n}\ndependencies {\n  implementation "org.apache.flink:flink-core:\${flinkVersion}"\n}`,
  ],
  [
    'a variable of another name',
    'build.gradle',
    `def streams = "«1.13.1=>1.13.2»"\ndependencies { implementation "org.apache.flink:flink-core:$streams" }`,
  ],
  ['map notation', 'build.gradle', `implementation group: 'org.apache.flink', name: 'flink-core', version: '«1.13.1=>1.13.2»'`],
  ['Kotlin', 'build.gradle.kts', `val flinkVersion by extra("«1.12.1=>1.12.5»")\nimplementation("org.apache.flink:flink-core:$flinkVersion")`],
  ['properties', 'gradle.properties', 'org.gradle.jvmargs=-Xmx1g\nflinkVersion=«1.13.1=>1.13.2»\nscalaVersion=2.12\n'],
  [
    'a version catalogue',
    'gradle/libs.versions.toml',
    `[versions]\nflink = "«1.13.1=>1.13.2»" # cluster\nother = "1.13.1"\n[libraries]\nflink-core = { module = "org.apache.flink:flink-core", version.ref = "flink" }\nlike = { module = "com.example:like", version.ref = "other" }\n`,
  ],
];

describe('upgrade of build files', () => {
  for (const [name, path, text, problems, fixed = FIXED] of BUILD) {
    it(`${path}: ${name}`, () => {
      const { before, after } = marked(text);
      assert.ok(isBuildFile(path));
      const upgrade = upgradeFlink(path, before, fixed);
      assert.equal(applyEdits(before, upgrade.edits), after);
      if (problems === undefined) assert.deepEqual(upgrade.problems, []);
      else assert.match(upgrade.problems.map((problem) => say(UPGRADE_PROBLEMS, problem)).join('\n'), problems);
      const again = upgradeFlink(path, after, fixed);
      assert.deepEqual(again.edits, []);
    });
  }
  it('leaves other files alone', () => assert.deepEqual(upgradeFlink('package.json', '"org.apache.flink:flink-core:1.13.1"', FIXED).edits, []));
});

const KEY = 'execution.checkpointing.unaligned';
const CONFIG: [name: string, path: string, before: string, after: string][] = [
  [
    'a value',
    'conf/flink-conf.yaml',
    `# mine\n${KEY}: true   # since June\nrest.port: 8081\n`,
    `# mine\n${KEY}: false   # since June\nrest.port: 8081\n`,
  ],
  ['the last of two lines wins', 'flink-conf.yaml', `${KEY}: false\nrest.port: 1\n${KEY}: true\n`, `${KEY}: false\nrest.port: 1\n${KEY}: false\n`],
  ['below the commented-out line', 'flink-conf.yaml', `a: 1\n# ${KEY}: true\nb: 2\n`, `a: 1\n# ${KEY}: true\n${KEY}: false\nb: 2\n`],
  ['at the end', 'flink-conf.yaml', 'a: 1', `a: 1\n${KEY}: false\n`],
  ['an empty file', 'flink-conf.yaml', '', `${KEY}: false\n`],
  ['line ends of Windows', 'flink-conf.yaml', 'a: 1\r\n', `a: 1\r\n${KEY}: false\r\n`],
  ['set already', 'flink-conf.yaml', `${KEY}: false\n`, `${KEY}: false\n`],
  ['a longer key is another', 'flink-conf.yaml', `${KEY}.forced: true\n`, `${KEY}.forced: true\n${KEY}: false\n`],
  [
    'nested',
    'config.yaml',
    '# top\nexecution:\n  checkpointing:\n    interval: 10s # often\n    unaligned:\n      enabled: true # why not\nrest:\n  port: 8081\n',
    '# top\nexecution:\n  checkpointing:\n    interval: 10s # often\n    unaligned:\n      enabled: false # why not\nrest:\n  port: 8081\n',
  ],
  [
    'nested, with the older name',
    'config.yaml',
    'execution:\n  checkpointing:\n    unaligned: true\n',
    'execution:\n  checkpointing:\n    unaligned: false\n',
  ],
  [
    'flat',
    'config.yaml',
    'execution.checkpointing.unaligned.enabled: true\nrest.port: 8081\n',
    'execution.checkpointing.unaligned.enabled: false\nrest.port: 8081\n',
  ],
  ['flat below nested', 'config.yaml', 'execution:\n  checkpointing.unaligned: "true"\n', 'execution:\n  checkpointing.unaligned: false\n'],
  [
    'new, in the map that is there',
    'config.yaml',
    'execution:\n  checkpointing:\n    interval: 10s # often\n\n# the rest\nrest:\n  port: 8081\n',
    'execution:\n  checkpointing:\n    interval: 10s # often\n    unaligned:\n      enabled: false\n\n# the rest\nrest:\n  port: 8081\n',
  ],
  [
    'new, nothing there',
    'config.yaml',
    '# comment\nrest:\n  port: 8081',
    '# comment\nrest:\n  port: 8081\nexecution:\n  checkpointing:\n    unaligned:\n      enabled: false\n',
  ],
  ['new, only comments there', 'config.yaml', '# nothing\n', '# nothing\nexecution:\n  checkpointing:\n    unaligned:\n      enabled: false\n'],
];

describe('options in Flink configuration', () => {
  for (const [name, path, before, after] of CONFIG) {
    it(`${path}: ${name}`, () => {
      assert.ok(isFlinkConfiguration(path));
      const set = setFlinkOption(path, before, KEY, 'false');
      assert.equal(set.refused, null);
      assert.equal(applyEdits(before, set.edits), after);
      assert.deepEqual(setFlinkOption(path, after, KEY, 'false').edits, []);
    });
  }
  it('refuses what it cannot read', () => {
    assert.match(setFlinkOption('config.yaml', 'a: [1\nb: }', KEY, 'false').refused?.code ?? '', /^invalid-yaml$/);
    assert.match(setFlinkOption('config.yaml', '- a\n', KEY, 'false').refused?.code ?? '', /^no-mapping$/);
    assert.match(setFlinkOption('config.yaml', 'execution: {checkpointing: {interval: 1s}}\n', KEY, 'false').refused?.code ?? '', /^in-braces$/);
  });
  it('refuses what is made to take for ever', () => {
    for (const [text, code] of [
      [`a: ${'['.repeat(100_000)}\n`, 'yaml-unread'],
      [`a: ${'x'.repeat(2 << 20)}\n`, 'yaml-unread'],
      [`a: ${'&a '.repeat(40_000)}\n`, 'invalid-yaml'],
      [`a: [${','.repeat(40_000)}]\n`, 'invalid-yaml'],
    ] as const)
      assert.equal(setFlinkOption('config.yaml', text, KEY, 'false').refused?.code, code);
  });
  it('gives both notations', () => assert.match(optionSnippet('a.b', '1'), /^a\.b: 1$[\s\S]*^a:\n {2}b: 1$/m));
  it('tells files of other programs', () => {
    assert.ok(looksLikeFlinkConfig('taskmanager:\n  numberOfTaskSlots: 1\n'));
    assert.ok(!looksLikeFlinkConfig('name: ci\non: push\n'));
  });
});

import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { contentOf } from '../../../common/virtual.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { javaSourceKind } from '../../../server/src/core/kinds/javaSource.ts';
import { packedFiles } from '../../../server/src/workspace/archives.ts';
import { type Child, type FileSystem, layered } from '../../../server/src/workspace/fileSystem.ts';
import { SourcesBeside } from '../../../server/src/workspace/javaSources.ts';
import { nodePlatform } from '../../../server/src/workspace/node.ts';
import { jarsBeside, sourceIn } from '../../../server/src/workspace/sourcesJars.ts';

const ROOT = 'file:///home/project';
const AT = 'org/apache/flink/sample';
const RUNNER_URI = `${ROOT}/src/main/java/${AT}/Runner.java`;

const HEAD = 'package org.apache.flink.sample;\n\nimport org.apache.flink.sample.other.Election;\n\n';
const RUNNER = `${HEAD}class Runner implements Contender {
    private final Object lock = new Object();
    private Election election;
    void close() {
        synchronized (lock) {
            election.stop();
        }
    }
    public void granted() {
        synchronized (lock) {
        }
    }
}
`;
const ELECTION = `package org.apache.flink.sample.other;

public class Election {
    private final Object lock = new Object();
    private Contender contender;
    public void stop() {
        synchronized (lock) {
        }
    }
    void onGrant() {
        synchronized (lock) {
            contender.granted();
        }
    }
}
`;
const CONTENDER = `${HEAD}interface Contender {\n    void granted();\n}\n`;

/** Files by their uris; folders are what stands before a slash. */
function disk(files: Record<string, string | Uint8Array>): FileSystem {
  const plain: FileSystem = {
    stat: async (uri) => (files[uri] === undefined ? null : { folder: false, size: files[uri].length, stamp: '' }),
    list: async (uri) => {
      const inside = Object.keys(files).filter((name) => name.startsWith(`${uri}/`) && !name.slice(uri.length + 1).includes('/'));
      return inside.map((name): Child => ({ uri: name, folder: false, size: (files[name] as string).length, stamp: '' }));
    },
    read: async (uri) => files[uri] ?? null,
    stream: async () => null,
  };
  return layered(packedFiles(plain, nodePlatform), plain);
}

const jar = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const JAR = jar({
  [`${AT}/other/Election.java`]: ELECTION,
  [`${AT}/Contender.java`]: CONTENDER,
  [`${AT}/Runner.java`]: RUNNER,
  'META-INF/MANIFEST.MF': 'x',
});

async function check(files: Record<string, string | Uint8Array>) {
  const options = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT, sources: new SourcesBeside(disk(files)) };
  return (await javaSourceKind.analyse({ uri: RUNNER_URI, text: RUNNER }, options)).findings.filter(({ id }) => id === 'java-lock-order');
}

describe('jars with sources beside a Java file', () => {
  for (const place of ['flink-sample-1.0-sources.jar', 'lib/flink-sample-1.0-sources.jar', 'src/main/java/sample-sources.jar'])
    it(`tell the order of locks: ${place}`, async () => {
      const [found] = await check({ [`${ROOT}/${place}`]: JAR });
      assert.deepEqual([found?.severity, found?.certainty], ['warning', 'proved']);
      const election = found?.related.find(({ at }) => at.document !== RUNNER_URI);
      const content = contentOf(election?.at.document ?? '');
      assert.deepEqual([content?.uri, content?.member], [`${ROOT}/${place}`, `${AT}/other/Election.java`]);
      assert.match(election?.at.document ?? '', /^logjam:\/Election\.java\?/);
      assert.equal(await disk({ [`${ROOT}/${place}`]: JAR }).read(election?.at.document ?? ''), ELECTION);
    });

  it('come after the sources of the project', async () => {
    const quiet = ELECTION.replace('contender.granted();', '');
    const own = { [`${ROOT}/src/main/java/${AT}/other/Election.java`]: quiet };
    assert.deepEqual(await check({ ...own, [`${ROOT}/x-sources.jar`]: JAR }), []);
  });

  it('of other projects, and other archives, are not looked at', async () => {
    assert.deepEqual(await check({}), []);
    assert.deepEqual(await check({ [`${ROOT}/flink-sample-1.0.jar`]: JAR }), []);
    assert.deepEqual(await check({ [`${ROOT}/.git`]: '', 'file:///home/x-sources.jar': JAR }), []);
    assert.deepEqual(await check({ [`${ROOT}/x-sources.jar`]: strToU8('no archive') }), []);
  });

  it('hold the source behind a frame', async () => {
    const files = disk({ [`${ROOT}/libs/x-sources.jar`]: JAR });
    const jars = await jarsBeside(files, `${ROOT}/`);
    assert.deepEqual(jars, [`${ROOT}/libs/x-sources.jar`]);
    assert.equal(await files.read((await sourceIn(files, jars, `${AT}/other/Election.java`)) ?? ''), ELECTION);
    assert.equal(await sourceIn(files, jars, `${AT}/other/Nobody.java`), null);
  });
});

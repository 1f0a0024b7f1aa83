// Reads every import: the layers of docs/architecture.md hold, and what is written once is not written twice.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importCycles, importsOf, ownImportsOf, sourcesOf } from '../../../scripts/lib/imports.mjs';
import { at } from '../../../scripts/lib/paths.mjs';

/**
 * The rooms of core in their order: a room imports itself and the rooms above it in this list, never one below.
 * A folder's place holds for all in it that has no line of its own.
 */
const CORE_ORDER = [
  'lru',
  'random',
  'text',
  'wording',
  'checkpoint',
  'problems',
  'model',
  'flinkVersion',
  'findings',
  'places',
  'unwrap',
  'nodeIds',
  'gc',
  'threaddump',
  'rest',
  'jobgraph',
  'knowledge',
  'java',
  'log',
  'upgrade',
  'detect',
  'analysis/java',
  'analysis/threaddump',
  'analysis/jobgraph',
  'analysis/flow',
  'analysis/log',
  'analysis/rest',
  'incident/digest',
  'rules',
  'views',
  'kinds',
  'incident',
];

interface Layer {
  folder: string;
  /** Folders of ours that it may import, besides itself. */
  ours: string[];
  /** Packages (and `node:`) that it may import. */
  packages: RegExp;
}

const LAYERS: Layer[] = [
  { folder: 'common', ours: [], packages: /^(elkjs|valibot$)/ },
  { folder: 'server/src/core', ours: ['common'], packages: /^(@lezer\/(java|common|lr)|diff|fflate|yaml)$/ },
  { folder: 'server/src/features', ours: ['server/src/core', 'common'], packages: /^vscode-languageserver-types$/ },
  // Host-free: what it needs from where it runs is given to it.
  { folder: 'server/src/cluster', ours: ['server/src/core', 'common'], packages: /^$/ },
  { folder: 'server/src/io', ours: ['server/src/cluster', 'server/src/core', 'common'], packages: /^(node:|fflate|undici$)/ },
  { folder: 'server/src/workspace', ours: ['server/src/core', 'server/src/io', 'common'], packages: /^(node:|diff$|vscode-uri$|workerpool$)/ },
  {
    folder: 'server/src/assistant',
    ours: ['server/src/workspace', 'server/src/core', 'server/src/io', 'common'],
    packages: /^(node:|valibot$|@valibot\/to-json-schema$)/,
  },
  {
    folder: 'server/src/lsp',
    ours: ['server/src/assistant', 'server/src/workspace', 'server/src/features', 'server/src/core', 'server/src/io', 'common'],
    packages: /^(vscode-languageserver|node:)/,
  },
  { folder: 'server/src/supervisor', ours: ['common'], packages: /^(vscode-languageserver-textdocument$|node:)/ },
  {
    folder: 'server/src/cli',
    ours: [
      'server/src/assistant',
      'server/src/workspace',
      'server/src/cluster',
      'server/src/core',
      'server/src/io',
      'server/src/supervisor',
      'common',
    ],
    packages: /^(node:|@modelcontextprotocol\/server|elkjs|fflate|sarif$|tinyglobby$)/,
  },
  {
    folder: 'client/src',
    ours: [
      'common',
      'server/src/cluster',
      'server/src/core/detect.ts',
      'server/src/core/flinkVersion.ts',
      'server/src/core/wording.ts',
      'server/src/io/clusterHost.ts',
      'server/src/io/headerCommand.ts',
    ],
    packages: /^(vscode|vscode-languageclient(\/.*)?|node:.*)$/,
  },
  { folder: 'media', ours: ['common'], packages: /^elkjs/ },
];

const sources = (folder: string): string[] => sourcesOf(folder).filter((name) => name.endsWith('.ts'));

const inside = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

describe('the layers', () => {
  for (const { folder, ours, packages } of LAYERS) {
    it(`${folder} imports only what it may`, () => {
      const wrong: string[] = [];
      for (const file of sources(folder)) {
        for (const name of importsOf(file)) {
          if (!name.startsWith('.')) {
            if (!packages.test(name)) wrong.push(`${file}: ${name}`);
            continue;
          }
          const target = path.posix.join(path.posix.dirname(file), name);
          const allowed = inside(target, folder) || ours.some((one) => inside(target, one));
          if (!allowed) wrong.push(`${file}: ${name}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('are all there', () => {
    for (const { folder } of LAYERS) assert.ok(sources(folder).length > 0, folder);
  });
});

describe('the rooms of core', () => {
  const core = 'server/src/core';
  /** Position in the order; the longest entry that the path lies in counts. */
  const room = (file: string): number => {
    const name = path.posix.relative(core, file).replace(/\.ts$/, '');
    const fitting = CORE_ORDER.filter((one) => inside(name, one)).sort((a, b) => b.length - a.length);
    return fitting[0] === undefined ? -1 : CORE_ORDER.indexOf(fitting[0]);
  };

  it('have each a place in the order', () => {
    assert.deepEqual(
      sources(core).filter((file) => room(file) < 0),
      [],
    );
    for (const one of CORE_ORDER) assert.ok(existsSync(at(core, one)) || existsSync(at(core, `${one}.ts`)), `${one} is in the order only`);
  });

  it('import only what stands above them', () => {
    const wrong = sources(core).flatMap((file) =>
      ownImportsOf(file)
        .filter((target) => inside(target, core) && room(target) > room(file))
        .map((target) => `${file}: ${target}`),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('docs/architecture.md', () => {
  /** A path as the page has it: from the root, or in prose from server/src or its core. */
  const exists = (name: string) => ['', 'server/src', 'server/src/core'].some((root) => existsSync(at(root, name)));

  it('names only what is there', () => {
    const page = readFileSync(at('docs/architecture.md'), 'utf8').replace(/```.*?```/gs, '');
    const paths = [...page.matchAll(/`([\w.<>-]+(?:\/[\w.<>-]+)*\/?)`/g)]
      .map((match) => match[1] as string)
      .filter((name) => name.includes('/') && !/^(text|application|dist)\//.test(name));
    assert.ok(paths.length > 40);
    // A path with <kind> stands for the kinds that have such a room.
    const missing = paths.filter((name) => !['threaddump', 'log', 'gc', 'jobgraph', 'java'].some((kind) => exists(name.replace('<kind>', kind))));
    assert.deepEqual(missing, []);
  });
});

describe('the sources', () => {
  const files = LAYERS.flatMap(({ folder }) => sources(folder));

  it('import with the .ts ending', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.') && !/\.(ts|json)$/.test(name))
        .map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('import each other in no circle, not even types', () => {
    assert.deepEqual(importCycles([...files, ...sourcesOf('client'), ...sourcesOf('scripts'), ...sourcesOf('test')]), []);
  });

  // A plain object answers to "constructor" too.
  it('make tables that are asked with texts by table()', () => {
    const wrong = files.filter((file) =>
      /^(?:export )?const \w+: (?:Readonly<|Partial<)*Record<string, [^=]*= \{/m.test(readFileSync(at(file), 'utf8')),
    );
    assert.deepEqual(wrong, []);
  });

  it('leave no work for later', () => {
    const wrong = files.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(readFileSync(at(file), 'utf8').replace(/'[^'\n]*'/g, '')));
    assert.deepEqual(wrong, []);
  });
});

describe('the manifest', () => {
  it('has the version at the top of the changelog', () => {
    const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    assert.equal(/^## (\S+)/m.exec(readFileSync(at('CHANGELOG.md'), 'utf8'))?.[1], version);
  });

  it('names files that exist or are built', () => {
    const { icon, contributes } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    const named: string[] = [
      icon,
      ...contributes.grammars.map(({ path: file }: { path: string }) => file),
      ...contributes.languages.flatMap(({ configuration }: { configuration?: string }) => configuration ?? []),
      ...(contributes.walkthroughs ?? []).flatMap(
        ({ steps }: { steps: { media: { image?: string | Record<string, string>; markdown?: string; svg?: string } }[] }) =>
          steps.flatMap(({ media }) =>
            [media.markdown, media.svg, ...(typeof media.image === 'object' ? Object.values(media.image) : [media.image])].filter(
              (file) => file !== undefined,
            ),
          ),
      ),
    ];
    assert.deepEqual(
      named.filter((file) => !existsSync(at(file))),
      [],
    );
  });
});

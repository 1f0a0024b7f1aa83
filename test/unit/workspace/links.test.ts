// Folders as other systems leave them: links, as Kubernetes mounts have them, and what macOS and Windows put beside files.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { disk, uriOf } from '../../../server/src/workspace/disk.ts';
import { gather } from '../../../server/src/workspace/gather.ts';

describe('a folder with links', () => {
  let folder: string;
  const write = (name: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), name);
  };
  const link = (name: string, target: string) => symlinkSync(target, path.join(folder, name));
  const found = async (...names: string[]) => {
    const { files, passedBy } = await gather(
      disk,
      names.map((name) => uriOf(path.join(folder, name))),
    );
    return {
      files: files.map(({ below, uri }) => below || path.basename(uri)),
      passedBy: passedBy.map(({ uri, why }) => `${path.basename(uri)}: ${why}`),
    };
  };

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'logjam-links-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has a file once, under its own name', async () => {
    write('taskmanager.log');
    link('current.log', 'taskmanager.log');
    assert.deepEqual(await found('.'), { files: ['taskmanager.log'], passedBy: [] });
  });

  it('has what a mount of Kubernetes shows once', async () => {
    write('..2026_11_29/config.yaml');
    write('..2026_11_29/log4j.properties');
    link('..data', '..2026_11_29');
    link('config.yaml', path.join('..data', 'config.yaml'));
    link('log4j.properties', path.join('..data', 'log4j.properties'));
    assert.deepEqual(await found('.'), { files: ['config.yaml', 'log4j.properties'], passedBy: [] });
  });

  it('has what links to folders elsewhere lead to', async () => {
    write('elsewhere/pod/0.log');
    mkdirSync(path.join(folder, 'containers'));
    link('containers/pod', path.join('..', 'elsewhere', 'pod'));
    assert.deepEqual(await found('containers'), { files: ['pod/0.log'], passedBy: [] });
  });

  it('is not walked in circles, nor out of itself', async () => {
    write('a/x.log');
    write('b/y.log');
    link('a/b', path.join('..', 'b'));
    link('b/a', path.join('..', 'a'));
    link('a/up', '..');
    link('a/root', path.parse(folder).root);
    const { files, passedBy } = await found('.');
    assert.deepEqual(files, ['a/x.log', 'b/y.log']);
    assert.deepEqual(passedBy, ['root: a link to a folder that it is in', 'up: a link to a folder that it is in']);
  });

  it('is walked where it is a link itself', async () => {
    write('real/x.log');
    link('logs', 'real');
    link('real/again', '.');
    assert.deepEqual(await found('logs'), { files: ['x.log'], passedBy: ['again: a link to a folder that it is in'] });
  });

  it('says which links lead nowhere', async () => {
    link('gone.log', 'nothing');
    assert.deepEqual(await found('.'), { files: [], passedBy: ['gone.log: a link that leads nowhere'] });
  });

  it('is without what macOS and Windows have left in it', async () => {
    for (const name of ['tm.log', '._tm.log', '.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX/tm.log']) write(name);
    assert.deepEqual(await found('.'), { files: ['tm.log'], passedBy: [] });
  });
});

// A server that dies again and again: it is started again by itself, then only by the person.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type * as vscode from 'vscode';
import { activated, fixture, hasWindow, hoverAt, inWindow, openFile, positionOf, screenshot, until, waitForDiagnostics } from '../helpers.ts';

const STATUS_ITEM = '[id="logjam.logjam.logjam.status"] a';

/** The process of the language server, which the extension host has started. */
function server(): number | undefined {
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      if (Number(parent) === process.pid && /dist\/server\/node\.js/.test(readFileSync(`/proc/${name}/cmdline`, 'utf8'))) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}

describe('a server that dies', function () {
  if (process.platform !== 'linux' || !hasWindow) return;
  this.timeout(120_000);
  let document: vscode.TextDocument;
  const hover = () => hoverAt(document.uri, positionOf(document, '- waiting to lock <', 0, 19));

  before(async () => {
    document = await openFile(fixture('flink/1.13.1/flink-22946/jstack-l.txt'), 'java-threaddump');
    await activated();
    await waitForDiagnostics(document.uri);
  });

  it('is started again four times', async () => {
    let before: number | undefined;
    for (let death = 1; death <= 4; death++) {
      const living = await until('the server', () => {
        const pid = server();
        return pid !== before && pid;
      });
      // It has begun to serve: only then is its end one of a server.
      await until('a hover', async () => /wait/i.test(await hover()), 60_000);
      process.kill(living, 'SIGKILL');
      before = living;
    }
    await until('a hover after the fourth', async () => server() !== before && /wait/i.test(await hover()), 60_000);
  });

  it('is not started again after the fifth, and the status item says so', async () => {
    const living = server();
    assert.ok(living);
    process.kill(living, 'SIGKILL');
    await inWindow('waitForText', { text: 'Logjam stopped: Restart', timeout: 60_000 });
    await screenshot('server-stopped');
    assert.equal(server(), undefined);
  });

  it('is started by a click on the status item, and knows the documents', async () => {
    await inWindow('click', { selector: STATUS_ITEM });
    await until('the server', () => server() !== undefined, 60_000);
    await until('a hover', async () => /wait/i.test(await hover()), 60_000);
    const text = String(await inWindow('text', {}));
    assert.doesNotMatch(text, /Logjam stopped/);
  });
});

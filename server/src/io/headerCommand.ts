import { execFile } from 'node:child_process';
import path from 'node:path';

/** A command that asks for a login waits for nobody. In ms. */
const PATIENCE = 30_000;

/**
 * What a program prints that gives headers for requests. Rejects with how it ended; what it says on standard error is not told,
 * for it may hold secrets.
 */
export function printedBy([program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: PATIENCE, windowsHide: true, maxBuffer: 1 << 20 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${path.basename(program)} ${error.killed === true ? 'did not end' : `ended with ${error.code ?? error.signal}`}`));
    });
  });
}

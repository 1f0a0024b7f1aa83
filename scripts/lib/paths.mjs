// Where things are, for every script.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder that everything downloaded or written by test runs goes into (not under version control). */
export const cache = path.join(root, '.vscode-test');

/** @param {string[]} parts */
export const at = (...parts) => path.join(root, ...parts);

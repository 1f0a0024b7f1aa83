import { createRequire } from 'node:module';
import path from 'node:path';
import { getAsset } from 'node:sea';
import { type Carried, layOut } from './layOut.ts';

// The program of the single executable: the command line, from the files that it carries.
const carried = JSON.parse(getAsset('carried', 'utf8')) as Carried;
const folder = layOut(carried, (name) => new Uint8Array(getAsset(name)));
const main = path.join(folder, 'dist/cli/logjam.js');
process.argv[1] = main;
createRequire(main)(main);

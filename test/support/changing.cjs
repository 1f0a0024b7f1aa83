// Loaded before a program under test, it changes files while they are read, by their names: one that "vanishes" is gone when
// it is opened, one that "shrinks" is cut after the first read (of a large file: the first one that is not of its beginning),
// one that "grows" becomes longer with every read.
const fs = require('node:fs');

const { openSync, readSync, closeSync } = fs;
const open = new Map();
const changed = new Set();
const LARGE = 1 << 20;

fs.openSync = (file, ...rest) => {
  const name = String(file);
  if (name.includes('vanishes')) fs.rmSync(name, { force: true });
  const handle = openSync(file, ...rest);
  open.set(handle, name);
  return handle;
};

fs.readSync = (handle, ...rest) => {
  const read = readSync(handle, ...rest);
  const name = open.get(handle) ?? '';
  if (name.includes('grows')) fs.appendFileSync(name, 'more\n'.repeat(10_000));
  const at = rest[3];
  if (name.includes('shrinks') && !changed.has(name) && (at > 0 || fs.fstatSync(handle).size < LARGE)) {
    changed.add(name);
    fs.truncateSync(name, 100);
  }
  return read;
};

fs.closeSync = (handle) => {
  open.delete(handle);
  closeSync(handle);
};

// Loaded before a server under test, it puts faults into the analysis that stand for those that it may still have. An
// expression over a text with SPIN-FOREVER in it never ends and never gives way; one over a text with END-THE-THREAD ends
// its thread; the first one in a thread over a text with SLOW-WORK-1 (or another digit) takes a second and a half.
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const exec = RegExp.prototype.exec;
  const done = new Set();
  RegExp.prototype.exec = function (text) {
    if (typeof text !== 'string') return exec.call(this, text);
    if (text.includes('SPIN-FOREVER')) exec.call(/^(?:a|a)*$/, `${'a'.repeat(60)}b`);
    if (text.includes('END-THE-THREAD')) process.exit(7);
    const slow = exec.call(/SLOW-WORK-\d/, text)?.[0];
    if (slow !== undefined && !done.has(slow)) {
      done.add(slow);
      for (const start = performance.now(); performance.now() - start < 1500; );
    }
    return exec.call(this, text);
  };
}

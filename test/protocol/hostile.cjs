// Loaded before a server under test, it puts faults into the analysis that stand for those that it may still have. An
// expression over a text with SPIN-FOREVER in it never ends and never gives way; one over a text with END-THE-THREAD ends
// its thread; the first one in a thread over a text with SLOW-WORK-1 (or another digit) takes a second and a half
// of the process's computing time: on a busy machine the other threads have their share of it too.
const { isMainThread } = require('node:worker_threads');

/** In ms. */
const cpu = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

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
      for (const used = process.cpuUsage(); cpu(used) < 1500; );
    }
    return exec.call(this, text);
  };
}

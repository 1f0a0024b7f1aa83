// Loaded before a server under test: an expression over a text with SPIN-FOREVER in it never ends and never gives way, and
// one over a text with END-THE-THREAD ends its thread. It stands for whatever fault the analysis may still have.
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const exec = RegExp.prototype.exec;
  RegExp.prototype.exec = function (text) {
    if (typeof text === 'string' && text.includes('SPIN-FOREVER')) exec.call(/^(?:a|a)*$/, `${'a'.repeat(60)}b`);
    if (typeof text === 'string' && text.includes('END-THE-THREAD')) process.exit(7);
    return exec.call(this, text);
  };
}

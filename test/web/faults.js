// Put before the server's script in the browser: an expression over a text with SPIN-FOREVER in it never ends.
if (self.name === 'logjam-analysis') {
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (text) {
    if (typeof text === 'string' && text.includes('SPIN-FOREVER')) exec.call(/^(?:a|a)*$/, `${'a'.repeat(60)}b`);
    return exec.call(this, text);
  };
}

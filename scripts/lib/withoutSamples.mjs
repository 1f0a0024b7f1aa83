// Samples and near misses stand beside the patterns that they are about, and only tests read them: the bundles do without.
import { readFileSync } from 'node:fs';

const LISTS = /\b(samples|nearMisses): \[/g;
const QUOTES = new Set(["'", '"', '`']);

/** The place behind the bracket that closes what begins before `start`. @param {string} text @param {number} start */
function behindBracket(text, start) {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const sign = /** @type {string} */ (text[at]);
    if (QUOTES.has(sign)) at = endOfString(text, at, sign);
    else if (text.startsWith('//', at)) at = text.indexOf('\n', at);
    else if (sign === '[') depth++;
    else if (sign === ']' && --depth === 0) return at + 1;
  }
  throw new Error('a list of samples does not end');
}

/** @param {string} text @param {number} start @param {string} quote */
function endOfString(text, start, quote) {
  let at = start + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** A source with the lists empty. @param {string} text */
export function withoutSamples(text) {
  let kept = '';
  let from = 0;
  for (const match of text.matchAll(LISTS)) {
    if (match.index < from) continue;
    kept += `${text.slice(from, match.index)}${match[1]}: []`;
    from = behindBracket(text, match.index + match[0].length);
  }
  return kept + text.slice(from);
}

/** @type {import('esbuild').Plugin} */
export const noSamples = {
  name: 'no samples',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]core[\\/].*\.ts$/ }, ({ path }) => ({
      contents: withoutSamples(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

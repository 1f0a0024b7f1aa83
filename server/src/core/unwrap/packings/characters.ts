import { MARKUP, markupValue } from '../html.ts';
import { COLOUR, isColoured } from '../lines/colours.ts';
import type { Packing } from '../packing.ts';
import { replaceAll } from '../replaceAll.ts';
import { Source } from '../source.ts';

/** UTF-16 that was read as single bytes: a zero beside every letter. */
export const zeros: Packing = {
  id: 'utf-16',
  title: 'UTF-16 read as single bytes',
  sign: (sample) => {
    const found = sample.indexOf('\0');
    return found !== -1 && sample.slice(found, found + 4000).split('\0').length > Math.min(4000, sample.length - found) / 3;
  },
  undo: (text) => replaceAll(text, /\0+/g, () => ''),
  samples: ['\0a\0t\0 \0a\0.\0B\0.\0c\0(\0B\0.\0j\0a\0v\0a\0)'],
  nearMisses: ['a\0 zero in the middle of a line of text'],
};

/** Line ends of old Macs: every character stays where it is. */
export const returns: Packing = {
  id: 'cr',
  title: 'line ends of carriage returns alone',
  sign: (sample) => !sample.includes('\n') && /\r[^\r]/.test(sample),
  *undo(text) {
    yield;
    return new Source(text.replaceAll('\r', '\n'));
  },
  samples: ['one\rtwo\rthree'],
  nearMisses: ['one\r\ntwo\r\n', 'one\r'],
};

export const colours: Packing = {
  id: 'ansi',
  title: 'colours of a terminal',
  sign: isColoured,
  undo: (text) => replaceAll(text, COLOUR, () => ''),
  samples: ['\u001b[32mINFO\u001b[0m text', '^[[33mINFO^[[m text'],
  nearMisses: ['[32mINFO'],
};

export const html: Packing = {
  id: 'html',
  title: 'a web page, or its text with references',
  sign: (sample) => /&(?:lt|gt|amp|quot|nbsp|apos|#\d+|#[xX][\da-fA-F]+);|<br\s{0,9}\/?>|<(?:pre|p|div|code|span|td)\b/i.test(sample),
  undo: (text) => replaceAll(text, MARKUP, markupValue),
  samples: ['- locked &lt;0x0000000700000000&gt;', '<pre>text</pre>', 'one<br/>two', '&#34;main&#x22;'],
  nearMisses: ['a < b && c', 'List<String>'],
};

/** Blanks that are none, as editors and chat programs make them of indents; characters without width. */
const BLANKS = /[\u00a0\u2007\u200b\u200c\u2060\ufeff]/g;

export const blanks: Packing = {
  id: 'blanks',
  title: 'blanks that do not break, characters without width',
  sign: (sample) => sample.search(BLANKS) !== -1,
  undo: (text) => replaceAll(text, BLANKS, (found) => (found === '\u00a0' || found === '\u2007' ? ' ' : '')),
  samples: ['\u00a0\u00a0at a.B.c(B.java:1)'],
  nearMisses: ['  at a.B.c(B.java:1)'],
};

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { applyEdits } from '../../../server/src/core/analysis/java/edit/plan.ts';
import type { JavaAnalysis } from '../../../server/src/core/analysis/java/model.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { openJava } from '../../../server/src/core/java/open.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import type { EditFix, Finding } from '../../../server/src/core/model.ts';
import { atOnce } from '../../../server/src/core/unwrap/steps.ts';
import { javaSourceFeatures } from '../../../server/src/features/java/index.ts';
import { WRAPS } from '../unwrap/wrap.ts';

const CHANNEL = readFileSync(at('test/fixtures/java/ChannelBuffers.java'), 'utf8');
const JOB = readFileSync(at('test/fixtures/java/OrdersJob.java'), 'utf8');
const DUMP = readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack-l.txt'), 'utf8');
const LOG = readFileSync(at('test/fixtures/logs/tm-managed-memory-1.12.2.log'), 'utf8');

const fenced = (text: string, info = 'java'): string => `\`\`\`${info}\n${text}\`\`\`\n`;
const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '   ');

async function read(text: string): Promise<JavaAnalysis> {
  const analysis = await analyse({ uri: 'file:///notes.md', text });
  assert.equal(analysis.kind, 'java-source');
  return analysis as JavaAnalysis;
}

const editsOf = ({ fixes }: Finding): EditFix[] => fixes.filter((fix) => fix.by === 'edits');

/** Texts with the source in one piece, each line of it in a line of its own. */
const EXACT: Record<string, (text: string) => string> = {
  'a fence': (text) => `# Stuck\n\nThe class is\n\n${fenced(text)}\nand { this } is text.\n`,
  'a fence of tildes, among others': (text) =>
    `~~~sh\nkubectl get pods\n~~~\n\n~~~~ java title="A"\n${text}~~~~\n\n${fenced('{\n  "a": 1\n}\n', 'json')}`,
  'a fence that is not closed': (text) => `See\n\`\`\`\n${text}`,
  'a mail': (text) => `Hello,\n\nwhat is wrong with this class?\n\n${text}\nThank you\n`,
};

/** What is written back would be another text, or would stand elsewhere. */
const INEXACT: Record<string, (text: string) => string> = {
  'a fence in a list': (text) => `1. The class:\n\n${indented(`x\n${fenced(text)}`).replace('   x\n', '')}\n2. That was it.\n`,
  'a quoted fence': (text) => WRAPS['fenced and quoted']?.(text) ?? '',
  'line numbers': (text) => WRAPS['line numbers']?.(text) ?? '',
  'line numbers in a column': (text) =>
    text
      .replaceAll(/^/gm, '\0')
      .split('\0')
      .slice(1)
      .map((line, i) => `${String(i + 1).padStart(4)}  ${line}`)
      .join(''),
  'a JSON string': (text) => JSON.stringify({ file: 'A.java', text }, null, 1),
  'a field of a table': (text) => WRAPS['csv, one field']?.(text) ?? '',
  'a web page': (text) => WRAPS['html page']?.(text) ?? '',
  'a mail': (text) => WRAPS['quoted in a mail']?.(text) ?? '',
};

describe('packed Java source', () => {
  for (const [name, pack] of Object.entries(EXACT)) {
    it(`is edited in ${name}`, async () => {
      const plain = await read(CHANNEL);
      const packed = await read(pack(CHANNEL));
      assert.deepEqual(packed.findings.flatMap(editsOf).length, plain.findings.flatMap(editsOf).length);
      for (const [index, found] of packed.findings.entries()) {
        for (const [which, fix] of editsOf(found).entries()) {
          const expected = applyEdits(CHANNEL, editsOf(plain.findings[index] as Finding)[which]?.edits ?? []);
          assert.equal(applyEdits(pack(CHANNEL), fix.edits), pack(expected));
        }
      }
    });
  }

  for (const [name, pack] of Object.entries(INEXACT)) {
    it(`is read, and not edited, in ${name}`, async () => {
      const text = pack(CHANNEL);
      const { findings, units } = await read(text);
      assert.equal(findings.length, 2);
      for (const {
        at: { span },
        fixes,
        advice,
      } of findings) {
        assert.equal(text.slice(span.start, span.end), 'recycleBuffer');
        assert.ok(fixes.every(({ by }) => by !== 'edits'));
        assert.match(advice.at(-1) ?? '', /a file of its own/);
      }
      const squeezed = (one: string): string => one.replaceAll(/^[ \t]+/gm, '').trim();
      assert.equal(squeezed(units[0]?.source.text ?? ''), squeezed(CHANNEL));
    });
  }

  it('comes out as it was written, whatever is in its strings and comments', () => {
    for (const [name, wrap] of Object.entries(WRAPS)) {
      if (!/json|csv|html|cri|compose|kubectl|quoted|literals|ansi|a code block/.test(name) || /newest|alone/.test(name)) continue;
      const source = atOnce(openJava(wrap(JOB))).sources[0]?.source.text ?? '';
      const expected = name === 'html with breaks' ? JOB.replaceAll('\t', '  ') : JOB;
      // A comment before the package is not taken along where text stands before it.
      assert.ok(expected.trim().endsWith(source.trim()), `${name}\n${source}`);
      assert.ok(source.includes('package org.acme.orders;'), name);
    }
  });

  it('in two fences is edited in each', async () => {
    const other = CHANNEL.replaceAll('ChannelBuffers', 'OtherBuffers');
    const text = `First\n\n${fenced(CHANNEL)}\nthen\n\n${fenced(other)}`;
    const { findings } = await read(text);
    assert.equal(findings.length, 4);
    const fix = editsOf(findings[0] as Finding)[0] as EditFix;
    const expected = applyEdits(CHANNEL, editsOf((await read(CHANNEL)).findings[0] as Finding)[0]?.edits ?? []);
    assert.equal(applyEdits(text, fix.edits), text.replace(CHANNEL, expected));
  });

  it('is explained, and fixed as a whole, where it stands', async () => {
    const text = EXACT['a fence']?.(CHANNEL) ?? '';
    const analysis = await read(text);
    const document = { uri: 'file:///notes.md', text, analysis, settings: DEFAULT_SETTINGS };
    const place = text.indexOf('surplus.recycleBuffer') + 10;
    const shown = javaSourceFeatures.hover?.(document, place);
    assert.equal(text.slice(shown?.span.start, shown?.span.end), 'recycleBuffer');
    const line = text.slice(0, text.indexOf('synchronized (store)')).split('\n').length;
    assert.ok(shown?.markdown.includes(`from line ${line}`), shown?.markdown);
    const plain = { uri: 'file:///A.java', text: CHANNEL, analysis: await read(CHANNEL), settings: DEFAULT_SETTINGS };
    const expected = applyEdits(CHANNEL, javaSourceFeatures.fixAll?.(plain) ?? []);
    assert.equal(applyEdits(text, javaSourceFeatures.fixAll?.(document) ?? []), EXACT['a fence']?.(expected));
  });
});

const OTHERS: Record<string, [string, string]> = {
  'prose with words of Java': [
    'unknown',
    'To import org.apache.flink.api.common you need a class {@code Job} and an interface.\n\nimport it; then public static void main runs.\n',
  ],
  'an import in prose': ['unknown', 'Write\n\nimport org.apache.flink.api.common.functions.MapFunction;\n\nat the top of the file.\n'],
  'Scala in a fence': [
    'unknown',
    fenced('package a\n\nimport org.apache.flink.api.scala._\n\nobject Job extends App {\n  def run() = 1\n}\n', 'scala'),
  ],
  'Kotlin in a fence': [
    'unknown',
    fenced('package a;\n\nimport org.apache.flink.api.common.JobID;\n\nclass Job {\n    fun run() {\n    }\n}\n', 'kotlin'),
  ],
  'Java that does not use Flink, in a fence': ['unknown', fenced('package a;\n\nimport java.util.List;\n\nclass A {\n    int a;\n}\n')],
  'a dump and source in fences': ['thread-dump', `${fenced(DUMP, '')}\n${fenced(CHANNEL)}`],
  'source and a dump': ['thread-dump', `${CHANNEL}\n\n${DUMP}`],
  'a quoted log and source': ['flink-log', `${LOG}\n${CHANNEL}`.replaceAll(/^/gm, '> ')],
  'a log and source in fences': ['flink-log', `${fenced(LOG, '')}\n${fenced(CHANNEL)}`],
  'a trace of Flink and source': [
    'flink-log',
    `It says\n\n\`\`\`\njava.lang.IllegalStateException: no\n\tat org.apache.flink.a.B.c(B.java:1)\n\tat org.apache.flink.a.B.d(B.java:2)\n\`\`\`\n\n${fenced(CHANNEL)}`,
  ],
  'source with the newest line first': ['unknown', CHANNEL.split('\n').reverse().join('\n')],
};

describe('what is no packed Java source', () => {
  for (const [name, [kind, text]] of Object.entries(OTHERS)) it(name, () => assert.equal(detect(text).kind, kind));
});

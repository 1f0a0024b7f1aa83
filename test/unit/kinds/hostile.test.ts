// What stands in a file is text: whatever its names hold, nothing that is made of it has a link, a tag or a character that acts.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { dotDocument } from '../../../common/drawing/dot.ts';
import { tidy } from '../../../common/drawing/tidy.ts';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import type { Span } from '../../../common/span.ts';
import { isGraphView, viewsOf } from '../../../common/views.ts';
import { jsonText, visible } from '../../../common/visible.ts';
import { escapeXml } from '../../../common/xml.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { incidentHtml } from '../../../server/src/core/incident/html.ts';
import { incidentReport } from '../../../server/src/core/incident/report.ts';
import { analyse, digest, graph, report, summary } from '../../../server/src/core/kinds/index.ts';
import type { Location } from '../../../server/src/core/model.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { escapeMarkdown, markdownCode } from '../../../server/src/core/wording.ts';
import { featuresOf } from '../../../server/src/features/index.ts';
import { fixtures } from '../../fuzz/inputs.ts';

/** As the hovers and the pages of VS Code read Markdown, with all that they can be set to. */
const MARKDOWN = new MarkdownIt({ html: true, linkify: true });
MARKDOWN.linkify.set({ fuzzyLink: false });

const PAYLOADS = [
  '[evil](command:evil.run?%5B1%5D)',
  '](command:evil.run) [evil](command:evil.run)',
  '![evil](https://evil.example/x.png)',
  '<img src=https://evil.example/x onerror=evil()>',
  '<a href="command:evil.run">evil</a>',
  '</code></td><script>evil()</script>',
  'https://evil.example/path',
  'www.evil.example',
  'evil@evil.example',
  '<https://evil.example>',
  '`[evil](command:evil.run)',
  '``` [evil](command:evil.run) ``',
  '\\[evil](command:evil.run)',
  '&lt;img src=evil&gt; &#91;evil](command:evil.run)',
  '|[evil](command:evil.run)|',
  '\u001b]8;;https://evil.example\u0007evil\u001b]8;;\u0007\u001b[2J',
  '\u202eevil\u2066\u200f',
  '\u009b31mevil',
  'evil\\u001b[31m\\u0007\\u202e',
  '\\n\\n[evil](command:evil.run)\\n# evil',
  '\\u003cimg src=evil\\u003e',
  '[evil]: https://evil.example',
] as const;

/** The only tags that a page in Markdown has of its own. */
const FOLD = /^(?:<details>\n<summary>[^<>]*<\/summary>\n|<\/details>\n)$/;

/** What acts in a text of Markdown and has been put there. */
function acting(markdown: string): string[] {
  const found: string[] = [];
  for (const { type, content, children } of MARKDOWN.parse(markdown, {})) {
    if (type === 'html_block' && !FOLD.test(content)) found.push(content);
    for (const child of children ?? []) {
      if (child.type === 'html_inline') found.push(child.content);
      if (child.type === 'image') found.push(child.attrGet('src') ?? '');
      if (child.type === 'link_open' && child.attrGet('href')?.includes('evil')) found.push(child.attrGet('href') ?? '');
    }
  }
  if (visible(markdown) !== markdown) found.push('hidden characters');
  return found;
}

/** The tags of the page of an incident: none has anything of a file in it. */
const TAGS =
  /^<(?:\/?(?:head|title|style|main|h[12]|p|ul|li|table|tr|th|td|strong|code|details|summary)|\/?(?:body|html)|html lang="en"|body class="(?:failing|healthy|unknown)"|!doctype html|meta charset="utf-8"|meta name="viewport" content="width=device-width, initial-scale=1"|meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'")>$/;

/** What a page of HTML has of its own will or that is hidden. */
function foreign(html: string): string[] {
  const tags = [...html.matchAll(/<[^>]*>?/g)].map(([tag]) => tag).filter((tag) => !TAGS.test(tag));
  return visible(html) === html ? tags : [...tags, 'hidden characters'];
}

/** Every text that is made of a document, by what it is for. */
async function outputs(text: string, places: readonly number[]): Promise<{ markdown: string[]; plain: string[]; html: string }> {
  const uri = 'file:///hostile';
  const analysis = await analyse({ uri, text });
  const features = await featuresOf(analysis.kind);
  const document = { uri, text, analysis, settings: DEFAULT_SETTINGS };
  const markdown = [report(analysis, 'hostile') ?? ''];
  for (const offset of places) markdown.push(visible(features.hover?.(document, offset)?.markdown ?? ''));
  const plain = [jsonText(summary(analysis)), jsonText(analysis.findings)];
  const index = new LineIndex(text);
  const lineOf = (where: Location | Span) => index.lineOf('span' in where ? where.span.start : where.start);
  const incident = conclude(digest(analysis, { name: `evil${PAYLOADS[3]}`, bytes: text.length, text, lineOf }));
  markdown.push(incidentReport(incident, `evil${PAYLOADS[0]}`));
  plain.push(jsonText(incident));
  for (const view of viewsOf(analysis.kind).filter(isGraphView)) {
    const found = graph(analysis, view);
    if (found !== null) plain.push(dotDocument(tidy(found)), jsonText(found));
  }
  return { markdown, plain, html: incidentHtml(incident, `evil${PAYLOADS[4]}${PAYLOADS[15]}`) };
}

const FIXTURES = fixtures(9_000);

describe('names that a stranger chose', () => {
  for (const folder of ['dumps', 'logs', 'flink', 'gc', 'plans', 'rest']) {
    const inputs = FIXTURES.filter(({ name }) => name.startsWith(`${folder}/`));
    it(`are text in all that is made of ${folder} (${inputs.length} files)`, async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...inputs), fc.nat(), fc.constantFrom(...PAYLOADS), async ({ name, text }, at, payload) => {
          const tokens = [...text.matchAll(/[\p{L}\d_$.-]{2,80}/gu)];
          const token = tokens[at % Math.max(1, tokens.length)];
          if (token === undefined) return;
          // The name stands so wherever it stands, as one that the program was given.
          const hostile = text.replaceAll(token[0], () => token[0] + payload);
          const places = [...hostile.matchAll(/evil/g)].slice(0, 12).map(({ index }) => index);
          const { markdown, plain, html } = await outputs(hostile, places);
          for (const one of markdown) assert.deepEqual(acting(one), [], `${name}: ${token[0]}${payload}`);
          assert.deepEqual(foreign(html), [], `${name}: ${token[0]}${payload}`);
          for (const one of plain) assert.equal(visible(one), one, `${name}: ${token[0]}${payload}`);
        }),
        { numRuns: 120 },
      );
    });
  }

  it('are shown in Markdown as they are, whatever they hold', () => {
    const unit = fc.constantFrom(
      'https://',
      's3://',
      ...'ab1 []()<>_*`~|!&;:/.@#+-=\\"$',
      '\\[',
      '](',
      '__',
      '**',
      '&amp;',
      '://',
      '1. ',
      '- ',
      '[x]: ',
    );
    const shownAs = (markdown: string): string =>
      MARKDOWN.parse(markdown, {})
        .flatMap(({ type, content, children }) =>
          children === null ? [type.endsWith('_open') || type.endsWith('_close') ? '' : content] : children.map((one) => one.content),
        )
        .join('');
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 30 }).map((parts) => parts.join('')),
        (one) => {
          assert.equal(shownAs(`It is ${escapeMarkdown(one)}; so.`), `It is ${one}; so.`);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('are not marked where nothing in them acts', () => {
    const names = [
      'int[]@452b3a41',
      'scope [0, 1], level 1',
      'HASH[id]',
      'Join (34/256)#1',
      'TableSourceScan(table=[[default_catalog, items]], fields=[item_id, user_id])',
      'C:\\flink\\conf',
      'org.example.Map$1.lambda$map$0',
      'a < b && c > d',
      'flink-pekko.actor.internal-dispatcher-2',
      'state 0x0000_ffff of UPPER_CASE_',
      'Source: numbers -> tokenizer',
      's3://bucket/checkpoints/chk-7 and hdfs://ns1/a_b',
    ];
    for (const name of names) assert.equal(escapeMarkdown(name), name);
  });

  it('stay readable where they are addresses', () => {
    assert.equal(escapeMarkdown('POST at: https://10.96.0.1/api/v1/pods. Refused'), 'POST at: `https://10.96.0.1/api/v1/pods`. Refused');
    assert.equal(escapeMarkdown('(see http://jm-0:8081)'), '(see `http://jm-0:8081`)');
    assert.equal(escapeMarkdown('`a` of https://jm'), '\\`a\\` of https\\://jm');
  });

  it('have one escape for each output', () => {
    const text = fc.string({ unit: 'binary' }).chain((one) => fc.constantFrom(...PAYLOADS).map((payload) => one + payload + one));
    fc.assert(
      fc.property(text, (one) => {
        assert.deepEqual(acting(`- **${escapeMarkdown(one)}** and ${markdownCode(one)}.`), []);
        assert.ok(!/[<>"]/.test(escapeXml(one)));
        assert.equal(visible(escapeXml(one)), escapeXml(one));
        assert.equal(JSON.parse(jsonText(one)), one);
      }),
      { numRuns: 500 },
    );
  });
});

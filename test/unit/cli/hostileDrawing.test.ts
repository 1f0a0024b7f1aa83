// Names that a stranger chose are text in drawings too: no tag, no attribute and no hidden character of theirs.
import assert from 'node:assert/strict';
import { mapPlaces } from '../../../common/graph.ts';
import { isGraphView, viewsOf } from '../../../common/views.ts';
import { visible } from '../../../common/visible.ts';
import { render } from '../../../server/src/cli/render.ts';
import { analyse, graph } from '../../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { fixtures } from '../../fuzz/inputs.ts';

const PAYLOADS = [
  '</text></svg><script>evil()</script>',
  '" onload="evil()" x="',
  "' onload='evil()' x='",
  '<a xlink:href="javascript:evil()">evil</a>',
  '&lt;script&gt;evil&#60;/script&#62;',
  ']]><evil/><![CDATA[',
  '<!-- evil -->',
  '\u202eevil\u001b]8;;x\u0007\u0000',
];

/** What a drawing is made of. */
const ELEMENTS = new Set([
  'svg',
  'style',
  'defs',
  'marker',
  'title',
  'g',
  'rect',
  'path',
  'text',
  'tspan',
  'polygon',
  'circle',
  'line',
  'ellipse',
  'pattern',
]);

/** All that is in a drawing and none of ours: elements, attributes that act, hidden characters. */
function foreign(svg: string): string[] {
  const found = visible(svg) === svg ? [] : ['hidden characters'];
  const tag = /<\/?([^\s>/]*)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>/y;
  for (let at = svg.indexOf('<'); at !== -1; at = svg.indexOf('<', tag.lastIndex)) {
    tag.lastIndex = at;
    const match = tag.exec(svg);
    if (match === null || !ELEMENTS.has(match[1] as string) || /\s(?:on\w+|(?:xlink:)?href)=/i.test(match[2] as string)) {
      found.push(svg.slice(at, at + 80));
      tag.lastIndex = at + 1;
    }
  }
  return found;
}

/** Some of each folder. */
function someOf(folder: string) {
  const all = fixtures(9000).filter(({ name }) => name.startsWith(`${folder}/`));
  return all.filter((_, at) => at % Math.ceil(all.length / 9) === 0);
}

describe('drawings of hostile names', () => {
  for (const folder of ['dumps', 'logs', 'plans']) {
    it(`have nothing of theirs but text: ${folder}`, async function () {
      this.timeout(240_000);
      let drawn = 0;
      for (const { name, text } of someOf(folder)) {
        // Every third name of the file, so that names stand beside each other that end within one another.
        const payload = PAYLOADS[drawn % PAYLOADS.length] as string;
        let count = 0;
        const hostile = text.replace(/"[^"\n]{1,60}"|[\p{L}_$][\p{L}\d_$]{3,60}/gu, (token) => {
          if (count++ % 3 !== 0) return token;
          return token.endsWith('"') ? `${token.slice(0, -1)}${payload.replaceAll('"', '\\"')}"` : token;
        });
        const uri = 'file:///hostile';
        const analysis = await analyse({ uri, text: hostile });
        const index = new LineIndex(hostile);
        for (const view of viewsOf(analysis.kind).filter(isGraphView)) {
          const found = graph(analysis, view);
          if (found === null || found.nodes.length === 0 || found.nodes.length + found.edges.length > 400) continue;
          // The names of the graph itself, whatever the reader has made of those of the file.
          for (const node of found.nodes) node.label += payload;
          for (const edge of found.edges) edge.label = `${edge.label ?? ''}${payload}`;
          for (const group of found.groups) group.label += payload;
          const svg = await render(
            mapPlaces(found, (span) => index.range(span)),
            'svg',
          );
          assert.deepEqual(foreign(svg), [], `${name}, ${view}, ${payload}`);
          drawn++;
        }
      }
      assert.ok(drawn > 0);
    });
  }
});

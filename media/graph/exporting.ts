import { dotDocument } from '../../common/drawing/dot.ts';
import type { Measure } from '../../common/drawing/measure.ts';
import type { Placed } from '../../common/drawing/run.ts';
import { svgDocument } from '../../common/drawing/svg.ts';
import { tidy } from '../../common/drawing/tidy.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { GraphFromWebview } from '../../common/webview.ts';
import { currentPalette, fontFamily, monoFamily } from '../shared/palette.ts';
import { svgToPng } from '../shared/png.ts';

export type GraphFormat = 'svg' | 'png' | 'dot';

/** The picture as it is on the screen, in the present theme; DOT holds the whole graph. @throws Error */
export async function exportGraph(
  format: GraphFormat,
  whole: GraphDocument<unknown>,
  shown: GraphDocument<unknown>,
  placed: Placed,
  measure: Measure,
): Promise<GraphFromWebview> {
  const name = whole.title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|(?<!-)-+$/g, '') || 'graph';
  if (format === 'dot') return { type: 'save', name, format, encoding: 'utf8', data: dotDocument(tidy(whole)) };
  const svg = svgDocument(shown, placed.drawing, placed.cards, {
    palette: currentPalette(),
    measure,
    font: fontFamily().replaceAll('"', "'"),
    mono: monoFamily().replaceAll('"', "'"),
  });
  if (format === 'svg') return { type: 'save', name, format, encoding: 'utf8', data: svg };
  return { type: 'save', name, format, encoding: 'base64', data: await svgToPng(svg) };
}

import type { Measure } from '../../common/drawing/measure.ts';
import type { IcicleDocument } from '../../common/icicle.ts';
import type { Range } from '../../common/span.ts';
import { blend } from '../shared/colourMix.ts';
import { currentPalette, fontFamily, monoFamily } from '../shared/palette.ts';
import { frameSvg, icicleCss, type Placed, ROW } from './draw.ts';
import type { Tree } from './frameTree.ts';

/** What is on the screen as a file that stands alone, in the colours of the present theme. */
export function picture(placed: readonly Placed[], tree: Tree, document: IcicleDocument<Range>, measure: Measure): string {
  const palette = currentPalette();
  const width = Math.ceil(Math.max(1, ...placed.map((item) => item.x + item.width)));
  const height = Math.max(1, ...placed.map((item) => item.frame.depth + 1)) * ROW;
  const style = icicleCss((name) => palette[name], blend, monoFamily().replaceAll('"', "'"));
  const frames = placed.map((item) => frameSvg(item, tree, document.unit, measure)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily().replaceAll('"', "'")}"><style>${style}</style><rect width="100%" height="100%" fill="${palette.bg}"/>\n${frames}\n</svg>\n`;
}

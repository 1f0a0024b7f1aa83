import type { Measure } from '../../common/drawing/measure.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { blend } from '../shared/colourMix.ts';
import { currentPalette, fontFamily } from '../shared/palette.ts';
import { AXIS, axisSvg, clipSvg, gridSvg, linksSvg } from './frame.ts';
import { laneSvg } from './lane.ts';
import type { PlacedLane } from './lanes.ts';
import type { Scale } from './scale.ts';
import { DEFS, timelineCss } from './style.ts';

const MAX_LANES = 400;
/** Axis and the labels of bands under it. */
const HEAD = AXIS + 16;

/** The lanes of the present view as a file that stands alone, in the colours of the present theme. */
export function picture(
  document: TimelineDocument<Range>,
  all: readonly PlacedLane[],
  scale: Scale,
  places: ReadonlyMap<string, { x: number; y: number }>,
  measure: Measure,
): string {
  const lanes = all.slice(0, MAX_LANES);
  const last = lanes.at(-1);
  const height = last === undefined ? 0 : last.y + last.height;
  const width = Math.ceil(scale.left + scale.width + 16);
  const palette = currentPalette();
  const css = timelineCss((name) => palette[name], blend, fontFamily().replaceAll('"', "'"));
  const drawn = lanes.map((lane) => laneSvg(lane, document, scale, measure)).join('\n');
  const links = `<g clip-path="url(#lj-plot)">${linksSvg(document, places)}</g>`;
  const total = height + HEAD;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}"><style>${css}</style>${DEFS}<defs>${clipSvg(scale, height)}</defs><rect width="100%" height="100%" fill="${palette.bg}"/>${axisSvg(document, scale, measure)}<g transform="translate(0 ${HEAD})">${gridSvg(document, scale, height)}${drawn}${links}</g></svg>\n`;
}

import { parseArgs } from 'node:util';
import { mapPlaces } from '../../../common/graph.ts';
import { GRAPH_VIEWS, isGraphView } from '../../../common/views.ts';
import { graph, views } from '../core/kinds/index.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { Inputs } from './inputs.ts';
import { GRAPH_OPTIONS } from './options.ts';
import { render } from './render.ts';
import { out, outJson } from './terminal.ts';
import { USAGE } from './words.ts';

const FORMATS = ['svg', 'dot', 'json'] as const;

/** `logjam graph`: draws one graph of one file. */
export async function graphCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: GRAPH_OPTIONS,
  });
  const format = oneOf('--format', values.format, FORMATS);
  const inputs = new Inputs(values);
  const loaded = await inputs.one(positionals, 'graph');
  const { name, analysis } = loaded;
  const possible = views(analysis).filter(isGraphView);
  const view = values.view === undefined ? possible[0] : oneOf('--view', values.view, GRAPH_VIEWS);
  const found = view === undefined ? null : graph(analysis, view, values.focus);
  if (found === null) {
    throw new UsageError(USAGE.noView(name, analysis.kind, view ?? '', possible));
  }
  const placed = await inputs.places.withPlaces(loaded, (place) => mapPlaces(found, place));
  if (format === 'json') outJson(placed, 2);
  else out(await render(placed, format));
  return inputs.code(0);
}

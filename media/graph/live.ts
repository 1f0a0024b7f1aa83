import type { Budget, ViewState } from '../../common/drawing/arrange.ts';
import { BUDGETS } from '../../common/drawing/arrange.ts';
import type { Measure } from '../../common/drawing/measure.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import { refitted } from './fitting.ts';
import { GraphModel } from './model.ts';

/** The graph of a running job: its figures come by themselves, and more often than a large graph is laid out. */
export class LiveFigures {
  /** The graph on the page is of a running job. */
  on = false;
  #laying = false;
  #later: GraphDocument<Range> | undefined;

  /** Whether these figures wait for the drawing that is being made; the newest ones do. */
  waits(document: GraphDocument<Range>): boolean {
    if (this.#laying) this.#later = document;
    return this.#laying;
  }

  layingOut(): void {
    this.#laying = true;
  }

  /** @returns the figures that have waited */
  laid(): GraphDocument<Range> | undefined {
    const later = this.#later;
    this.#laying = false;
    this.#later = undefined;
    return later;
  }
}

/** The same graph with other figures in its places. Null where it is another one, or a card has outgrown its place. */
export function refigured(
  { graph, placed: before }: GraphModel,
  after: GraphDocument<Range>,
  shown: ViewState,
  budget: Budget | undefined,
  measure: Measure,
): GraphModel | null {
  if (before === undefined) return null;
  const model = new GraphModel(after, shown, budget ?? BUDGETS[after.view]);
  model.graph.direction = graph.direction;
  const placed = refitted(graph, model.graph, before, measure);
  if (placed === null) return null;
  model.placed = placed;
  return model;
}

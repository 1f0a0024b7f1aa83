import { INITIAL_VIEW, type ViewState } from '../../common/drawing/arrange.ts';
import type { View } from './viewport.ts';

/** What of a graph's page is kept through a reload. */
export interface GraphViewState {
  shown: ViewState;
  selected?: string;
  viewport?: View;
  query: string;
  panes: { list: boolean; details: boolean; legend: boolean };
}

export const INITIAL: GraphViewState = { shown: INITIAL_VIEW, query: '', panes: { list: false, details: true, legend: true } };

import type { Step, WhatIfForm } from './webview.ts';

/** Answer to the document "simulation" of a job graph: what the panel shows beside the graph and plays on it. */
export interface SimulationDocument {
  form: WhatIfForm;
  /** Title of the trace. */
  title: string;
  /** Empty when there is no deadlock to show. */
  steps: Step[];
}

/** Parameters of the same: the values of the form's fields by id; absent at first. */
export interface SimulationParameters {
  values?: Record<string, string | number>;
}

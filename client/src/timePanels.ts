import { type Contract, type DocumentOf, type DocumentRequest, documentNamed } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { baseName } from '../../common/virtual.ts';
import {
  type CommonFromWebview,
  type CommonToWebview,
  type Cursor,
  fromAnyPage,
  type GcChartToWebview,
  type TimelineToWebview,
} from '../../common/webview.ts';
import { type PanelKind, Panels } from './panel.ts';
import type { Services } from './services.ts';
import { PANEL_TEXTS, PANEL_TITLES } from './words.ts';

/** What a log shows over time: its timeline, or the heap and the pauses of its JVM. */
type OverTime = 'timeline' | 'gc-chart';

interface TimePanel<N extends OverTime, To> extends Pick<PanelKind<To, CommonFromWebview>, 'viewType' | 'page'> {
  name: N;
  contract: Contract<DocumentRequest<N>, DocumentOf[N] | null>;
  /** Said of a file that has none. */
  missing: string;
  message(uri: string, document: DocumentOf[N]): To;
}

/** One panel for each log, in step with the cursor in it. Returns the function that shows it. */
function registerTimePanel<N extends OverTime, To extends { type: string }>(
  services: Services,
  { viewType, page, name, contract, missing, message }: TimePanel<N, To>,
): (uri: string) => void {
  const panels = new Panels<To | Cursor | CommonToWebview, CommonFromWebview>(services, {
    viewType,
    page,
    read: fromAnyPage,
    title: (key) => PANEL_TITLES.view(name, baseName(key.uri)),
    async load(key, send) {
      send({ type: 'progress', text: PANEL_TEXTS.readingLog });
      const document = await services.ask(contract, { uri: key.uri, name });
      if (document === null) throw new Error(missing);
      send(message(key.uri, document));
    },
    cursor: (_, position, send, file) => send({ type: 'cursor', line: position.line, ...(file === undefined ? {} : { uri: file }) }),
  });
  return (uri) => panels.show({ uri, name });
}

export const registerTimelinePanels = (services: Services): ((uri: string) => void) =>
  registerTimePanel<'timeline', TimelineToWebview>(services, {
    viewType: PANELS.timeline,
    page: 'timeline',
    name: 'timeline',
    contract: documentNamed('timeline'),
    missing: PANEL_TEXTS.noView('timeline'),
    message: (uri, document) => ({ type: 'timeline', uri, document }),
  });

export const registerGcChartPanels = (services: Services): ((uri: string) => void) =>
  registerTimePanel<'gc-chart', GcChartToWebview>(services, {
    viewType: PANELS.gcChart,
    page: 'gcChart',
    name: 'gc-chart',
    contract: documentNamed('gc-chart'),
    missing: PANEL_TEXTS.noCollection,
    message: (uri, document) => ({ type: 'gcChart', uri, document }),
  });

import type { GcChartFromWebview, GcChartToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { GcChartPage, type GcChartViewState } from './page.ts';

const host = new Host<GcChartToWebview, GcChartFromWebview, GcChartViewState>();
const page = new GcChartPage(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

import type { IncidentFromWebview, IncidentToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { IncidentPageView, type IncidentViewState } from './page.ts';

const host = new Host<IncidentToWebview, IncidentFromWebview, IncidentViewState>();
const page = new IncidentPageView(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

import type { ReportFromWebview, ReportToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { ReportPage, type ReportViewState } from './page.ts';

const host = new Host<ReportToWebview, ReportFromWebview, ReportViewState>();
const page = new ReportPage(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

import type { GraphFromWebview, GraphToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { GraphPage } from './page.ts';
import type { GraphViewState } from './state.ts';

const host = new Host<GraphToWebview, GraphFromWebview, GraphViewState>();
const page = new GraphPage(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

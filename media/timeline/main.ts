import type { TimelineFromWebview, TimelineToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { TimelinePage, type TimelineViewState } from './page.ts';

const host = new Host<TimelineToWebview, TimelineFromWebview, TimelineViewState>();
const page = new TimelinePage(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

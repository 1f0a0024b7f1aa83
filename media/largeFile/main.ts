import type { LargeFileFromWebview, LargeFileToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { LargeFilePage } from './page.ts';

const host = new Host<LargeFileToWebview, LargeFileFromWebview, never>();
const page = new LargeFilePage(document.body, (message) => host.send(message));
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

import type { IcicleFromWebview, IcicleToWebview } from '../../common/webview.ts';
import { Host } from '../shared/host.ts';
import { IciclePage, type IcicleViewState } from './page.ts';

const host = new Host<IcicleToWebview, IcicleFromWebview, IcicleViewState>();
const page = new IciclePage(host);
host.listen((message) => page.receive(message));
host.send({ type: 'ready' });

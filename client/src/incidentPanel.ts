import * as vscode from 'vscode';
import { INCIDENT, type IncidentPage } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { baseName } from '../../common/virtual.ts';
import { fromIncident, type IncidentFromWebview, type IncidentToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';
import { PANEL_TEXTS, PANEL_TITLES } from './words.ts';

/**
 * The panels with the verdict on all that lies in a folder. Returns the function that shows one; its uri is that of a set.
 *
 * @param onSoFar what is known while files are still being read
 */
export function registerIncidentPanels(services: Services, onSoFar: vscode.Event<{ uri: string; page: IncidentPage }>): (uri: string) => void {
  const { ask, status, cancel } = services;
  const panels = new Panels<IncidentToWebview, IncidentFromWebview>(services, {
    viewType: PANELS.incident,
    page: 'incident',
    read: fromIncident,
    title: (key) => PANEL_TITLES.incident(baseName(key.uri)),
    isText: true,
    async load(key, send) {
      send({ type: 'progress', text: PANEL_TEXTS.readingFiles });
      const listener = status.onMessage(({ uri, message }) => {
        if (uri === key.uri && message !== undefined) send({ type: 'progress', text: message });
      });
      const show = (page: IncidentPage) => send({ type: 'incident', uri: key.uri, title: baseName(key.uri), page });
      const listening = onSoFar(({ uri, page }) => {
        if (uri === key.uri) show(page);
      });
      try {
        const page = await ask(INCIDENT, { uri: key.uri, soFar: true });
        if (page === null) throw new Error(PANEL_TEXTS.nothing);
        show(page);
      } finally {
        listener.dispose();
        listening.dispose();
      }
    },
    enough: ({ uri }) => cancel(uri),
    receive(message) {
      if (message.type === 'copy') void vscode.commands.executeCommand('logjam.copyText', message.text);
    },
  });
  return (uri) => panels.show({ uri, name: 'incident' });
}

import { LANGUAGE } from '../../common/language.ts';

/** The document of a panel: nothing in it but what the page's own script makes, in the language that its root names. */

export type PanelPage = 'graph' | 'timeline' | 'icicle' | 'gcChart' | 'report' | 'incident' | 'largeFile';

export interface PanelSources {
  /** Address of a file of dist/media. */
  media(file: string): string;
  cspSource: string;
  nonce: string;
}

const attribute = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** Scripts only by nonce, workers only from blobs (a webview may start no other), pictures only made in the page. */
export function panelHtml(page: PanelPage, sources: PanelSources): string {
  const { media, cspSource, nonce } = sources;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    'worker-src blob:',
    `connect-src ${cspSource}`,
    `img-src ${cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${LANGUAGE}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="logjam-elk" content="${attribute(media('elk-worker.js'))}">
<link rel="stylesheet" href="${attribute(media('panel.css'))}">
<link rel="stylesheet" href="${attribute(media(`${page}.css`))}">
<title>Logjam</title>
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(media(`${page}.js`))}"></script>
</body>
</html>
`;
}

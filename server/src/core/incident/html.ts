import type { Incident } from '../../../../common/incident.ts';
import { table } from '../../../../common/table.ts';
import { visible } from '../../../../common/visible.ts';
import { incidentReport } from './report.ts';

/**
 * The same page as one file of HTML that needs nothing from elsewhere: no script, no style sheet, no picture. It is made
 * from the Markdown, of which it knows just what the page uses.
 */
export function incidentHtml(incident: Incident, title: string): string {
  const body = blocks(incidentReport(incident, title).split('\n')).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(visible(title))}</title>
<style>${STYLE}</style>
</head>
<body class="${incident.verdict.health}">
<main>
${body}
</main>
</body>
</html>
`;
}

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:15px/1.5 system-ui,sans-serif;margin:0;padding:1.5rem}',
  'main{max-width:75rem;margin:auto}',
  'h1+p{font-size:1.25rem;border-left:.4rem solid #888;padding-left:.8rem}',
  '.failing h1+p{border-color:#c22}.healthy h1+p{border-color:#2a2}',
  'table{border-collapse:collapse;display:block;overflow-x:auto}',
  'th,td{text-align:left;vertical-align:top;padding:.2rem .7rem .2rem 0;border-bottom:1px solid #8884}',
  'code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}',
  'summary{cursor:pointer;font-weight:600;margin:.8rem 0 .3rem}',
].join('');

function blocks(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line === '') continue;
    const heading = /^(#{1,2}) (.*)$/.exec(line);
    if (heading !== null) out.push(`<h${heading[1]?.length}>${inline(heading[2] ?? '')}</h${heading[1]?.length}>`);
    else if (line === '<details>' || line === '</details>') out.push(line);
    else if (line.startsWith('<summary>')) out.push(`<summary>${inline(line.slice(9, -10))}</summary>`);
    else if (line.startsWith('- ')) {
      const items: string[] = [];
      for (; lines[at]?.startsWith('- ') === true; at++) items.push(`<li>${inline((lines[at] as string).slice(2))}</li>`);
      at--;
      out.push(`<ul>${items.join('')}</ul>`);
    } else if (line.startsWith('| ')) {
      const rows: string[] = [];
      for (; lines[at]?.startsWith('| ') === true; at++) {
        const cells = cellsOf(lines[at] as string);
        if (cells.every((text) => text === '---')) continue;
        const tag = rows.length === 0 ? 'th' : 'td';
        rows.push(`<tr>${cells.map((text) => `<${tag}>${inline(text)}</${tag}>`).join('')}</tr>`);
      }
      at--;
      out.push(`<table>${rows.join('')}</table>`);
    } else out.push(`<p>${inline(line)}</p>`);
  }
  return out;
}

/** A bar that is escaped is part of its cell. */
function cellsOf(row: string): string[] {
  return row
    .slice(2, -2)
    .split(/(?<!\\)\|/)
    .map((text) => text.trim().replaceAll('\\|', '|'));
}

/** Code, bold, and characters that are escaped; all else is text. */
function inline(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    if (char === '\\' && at + 1 < text.length) {
      out += escapeHtml(text[at + 1] as string);
      at += 2;
      continue;
    }
    const fence = char === '`' ? fenceAt(text, at) : '';
    const end = fence === '' ? -1 : text.indexOf(fence, at + fence.length);
    if (end !== -1) {
      out += `<code>${escapeHtml(text.slice(at + fence.length, end).trim())}</code>`;
      at = end + fence.length;
    } else if (text.startsWith('**', at) && text.indexOf('**', at + 2) !== -1) {
      const close = text.indexOf('**', at + 2);
      out += `<strong>${inline(text.slice(at + 2, close))}</strong>`;
      at = close + 2;
    } else {
      out += escapeHtml(char);
      at++;
    }
  }
  return out;
}

function fenceAt(text: string, at: number): string {
  let end = at;
  while (text[end] === '`') end++;
  return text.slice(at, end);
}

const ENTITIES = table<string>({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' });
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] as string);

import type { Source } from '../unwrap/source.ts';
import type { ConfigurationDocument, SettingRow } from './model/cluster.ts';
import { NO_SUBJECT } from './model/document.ts';

/** Options that a file of Flink's has and that of another program, or the values of a chart, have not. */
const OWN =
  /^(?:(?:jobmanager|taskmanager)\.(?:rpc|memory|bind-host|numberOfTaskSlots|host|execution|heap|bind-port|network|debug)\b|parallelism\.default|state\.backend|execution\.checkpointing|restart-strategy|high-availability|env\.java|rest\.(?:bind-|client\.|flamegraph\.|profiling\.))/;
const COMMENT = /^\s*(?:#|---|$)/;
const MAX_SETTINGS = 5000;
const LOOKED_AT = 200;

/** Whether a text is flink-conf.yaml or config.yaml. */
export function isConfigurationFile(text: string): boolean {
  const lines = text
    .split('\n', LOOKED_AT)
    .map((line) => line.trimEnd())
    .filter((line) => !COMMENT.test(line));
  if (lines.length === 0 || !lines.every((line) => /^\s*(?:- )?[\w.$"'-]{1,200}\s*:(?:\s|$)|^\s*- /.test(line))) return false;
  return configurationOf(text, LOOKED_AT).some(({ key }) => OWN.test(key));
}

export function configurationFile(source: Source): ConfigurationDocument {
  return {
    type: 'configuration',
    of: 'file',
    span: source.span(0, source.text.length),
    path: null,
    subject: NO_SUBJECT,
    settings: configurationOf(source.text, MAX_SETTINGS).map(({ key, value, keyAt, valueAt }) => ({
      key,
      value,
      keySpan: source.span(...keyAt),
      valueSpan: source.span(...valueAt),
    })),
  };
}

type Setting = Pick<SettingRow, 'key' | 'value'> & { keyAt: [number, number]; valueAt: [number, number] };

/** A line: how far it is set in, its key, and what stands behind the colon. */
const LINE = /^([ \t]*)(["']?)([A-Za-z$][\w.$-]{0,200})\2[ \t]*:(?:[ \t]+(\S.*))?$/;
const ITEM = /^[ \t]*-[ \t]+(\S.*)$/;

/**
 * The options of a text, flat or nested or both. flink-conf.yaml is no YAML, but read line by line; config.yaml is, and
 * what Flink reads of it is maps of plain values.
 */
function configurationOf(text: string, most: number): Setting[] {
  const found: Setting[] = [];
  const above: { indent: number; key: string }[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = LINE.exec(raw.trimEnd());
    if (line !== null) {
      const [, blanks = '', quote = '', name = '', rest = ''] = line;
      while ((above.at(-1)?.indent ?? -1) >= blanks.length) above.pop();
      const key = [...above.map((one) => one.key), name].join('.');
      const value = plain(rest);
      const keyAt = start + blanks.length + quote.length;
      if (value === '') above.push({ indent: blanks.length, key: name });
      const valueAt = start + raw.indexOf(value, keyAt - start + name.length);
      found.push({ key, value: unquoted(value), keyAt: [keyAt, keyAt + name.length], valueAt: [valueAt, valueAt + value.length] });
      if (found.length >= most) break;
    } else {
      // A list belongs to the key above it.
      const item = ITEM.exec(raw.trimEnd())?.[1];
      const last = found.at(-1);
      if (item !== undefined && last !== undefined) last.value = last.value === '' ? unquoted(plain(item)) : `${last.value};${unquoted(plain(item))}`;
    }
    start += raw.length + 1;
  }
  return found.filter(({ value }) => value !== '');
}

/** Without a comment behind it. */
function plain(rest: string): string {
  if (/^["']/.test(rest)) return rest.trim();
  for (let at = rest.indexOf('#'); at !== -1; at = rest.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(rest[at - 1] ?? '')) return rest.slice(0, at).trim();
  }
  return rest.trim();
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;

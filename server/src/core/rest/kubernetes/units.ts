/** Quantities and times as Kubernetes prints them. */

import { table } from '../../../../../common/table.ts';

const UNITS = table<number>({
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
});

/** "2Gi", "1728Mi", "1073741824"; null for what is no amount of memory. */
export function bytesOf(text: string | null): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)([kMGT]i?|Ki|)$/.exec(text ?? '');
  const unit = match === null ? undefined : UNITS[match[2] ?? ''];
  return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit);
}

/** "500m", "2"; in cores. */
export function coresOf(text: string | null): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,9})?)(m?)$/.exec(text ?? '');
  return match === null ? null : Number(match[1]) / (match[2] === 'm' ? 1000 : 1);
}

/** "2026-11-18T10:00:00Z", "Wed, 18 Nov 2026 10:00:00 +0000"; null where there is no time. */
export function timeOf(text: string | null): number | null {
  if (text === null || !/^(?:\d{4}-\d\d-\d\dT|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} )/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

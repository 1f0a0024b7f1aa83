/** KiB of "24576K", "2413.5M", "1G", "512B". */
export function kib(amount: string, unit: string): number {
  const value = Number.parseFloat(amount.replace(',', '.'));
  if (unit === 'G') return value * 1024 * 1024;
  if (unit === 'M') return value * 1024;
  return unit === 'B' ? value / 1024 : value;
}

/** Number with a point or, in some locales, a comma. */
export function decimal(text: string): number {
  return Number.parseFloat(text.replace(',', '.'));
}

/** "2026-11-20T12:02:10.023+0000" in epoch ms; NaN for anything else. */
export function isoTime(text: string): number {
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2').replace(',', '.'));
}

/** Formats KiB for people: "512 KiB", "1.5 GiB". */
export function size(amount: number): string {
  if (amount >= 1024 * 1024) return `${(amount / 1024 / 1024).toFixed(1)} GiB`;
  return amount >= 1024 ? `${(amount / 1024).toFixed(1)} MiB` : `${Math.round(amount)} KiB`;
}

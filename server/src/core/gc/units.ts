/** Formats KiB for people: "512 KiB", "1.5 GiB". */
export function size(amount: number): string {
  if (amount >= 1024 * 1024) return `${(amount / 1024 / 1024).toFixed(1)} GiB`;
  return amount >= 1024 ? `${(amount / 1024).toFixed(1)} MiB` : `${Math.round(amount)} KiB`;
}

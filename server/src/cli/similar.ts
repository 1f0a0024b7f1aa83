/** Of the names at hand the first that begins as this one does, or has it as a part; null where there is none. */
export function similar(name: string, names: readonly string[]): string | null {
  const text = name.toLowerCase();
  return names.find((one) => one.startsWith(text.slice(0, 3))) ?? names.find((one) => one.includes(text)) ?? null;
}

// What the scripts that read a folder of real files have in common.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Files of a folder and below it, in the order of their names, whose name fits. */
export async function* filesOf(folder: string, fits: RegExp): AsyncGenerator<string> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(full, fits);
    else if (fits.test(entry.name)) yield full;
  }
}

/** Prints rows in columns; `widest`: a longer cell pushes the next ones aside. */
export function printTable(rows: readonly string[][], widest = Number.POSITIVE_INFINITY): void {
  const widths = (rows[0] as string[]).map((_, column) => Math.min(widest, Math.max(...rows.map((row) => (row[column] ?? '').length))));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

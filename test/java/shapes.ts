import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'shapes');

/** One shape of Java code. Data files hold the members of a class; frame.java.txt is put around them. */
export interface Shape {
  file: string;
  name: string;
  /** Package and class path of the shape: "s03_07". */
  id: string;
  /** Code of the refusal that must be given instead of an edit. */
  refused: string | null;
  /** The code is broken on purpose. */
  broken: boolean;
  before: string;
  after: string | null;
}

const FRAME = readFileSync(join(FOLDER, 'frame.java.txt'), 'utf8');

/** A whole Java file from the members (or the file) of a shape. */
export function wholeFile(shape: Shape, code: string): string {
  const text = code.startsWith('package ') ? code : FRAME.replace('MEMBERS\n', () => code);
  return text.replace('shapes.NAME', `shapes.${shape.id}`);
}

/** What {@link wholeFile} puts around the members taken off again. */
export function membersOf(shape: Shape, text: string): string {
  const own = text.replace(`shapes.${shape.id}`, 'shapes.NAME');
  if (shape.before.startsWith('package ')) return own;
  const [head, tail] = FRAME.split('MEMBERS\n') as [string, string];
  return own.startsWith(head) && own.endsWith(tail) ? own.slice(head.length, own.length - tail.length) : own;
}

export function files(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => /^\d\d-.*\.java\.txt$/.test(file))
    .sort();
}

export function load(file: string): Shape[] {
  const sections = readFileSync(join(FOLDER, file), 'utf8')
    .split(/^\/\/# /m)
    .slice(1);
  return sections.map((section, index) => {
    const newline = section.indexOf('\n');
    const name = section.slice(0, newline).trim();
    let rest = section.slice(newline + 1);
    const refused = /^\/\/! (\S+)(.*)\n/.exec(rest);
    if (refused !== null) rest = rest.slice(refused[0].length);
    const [before = '', after = null] = rest.split(/^\/\/=\n/m);
    return {
      file,
      name,
      id: `s${file.slice(0, 2)}_${String(index + 1).padStart(2, '0')}`,
      refused: refused?.[1] ?? null,
      broken: refused?.[2]?.includes('nocompile') === true,
      before,
      after,
    };
  });
}

/** Writes a data file anew; used by the tests when asked to, and read in review. */
export function save(file: string, shapes: readonly Shape[]): void {
  const text = shapes.map((shape) => {
    const refused = shape.refused === null ? '' : `//! ${shape.refused}${shape.broken ? ' nocompile' : ''}\n`;
    return `//# ${shape.name}\n${refused}${shape.before}${shape.after === null ? '' : `//=\n${shape.after}`}`;
  });
  writeFileSync(join(FOLDER, file), text.join(''));
}

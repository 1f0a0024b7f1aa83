import type { SyntaxNode } from '@lezer/common';
import type { Scope } from '../../../java/scope.ts';
import { children, packageOf, textOf } from '../../../java/syntax.ts';
import { endOfLine } from './layout.ts';
import type { PlannedEdit, Purpose } from './plan.ts';

interface Import {
  name: string;
  node: SyntaxNode;
  isStatic: boolean;
  wildcard: boolean;
}

/** `import module java.base;`, or a compact source file, which has all of it without saying so (Java 25). */
function hasJavaBase(scope: Scope): boolean {
  const { topNode } = scope.source.tree;
  return (
    scope.declarations.byName.has('') ||
    topNode.getChildren('ImportDeclaration').some((node) => /^import\s+module\s+java\.(?:base|se)\s*;/.test(textOf(scope.source, node)))
  );
}

function imports(scope: Scope): Import[] {
  const result: Import[] = [];
  for (const node of children(scope.source.tree.topNode)) {
    if (node.name !== 'ImportDeclaration') continue;
    const text = textOf(scope.source, node);
    const name = /^import\b(?!\s+module\s)(\s*static\b)?([\w.$\s]*)(?:(\*)\s*)?;/.exec(text);
    if (name === null) continue;
    const written = (name[2] as string).replace(/\s+/g, '');
    const wildcard = name[3] !== undefined;
    result.push({ name: wildcard ? written.slice(0, -1) : written, node, isStatic: name[1] !== undefined, wildcard });
  }
  return result;
}

/** How a class is written in this file: its simple name when it is imported or in the same package, else null. */
export function visibleName(scope: Scope, fullName: string): string | null {
  const simple = fullName.slice(fullName.lastIndexOf('.') + 1);
  const inPackage = fullName.slice(0, fullName.lastIndexOf('.'));
  if (scope.declarations.byName.has(simple)) return null;
  const all = imports(scope).filter((one) => !one.isStatic);
  if (all.some((one) => !one.wildcard && one.name === fullName)) return simple;
  if (all.some((one) => !one.wildcard && one.name.endsWith(`.${simple}`))) return null;
  if (packageOf(scope.source) === inPackage || all.some((one) => one.wildcard && one.name === inPackage)) return simple;
  // What a package that is imported as a whole has of that name goes before a module.
  return inPackage === 'java.util' && hasJavaBase(scope) && !all.some((one) => one.wildcard) ? simple : null;
}

/** Collects the imports that an edit needs. */
export class Imports {
  readonly #scope: Scope;
  readonly #wanted = new Set<string>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The name to use for a class of java.util: the simple name, imported if need be, or the full name when another class has it. */
  use(fullName: string): string {
    const simple = fullName.slice(fullName.lastIndexOf('.') + 1);
    if (visibleName(this.#scope, fullName) !== null) return simple;
    const taken =
      this.#scope.declarations.byName.has(simple) ||
      imports(this.#scope).some((one) => !one.isStatic && !one.wildcard && one.name.endsWith(`.${simple}`)) ||
      this.#isUsed(simple);
    if (taken) return fullName;
    this.#wanted.add(fullName);
    return simple;
  }

  /** A name that the file uses without saying where it is from is that of another class: one of its package, say. */
  #isUsed(simple: string): boolean {
    const { source } = this.#scope;
    for (const match of source.text.matchAll(new RegExp(`(?<![\\w$.])${simple}(?![\\w$])`, 'g')))
      if (/^(TypeName|Identifier)$/.test(source.tree.resolveInner(match.index, 1).name)) return true;
    return false;
  }

  /** Insertions in the order of the imports that are there. */
  edits(eol: string): PlannedEdit[] {
    const there = imports(this.#scope).filter((one) => !one.isStatic);
    const { text } = this.#scope.source;
    // Groups have a blank line between them: java.* stands in its own, or with all others where they are sorted in one.
    const java = there.filter((one) => one.name.startsWith('java.'));
    const group = java.length > 0 ? java : isSortedBlock(text, there) ? there : [];
    const scala = there.find((one) => one.name.startsWith('scala.'));
    return [...this.#wanted].sort().map((name, index) => {
      const next = group.find((one) => one.name > name) ?? (group.length === 0 ? scala : undefined);
      const before = group.at(-1) ?? there.at(-1);
      const purpose: Purpose = { code: 'import', facts: { name } };
      const at = (offset: number, newText: string): PlannedEdit => ({ span: { start: offset, end: offset }, newText, purpose });
      if (next !== undefined) {
        const gap = group.length === 0 && index === this.#wanted.size - 1 ? eol : '';
        return at(next.node.from, `import ${name};${eol}${gap}`);
      }
      if (before !== undefined) {
        const gap = group.length === 0 && index === 0 ? eol : '';
        return at(endOfLine(text, before.node.to), `${gap}${eol}import ${name};`);
      }
      const anchor = this.#scope.source.tree.topNode.getChild('PackageDeclaration');
      return anchor === null
        ? at(0, `import ${name};${eol}${index === this.#wanted.size - 1 ? eol : ''}`)
        : at(anchor.to, `${index === 0 ? eol : ''}${eol}import ${name};`);
    });
  }
}

/** Imports without a blank line between them, in the order of the alphabet; one alone tells nothing. */
function isSortedBlock(text: string, there: readonly Import[]): boolean {
  return (
    there.length > 1 &&
    there.every((one, index) => {
      const before = there[index - 1];
      return before === undefined || (before.name < one.name && !/\n[ \t]*\r?\n/.test(text.slice(before.node.to, one.node.from)));
    })
  );
}

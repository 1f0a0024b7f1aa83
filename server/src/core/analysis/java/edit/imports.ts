import type { SyntaxNode } from '@lezer/common';
import type { Scope } from '../../../java/scope.ts';
import { children, packageOf, textOf } from '../../../java/syntax.ts';
import type { PlannedEdit, Purpose } from './plan.ts';

interface Import {
  name: string;
  node: SyntaxNode;
  isStatic: boolean;
  wildcard: boolean;
}

function imports(scope: Scope): Import[] {
  const result: Import[] = [];
  for (const node of children(scope.source.tree.topNode)) {
    if (node.name !== 'ImportDeclaration') continue;
    const text = textOf(scope.source, node);
    const name = /^import\b(\s*static\b)?([\w.$\s]*)(?:(\*)\s*)?;/.exec(text);
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
  return packageOf(scope.source) === inPackage || all.some((one) => one.wildcard && one.name === inPackage) ? simple : null;
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
      imports(this.#scope).some((one) => !one.isStatic && !one.wildcard && one.name.endsWith(`.${simple}`));
    if (taken) return fullName;
    this.#wanted.add(fullName);
    return simple;
  }

  /** Insertions in the order of the imports that are there. */
  edits(eol: string): PlannedEdit[] {
    const there = imports(this.#scope).filter((one) => !one.isStatic);
    return [...this.#wanted].sort().map((name, index) => {
      const group = there.filter((one) => one.name.startsWith('java.'));
      const next = group.find((one) => one.name > name);
      const before = group.at(-1) ?? there.at(-1);
      const purpose: Purpose = { code: 'import', facts: { name } };
      if (next !== undefined) return { span: { start: next.node.from, end: next.node.from }, newText: `import ${name};${eol}`, purpose };
      if (before !== undefined) {
        const gap = group.length === 0 && index === 0 ? eol : '';
        return { span: { start: before.node.to, end: before.node.to }, newText: `${gap}${eol}import ${name};`, purpose };
      }
      const anchor = this.#scope.source.tree.topNode.getChild('PackageDeclaration');
      const at = anchor?.to ?? 0;
      return { span: { start: at, end: at }, newText: anchor === null ? `import ${name};${eol}${eol}` : `${eol}${eol}import ${name};`, purpose };
    });
  }
}

/**
 * Compact source files (JEP 512, Java 25): members without a class around them. The parser takes them for statements; here
 * what follows the imports is read as the body of a class, and the tree is put together as if `class { … }` stood around it.
 */
import { type NodeType, type SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/java';

/** A method at the start of a line, which no statement of a file can be. */
const METHOD =
  /^(?:(?:public|private|protected|static|final|synchronized)[ \t]+)*(?:void|[A-Za-z_][\w.]*(?:<[^<>;{}()]{0,200}>)?(?:\[\])?)\s+\w+\s*\([^;{}()]{0,500}\)\s*(?:throws\s[^;{}()]{0,200})?\{/m;

const HEADS = new Set(['PackageDeclaration', 'ImportDeclaration', 'LineComment', 'BlockComment']);
/** What members are taken for, and what may stand between them. */
const MEMBER_LIKE = new Set(['LocalVariableDeclaration', 'ExpressionStatement', 'LabeledStatement', 'Block', 'MethodDeclaration']);

const type = (name: string): NodeType => parser.nodeSet.types.find((one) => one.name === name) as NodeType;

export type Top = 'Program' | 'ClassContent';

/** The tree of a compact source file; of any other file the tree that is given. `parse` reads a part of it. */
export function asClass(text: string, tree: Tree, parse: (text: string, top: Top) => Tree): Tree {
  let head = 0;
  let member: SyntaxNode | null = tree.topNode.firstChild;
  while (member !== null && HEADS.has(member.name)) {
    if (member.name === 'ImportDeclaration') head = member.to;
    member = member.nextSibling;
  }
  while (member !== null && !MEMBER_LIKE.has(member.name)) member = member.nextSibling;
  if (member === null || !METHOD.test(text)) return tree;
  const beginning = parse(text.slice(0, head), 'Program');
  const rest = parse(text.slice(head), 'ClassContent');
  const body = new Tree(type('ClassBody'), rest.children, rest.positions, rest.length);
  const whole = new Tree(type('ClassDeclaration'), [body], [0], rest.length);
  return new Tree(tree.type, [...beginning.children, whole], [...beginning.positions, head], text.length);
}

/** Whether a class is one that does not stand in its file. */
export function isCompact(node: SyntaxNode): boolean {
  return node.name === 'ClassDeclaration' && node.firstChild?.name === 'ClassBody';
}

import type { SyntaxNode } from '@lezer/common';
import { isCompact } from './compact.ts';
import { children, isTypeBody, type JavaSource, parts, textOf } from './syntax.ts';

export type Visibility = 'private' | 'package' | 'protected' | 'public';

export interface Parameter {
  name: string;
  type: string;
  variadic: boolean;
}

export interface Field {
  name: string;
  type: string;
  node: SyntaxNode;
  owner: TypeDeclaration;
  modifiers: ReadonlySet<string>;
}

export interface Method {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly owner: TypeDeclaration;
  readonly parameters: Parameter[];
  /** "void" for none. */
  readonly returnType: string;
  readonly returnTypeNode: SyntaxNode | null;
  readonly modifiers: ReadonlySet<string>;
  readonly annotations: ReadonlySet<string>;
  readonly body: SyntaxNode | null;
}

/** A class, interface, enum or record of the file; local and anonymous classes are left out. */
export interface TypeDeclaration {
  /** Empty for the class of a compact source file. */
  name: string;
  node: SyntaxNode;
  outer: TypeDeclaration | null;
  modifiers: ReadonlySet<string>;
  supertypes: string[];
  fields: Map<string, Field>;
  methods: Method[];
}

export interface Declarations {
  types: TypeDeclaration[];
  byName: Map<string, TypeDeclaration>;
  /** Start of a method's node -> the method. */
  methodAt: Map<number, Method>;
  /** Start of a type's node -> the type. */
  typeAt: Map<number, TypeDeclaration>;
}

const TYPE_NODES = new Set(['PrimitiveType', 'TypeName', 'ScopedTypeName', 'GenericType', 'ArrayType', 'void', 'var', 'AnnotatedType']);
const TYPE_DECLARATIONS = new Set(['ClassDeclaration', 'InterfaceDeclaration', 'EnumDeclaration', 'RecordDeclaration']);

export function typeNodeOf(node: SyntaxNode): SyntaxNode | null {
  return children(node).find((child) => TYPE_NODES.has(child.name)) ?? null;
}

function modifiersOf(source: JavaSource, node: SyntaxNode): { modifiers: Set<string>; annotations: Set<string> } {
  const modifiers = new Set<string>();
  const annotations = new Set<string>();
  const list = node.getChild('Modifiers');
  if (list !== null) {
    for (const child of children(list)) {
      if (child.name === 'MarkerAnnotation' || child.name === 'Annotation') {
        annotations.add(textOf(source, child).replace(/^@\s*/, '').replace(/\(.*$/s, ''));
      } else modifiers.add(child.name);
    }
  }
  return { modifiers, annotations };
}

/** The parameters of a method or constructor. */
export function parametersOf(source: JavaSource, node: SyntaxNode): Parameter[] {
  const list = node.getChild('FormalParameters');
  if (list === null) return [];
  const result: Parameter[] = [];
  for (const child of children(list)) {
    if (child.name !== 'FormalParameter' && child.name !== 'SpreadParameter') continue;
    const type = typeNodeOf(child);
    const variadic = child.name === 'SpreadParameter';
    const name = child.getChild('Definition') ?? child.getChild('VariableDeclarator')?.getChild('Definition') ?? null;
    if (type === null || name === null) continue;
    const dimension = child.getChild('Dimension') === null ? '' : '[]';
    result.push({ name: textOf(source, name), type: textOf(source, type) + dimension + (variadic ? '[]' : ''), variadic });
  }
  return result;
}

/** Reads what the file declares; one pass over the member lists, method bodies are not entered. */
export function readDeclarations(source: JavaSource): Declarations {
  const result: Declarations = { types: [], byName: new Map(), methodAt: new Map(), typeAt: new Map() };
  for (const child of children(source.tree.topNode)) {
    if (TYPE_DECLARATIONS.has(child.name)) readType(source, child, null, result);
  }
  return result;
}

function readType(source: JavaSource, node: SyntaxNode, outer: TypeDeclaration | null, into: Declarations): void {
  const name = node.getChild('Definition');
  if (name === null && !isCompact(node)) return;
  const supertypes: string[] = [];
  const superclass = node.getChild('Superclass');
  if (superclass !== null) for (const type of parts(superclass)) if (TYPE_NODES.has(type.name)) supertypes.push(bareName(textOf(source, type)));
  const type: TypeDeclaration = {
    name: name === null ? '' : textOf(source, name),
    node,
    outer,
    modifiers: modifiersOf(source, node).modifiers,
    supertypes,
    fields: new Map(),
    methods: [],
  };
  into.types.push(type);
  into.typeAt.set(node.from, type);
  if (!into.byName.has(type.name)) into.byName.set(type.name, type);
  readRecordHeader(source, node, type);
  const body = children(node).find((child) => isTypeBody(child.name));
  if (body !== undefined) readMembers(source, body, type, into);
}

function readRecordHeader(source: JavaSource, node: SyntaxNode, owner: TypeDeclaration): void {
  const header = node.getChild('RecordHeader');
  if (header === null) return;
  for (const component of header.getChildren('RecordComponent')) {
    const type = typeNodeOf(component);
    const name = component.getChild('Definition');
    if (type === null || name === null) continue;
    owner.fields.set(textOf(source, name), {
      name: textOf(source, name),
      type: textOf(source, type),
      node: component,
      owner,
      modifiers: new Set(['private', 'final']),
    });
  }
}

function readMembers(source: JavaSource, body: SyntaxNode, owner: TypeDeclaration, into: Declarations): void {
  for (const member of children(body)) {
    if (TYPE_DECLARATIONS.has(member.name)) readType(source, member, owner, into);
    else if (member.name === 'EnumBodyDeclarations') readMembers(source, member, owner, into);
    else if (member.name === 'FieldDeclaration' || member.name === 'ConstantDeclaration') readField(source, member, owner);
    else if (member.name === 'MethodDeclaration') readMethod(source, member, owner, into);
  }
}

function readField(source: JavaSource, node: SyntaxNode, owner: TypeDeclaration): void {
  const type = typeNodeOf(node);
  if (type === null) return;
  const { modifiers } = modifiersOf(source, node);
  if (node.name === 'ConstantDeclaration') modifiers.add('static').add('final');
  for (const declarator of node.getChildren('VariableDeclarator')) {
    const name = declarator.getChild('Definition');
    if (name === null) continue;
    const dimension = declarator.getChild('Dimension') === null ? '' : '[]';
    owner.fields.set(textOf(source, name), {
      name: textOf(source, name),
      type: textOf(source, type) + dimension,
      node: declarator,
      owner,
      modifiers,
    });
  }
}

/** A method of the file; what a look at its parts costs is paid only for those that are asked about. */
class LazyMethod implements Method {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly owner: TypeDeclaration;
  readonly #source: JavaSource;
  #parameters: Parameter[] | null = null;
  #words: { modifiers: Set<string>; annotations: Set<string> } | null = null;

  constructor(source: JavaSource, name: SyntaxNode, node: SyntaxNode, owner: TypeDeclaration) {
    this.name = textOf(source, name);
    this.node = node;
    this.owner = owner;
    this.#source = source;
  }

  get parameters(): Parameter[] {
    this.#parameters ??= parametersOf(this.#source, this.node);
    return this.#parameters;
  }

  get returnTypeNode(): SyntaxNode | null {
    return typeNodeOf(this.node);
  }

  get returnType(): string {
    const type = this.returnTypeNode;
    return type === null ? 'void' : textOf(this.#source, type);
  }

  get modifiers(): ReadonlySet<string> {
    this.#words ??= modifiersOf(this.#source, this.node);
    return this.#words.modifiers;
  }

  get annotations(): ReadonlySet<string> {
    this.#words ??= modifiersOf(this.#source, this.node);
    return this.#words.annotations;
  }

  get body(): SyntaxNode | null {
    return this.node.getChild('Block');
  }
}

function readMethod(source: JavaSource, node: SyntaxNode, owner: TypeDeclaration, into: Declarations): void {
  const name = node.getChild('Definition');
  if (name === null) return;
  const method = new LazyMethod(source, name, node, owner);
  owner.methods.push(method);
  into.methodAt.set(node.from, method);
}

/** "a.b.List<X>" -> "List". */
export function bareName(type: string): string {
  const plain = type.replace(/<.*$/s, '').replace(/(?<![\s[\].])[\s[\].]+$/, '');
  return plain.slice(plain.lastIndexOf('.') + 1).trim();
}

/** The type that a node stands in; null inside anonymous and local classes that are not among the declarations. */
export function enclosingType(declarations: Declarations, node: SyntaxNode): TypeDeclaration | null {
  for (let current: SyntaxNode | null = node; current !== null; current = current.parent) {
    if (TYPE_DECLARATIONS.has(current.name)) {
      const type = declarations.typeAt.get(current.from);
      if (type !== undefined) return type;
    }
  }
  return null;
}

/** How far a method can be called: a method of a private class is private, whatever it says itself. */
export function visibilityOf(method: Method): Visibility {
  for (let type: TypeDeclaration | null = method.owner; type !== null; type = type.outer) {
    if (type.modifiers.has('private')) return 'private';
  }
  const own = method.modifiers;
  if (own.has('private')) return 'private';
  const open: Visibility =
    own.has('public') || method.owner.node.name === 'InterfaceDeclaration' ? 'public' : own.has('protected') ? 'protected' : 'package';
  return open;
}

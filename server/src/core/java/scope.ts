import type { SyntaxNode } from '@lezer/common';
import { bareName, type Declarations, enclosingType, type Field, type TypeDeclaration, typeNodeOf } from './declarations.ts';
import { givenBy } from './knownCalls.ts';
import { callOf, children, isTypeBody, type JavaSource, localsOf, parts, patternsNamed, textOf, unitOf } from './syntax.ts';
import { elementType, mayBeGiven } from './typeText.ts';

/** What a simple name stands for at a place. */
export interface Variable {
  kind: 'local' | 'parameter' | 'field';
  name: string;
  /** Source text of the type; null when it is inferred and cannot be told. */
  type: string | null;
  /** Where it is declared. */
  node: SyntaxNode;
  final: boolean;
  field?: Field;
}

export interface Scope {
  source: JavaSource;
  declarations: Declarations;
}

const RESOLVED = new WeakMap<Scope, Map<string, Variable | null>>();

/** Finds the declaration of a simple name as Java does: locals, parameters, then fields outwards. Null: not in this file. */
export function resolveVariable(scope: Scope, at: SyntaxNode, name: string): Variable | null {
  let known = RESOLVED.get(scope);
  if (known === undefined) {
    known = new Map();
    RESOLVED.set(scope, known);
  }
  // What is proved of an edit asks for the same names again and again.
  const key = `${at.from}-${at.to} ${name}`;
  let found = known.get(key);
  if (found === undefined) {
    found = lookUp(scope, at, name);
    known.set(key, found);
  }
  return found;
}

function lookUp(scope: Scope, at: SyntaxNode, name: string): Variable | null {
  let below = at;
  for (let node = at.parent; node !== null; below = node, node = node.parent) {
    const found = declaredIn(scope, node, below, name);
    if (found !== null) return found;
  }
  return null;
}

function declaredIn(scope: Scope, node: SyntaxNode, below: SyntaxNode, name: string): Variable | null {
  switch (node.name) {
    case 'Block':
    case 'ConstructorBody':
    case 'SwitchBlock':
      for (const declaration of localsOf(scope.source, node)) {
        if (declaration.from >= below.from) break;
        const local = localOf(scope, declaration, name);
        if (local !== null) return local;
      }
      return null;
    case 'ForStatement':
    case 'EnhancedForStatement': {
      const spec = node.getChild('ForSpec');
      return spec === null ? null : node.name === 'ForStatement' ? forLocal(scope, spec, name) : direct(scope, spec, name, 'local', true);
    }
    case 'IfStatement':
    case 'WhileStatement':
    case 'BinaryExpression':
    case 'TernaryExpression':
      return patternVariable(scope, node, name);
    case 'CatchClause': {
      const parameter = node.getChild('CatchFormalParameter');
      return parameter === null ? null : direct(scope, parameter, name, 'parameter', false);
    }
    case 'TryWithResourcesStatement': {
      for (const resource of node.getChild('ResourceSpecification')?.getChildren('Resource') ?? []) {
        const found = direct(scope, resource, name, 'local', false);
        if (found !== null) return { ...found, final: true };
      }
      return null;
    }
    case 'LambdaExpression':
      return lambdaParameter(scope, node, name);
    case 'MethodDeclaration':
    case 'ConstructorDeclaration':
      return parameter(scope, node, name);
    default:
      return isTypeBody(node.name) ? fieldIn(scope, node, name) : null;
  }
}

function variable(scope: Scope, definition: SyntaxNode, owner: SyntaxNode, kind: 'local' | 'parameter'): Variable {
  const typeNode = typeNodeOf(owner);
  const declarator = definition.parent;
  const dimension = declarator?.getChild('Dimension') == null ? '' : '[]';
  let type = typeNode === null || typeNode.name === 'var' ? null : textOf(scope.source, typeNode) + dimension;
  if (type === 'var') type = null;
  const final = owner.getChild('Modifiers')?.getChild('final') != null;
  return { kind, name: textOf(scope.source, definition), type, node: definition, final };
}

function localOf(scope: Scope, declaration: SyntaxNode, name: string): Variable | null {
  for (const declarator of declaration.getChildren('VariableDeclarator')) {
    const definition = declarator.getChild('Definition');
    if (definition === null || textOf(scope.source, definition) !== name) continue;
    const found = variable(scope, definition, declaration, 'local');
    if (found.type === null) {
      const value = parts(declarator).at(-1);
      if (value !== undefined && value.name !== 'Definition') found.type = typeOf(scope, value);
    }
    return found;
  }
  return null;
}

function forLocal(scope: Scope, spec: SyntaxNode, name: string): Variable | null {
  const declaration = spec.getChild('LocalVariableDeclaration');
  return declaration === null ? null : localOf(scope, declaration, name);
}

function direct(scope: Scope, owner: SyntaxNode, name: string, kind: 'local' | 'parameter', element: boolean): Variable | null {
  const definition = owner.getChild('Definition');
  if (definition === null || textOf(scope.source, definition) !== name) return null;
  const found = variable(scope, definition, owner, kind);
  if (found.type === null && element) {
    const iterable = parts(owner).at(-1);
    const type = iterable === undefined ? null : typeOf(scope, iterable);
    found.type = type === null ? null : elementType(type);
  }
  return found;
}

function patternVariable(scope: Scope, node: SyntaxNode, name: string): Variable | null {
  const condition = node.name === 'IfStatement' || node.name === 'WhileStatement' ? node.getChild('ParenthesizedExpression') : node;
  if (condition === null) return null;
  for (const pattern of patternsNamed(scope.source, name)) {
    if (pattern.from < condition.from || pattern.to > condition.to || !sameUnit(pattern, node)) continue;
    return direct(scope, pattern, name, 'local', false);
  }
  return null;
}

/** A pattern in a lambda or a class within a condition is none of the condition's. */
function sameUnit(left: SyntaxNode, right: SyntaxNode): boolean {
  const [one, other] = [unitOf(left), unitOf(right)];
  return one.from === other.from && one.to === other.to;
}

function lambdaParameter(scope: Scope, node: SyntaxNode, name: string): Variable | null {
  const found = parameter(scope, node, name);
  if (found !== null) return found;
  for (const child of children(node)) {
    if (child.name === 'Definition' && textOf(scope.source, child) === name)
      return { kind: 'parameter', name, type: null, node: child, final: false };
    if (child.name === 'InferredParameters') {
      for (const inner of children(child)) {
        if (textOf(scope.source, inner) === name) return { kind: 'parameter', name, type: null, node: inner, final: false };
      }
    }
  }
  return null;
}

function parameter(scope: Scope, node: SyntaxNode, name: string): Variable | null {
  const list = node.getChild('FormalParameters');
  if (list === null) return null;
  for (const child of children(list)) {
    const definition = child.getChild('Definition') ?? child.getChild('VariableDeclarator')?.getChild('Definition') ?? null;
    if (definition === null || textOf(scope.source, definition) !== name) continue;
    const found = variable(scope, definition, child, 'parameter');
    if (child.name === 'SpreadParameter' && found.type !== null) found.type += '[]';
    else if (child.getChild('Dimension') !== null && found.type !== null) found.type += '[]';
    return found;
  }
  return null;
}

function fieldIn(scope: Scope, body: SyntaxNode, name: string): Variable | null {
  const owner = body.parent;
  const type = owner === null ? undefined : scope.declarations.typeAt.get(owner.from);
  if (type === undefined || !isTypeBody(body.name)) return null;
  const field = type.fields.get(name) ?? inheritedField(scope, type, name);
  return field === undefined ? null : fieldVariable(field);
}

function inheritedField(scope: Scope, type: TypeDeclaration, name: string, depth = 0): Field | undefined {
  for (const supertype of type.supertypes) {
    const parent = scope.declarations.byName.get(supertype);
    const found = parent?.fields.get(name) ?? (parent !== undefined && depth < 8 ? inheritedField(scope, parent, name, depth + 1) : undefined);
    if (found !== undefined && !found.modifiers.has('private')) return found;
  }
  return undefined;
}

function fieldVariable(field: Field): Variable {
  return { kind: 'field', name: field.name, type: field.type, node: field.node, final: field.modifiers.has('final'), field };
}

/** The field that `name`, `this.name` or `Outer.this.name` stands for; null for anything else. */
export function fieldOf(scope: Scope, expression: SyntaxNode): Field | null {
  if (expression.name === 'Identifier') return resolveVariable(scope, expression, textOf(scope.source, expression))?.field ?? null;
  if (expression.name !== 'FieldAccess') return null;
  const [target, name] = [expression.firstChild, expression.lastChild];
  if (target === null || name === null || name.name !== 'Identifier') return null;
  const owner = targetType(scope, target);
  return owner?.fields.get(textOf(scope.source, name)) ?? null;
}

/** The class of this file that a receiver is an instance (or the name) of. */
export function targetType(scope: Scope, target: SyntaxNode): TypeDeclaration | null {
  if (target.name === 'this') return enclosingType(scope.declarations, target);
  const text = textOf(scope.source, target);
  const outer = /^(\w+)\s*\.\s*this$/.exec(text);
  if (outer !== null) return scope.declarations.byName.get(outer[1] as string) ?? null;
  const type = typeOf(scope, target);
  if (type !== null) return scope.declarations.byName.get(bareName(type)) ?? null;
  if (target.name === 'Identifier' && resolveVariable(scope, target, text) === null) return scope.declarations.byName.get(text) ?? null;
  return null;
}

/** Expressions nested deeper tell no type; this also ends definitions that go round in a circle, as broken text has them. */
const DEEPEST = 60;
let depth = 0;

/** Static type of an expression as source text, as far as this file tells; null when it does not. */
export function typeOf(scope: Scope, node: SyntaxNode): string | null {
  if (depth >= DEEPEST) return null;
  depth++;
  try {
    return typeOfNode(scope, node);
  } finally {
    depth--;
  }
}

function typeOfNode(scope: Scope, node: SyntaxNode): string | null {
  const { source } = scope;
  switch (node.name) {
    case 'Identifier':
      return resolveVariable(scope, node, textOf(source, node))?.type ?? null;
    case 'this':
      return enclosingType(scope.declarations, node)?.name ?? null;
    case 'FieldAccess':
      return fieldOf(scope, node)?.type ?? null;
    case 'ParenthesizedExpression':
    case 'AssignmentExpression': {
      const inner = parts(node)[0];
      return inner === undefined ? null : typeOf(scope, inner);
    }
    case 'CastExpression': {
      const type = typeNodeOf(node);
      return type === null ? null : textOf(source, type);
    }
    case 'ObjectCreationExpression': {
      const type = typeNodeOf(node);
      const text = type === null ? null : textOf(source, type);
      return text === null || /<\s*>/.test(text) ? null : text;
    }
    case 'ArrayAccess': {
      const array = node.firstChild === null ? null : typeOf(scope, node.firstChild);
      return array?.endsWith('[]') ? array.slice(0, -2) : null;
    }
    case 'IntegerLiteral':
      return /[lL]$/.test(textOf(source, node)) ? 'long' : 'int';
    case 'BooleanLiteral':
    case 'InstanceofExpression':
      return 'boolean';
    case 'StringLiteral':
    case 'TextBlock':
      return 'String';
    case 'BinaryExpression':
      return binaryType(scope, node);
    case 'UnaryExpression':
      return /^!/.test(textOf(source, node)) ? 'boolean' : operandType(scope, node);
    case 'TernaryExpression': {
      const [, left, right] = parts(node);
      const type = left === undefined ? null : typeOf(scope, left);
      return right !== undefined && type !== null && typeOf(scope, right) === type ? type : null;
    }
    case 'MethodInvocation':
      return callType(scope, node);
    default:
      return null;
  }
}

function operandType(scope: Scope, node: SyntaxNode): string | null {
  const operand = node.lastChild;
  return operand === null ? null : typeOf(scope, operand);
}

function binaryType(scope: Scope, node: SyntaxNode): string | null {
  if (node.getChild('CompareOp') !== null || node.getChild('LogicOp') !== null) return 'boolean';
  const [left, right] = [node.firstChild, node.lastChild];
  if (left === null || right === null) return null;
  const types = [typeOf(scope, left), typeOf(scope, right)];
  if (types.includes('String')) return 'String';
  if (types.includes(null)) return null;
  for (const numeric of ['double', 'float', 'long', 'int']) if (types.includes(numeric)) return numeric;
  return null;
}

function callType(scope: Scope, node: SyntaxNode): string | null {
  const call = callOf(scope.source, node);
  if (call === null) return null;
  const methods = candidates(scope, call.receiver, node, call.name, call.arguments);
  if (methods.length > 0) {
    const type = methods[0]?.returnType ?? null;
    return type === 'void' || methods.some((method) => method.returnType !== type) ? null : type;
  }
  const owner = call.receiver === null ? null : typeOf(scope, call.receiver);
  return givenBy(owner, call.name, call.arguments.length);
}

/** Methods of this file that a call may reach, by the receiver's type, the name, and the number and types of arguments. */
export function candidates(
  scope: Scope,
  receiver: SyntaxNode | null,
  at: SyntaxNode,
  name: string,
  values: readonly SyntaxNode[],
): TypeDeclaration['methods'] {
  const count = values.length;
  const fits = (type: TypeDeclaration): TypeDeclaration['methods'] => {
    const found = type.methods.filter((method) => {
      if (method.name !== name) return false;
      const last = method.parameters.at(-1);
      return last?.variadic === true ? count >= method.parameters.length - 1 : count === method.parameters.length;
    });
    return found.length < 2 ? found : byArguments(scope, found, values);
  };
  const inherited = (type: TypeDeclaration, depth: number): TypeDeclaration['methods'] => {
    const own = fits(type);
    if (own.length > 0 || depth > 8) return own;
    for (const supertype of type.supertypes) {
      const parent = scope.declarations.byName.get(supertype);
      const found = parent === undefined ? [] : inherited(parent, depth + 1);
      if (found.length > 0) return found;
    }
    return own;
  };
  if (receiver !== null) {
    const type = targetType(scope, receiver);
    return type === null ? [] : inherited(type, 0);
  }
  if (declaredByAnonymous(scope, at, name)) return [];
  for (let type = enclosingType(scope.declarations, at); type !== null; type = type.outer) {
    const found = inherited(type, 0);
    if (found.length > 0) return found;
  }
  return [];
}

/** Overloads that the types of the arguments allow, as far as they are told; those that match exactly before others. */
function byArguments(scope: Scope, methods: TypeDeclaration['methods'], values: readonly SyntaxNode[]): TypeDeclaration['methods'] {
  const types = values.map((value) => typeOf(scope, value));
  const agrees = (method: TypeDeclaration['methods'][number], test: (given: string, wanted: string) => boolean): boolean =>
    types.every(
      (given, index) => given === null || test(bareName(given), bareName((method.parameters[index] ?? method.parameters.at(-1))?.type ?? '')),
    );
  const exact = types.includes(null) ? [] : methods.filter((method) => agrees(method, (given, wanted) => given === wanted));
  if (exact.length > 0) return exact;
  const possible = methods.filter((method) => agrees(method, (given, wanted) => mayBeGiven(given, wanted)));
  return possible.length > 0 ? possible : methods;
}

/** Whether an anonymous or local class around a place has a method of that name, which then hides those of the file. */
function declaredByAnonymous(scope: Scope, at: SyntaxNode, name: string): boolean {
  for (let node: SyntaxNode | null = at; node !== null; node = node.parent) {
    if (node.name !== 'ClassBody' || (node.parent !== null && scope.declarations.typeAt.has(node.parent.from))) continue;
    for (const method of node.getChildren('MethodDeclaration')) {
      const definition = method.getChild('Definition');
      if (definition !== null && textOf(scope.source, definition) === name) return true;
    }
  }
  return false;
}

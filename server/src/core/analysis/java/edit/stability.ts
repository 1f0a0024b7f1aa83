import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../../common/span.ts';
import { fieldOf, resolveVariable, type Scope } from '../../../java/scope.ts';
import { parts, textOf, walk } from '../../../java/syntax.ts';

/** Expressions nested deeper go into a local. */
const DEEPEST = 60;

/** Whether an expression means the same after a region as at its place inside: then it needs no local of its own. */
export function isStable(scope: Scope, expression: SyntaxNode, region: Span, depth = 0): boolean {
  const { source } = scope;
  if (depth > DEEPEST) return false;
  switch (expression.name) {
    case 'this':
    case 'null':
    case 'IntegerLiteral':
    case 'FloatingPointLiteral':
    case 'BooleanLiteral':
    case 'CharacterLiteral':
    case 'StringLiteral':
    case 'TextBlock':
    case 'ClassLiteral':
      return true;
    case 'Identifier':
      return isStableName(scope, expression, region);
    case 'FieldAccess': {
      const text = textOf(source, expression);
      if (/^\w+\s*\.\s*this$/.test(text)) return true;
      const field = fieldOf(scope, expression);
      if (field !== null)
        return field.modifiers.has('final') && expression.firstChild !== null && isStable(scope, expression.firstChild, region, depth + 1);
      return /^[A-Z]\w*(\s*\.\s*[A-Z]\w*)+$/.test(text);
    }
    case 'ParenthesizedExpression':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'CastExpression':
    case 'TernaryExpression':
      return parts(expression).every((part) => /Op$|Type$|TypeName$/.test(part.name) || isStable(scope, part, region, depth + 1));
    case 'ObjectCreationExpression': {
      const list = expression.getChild('ArgumentList');
      return expression.getChild('ClassBody') === null && list !== null && parts(list).every((part) => isStable(scope, part, region, depth + 1));
    }
    default:
      return false;
  }
}

function isStableName(scope: Scope, node: SyntaxNode, region: Span): boolean {
  const name = textOf(scope.source, node);
  const variable = resolveVariable(scope, node, name);
  if (variable === null) return /^[A-Z]/.test(name);
  if (variable.kind === 'field') return variable.final;
  if (variable.node.from >= region.start && variable.node.from < region.end) return false;
  return !assigned(scope, name, region);
}

/** Whether a simple name is assigned to anywhere in a stretch of the text. */
function assigned(scope: Scope, name: string, region: Span): boolean {
  let root = scope.source.tree.resolveInner(region.start, 1);
  while (root.parent !== null && root.to < region.end) root = root.parent;
  let found = false;
  walk(root, (node) => {
    if (found || node.to <= region.start || node.from >= region.end) return false;
    if (node.name === 'AssignmentExpression' || node.name === 'UpdateExpression') {
      const target = node.name === 'AssignmentExpression' ? node.firstChild : (node.getChild('Identifier') ?? null);
      if (target !== null && target.name === 'Identifier' && textOf(scope.source, target) === name) found = true;
    }
    return !found;
  });
  return found;
}

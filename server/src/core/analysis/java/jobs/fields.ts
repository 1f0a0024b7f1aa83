/** Fields of function classes: what is shipped with the function, what its subtasks share, what must be closed. */
import type { SyntaxNode } from '@lezer/common';
import { bareName, typeNodeOf } from '../../../java/declarations.ts';
import { callOf, parts, squeezed, textOf, walk } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';
import { type FunctionClass, functionClasses, isPerRecord } from './functions.ts';

interface FunctionField {
  owner: FunctionClass;
  name: string;
  type: string;
  declaration: SyntaxNode;
  nameNode: SyntaxNode;
  /** `= …`. */
  value: SyntaxNode | null;
  modifiers: ReadonlySet<string>;
}

/** Classes that cannot be serialized and are often kept in fields. */
const NOT_SERIALIZABLE =
  /^(Connection|PreparedStatement|Statement|CallableStatement|ResultSet|DataSource|HikariDataSource|HttpClient|CloseableHttpClient|OkHttpClient|RestTemplate|Jedis|JedisPool|JedisCluster|RedisClient|KafkaProducer|KafkaConsumer|RestHighLevelClient|MongoClient|Thread|ExecutorService|ScheduledExecutorService|ThreadPoolExecutor|CompletableFuture|Future|Socket|ServerSocket|InputStream|OutputStream|BufferedReader|BufferedWriter|PrintWriter|FileWriter|FileReader|Optional|Timer|S3Client|AmazonS3|WebClient)$/;

/** Classes that must be closed, and how. */
const CLOSES: [RegExp, string][] = [
  [/^(ExecutorService|ScheduledExecutorService|ThreadPoolExecutor)$/, 'shutdown'],
  [/^(Timer)$/, 'cancel'],
  [
    /^(Connection|PreparedStatement|HikariDataSource|CloseableHttpClient|Jedis|JedisPool|JedisCluster|KafkaProducer|KafkaConsumer|RestHighLevelClient|MongoClient|Socket|BufferedWriter|PrintWriter|FileWriter|S3Client|Producer|Consumer)$/,
    'close',
  ],
];

function fieldsOf(model: JavaModel, owner: FunctionClass): FunctionField[] {
  const { source } = model.scope;
  const result: FunctionField[] = [];
  for (const declaration of owner.body.getChildren('FieldDeclaration')) {
    const type = typeNodeOf(declaration);
    if (type === null) continue;
    const modifiers = new Set<string>();
    const list = declaration.getChild('Modifiers');
    for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) modifiers.add(child.name);
    for (const declarator of declaration.getChildren('VariableDeclarator')) {
      const nameNode = declarator.getChild('Definition');
      if (nameNode === null) continue;
      const value = declarator.getChild('AssignOp') === null ? null : (parts(declarator).at(-1) ?? null);
      result.push({ owner, name: textOf(source, nameNode), type: bareName(textOf(source, type)), declaration, nameNode, value, modifiers });
    }
  }
  return result;
}

export interface UnserializableField {
  field: FunctionField;
  /** Where it gets its value before the function is shipped. */
  value: SyntaxNode;
}

/** Fields that have a value which cannot be serialized when the function is shipped: set where declared, or by a constructor. */
export function unserializableFields(model: JavaModel): UnserializableField[] {
  const result: UnserializableField[] = [];
  for (const owner of functionClasses(model)) {
    if (owner.base === 'SinkWriter' || owner.base === 'SourceReader') continue;
    for (const field of fieldsOf(model, owner)) {
      if (field.modifiers.has('static') || field.modifiers.has('transient') || !NOT_SERIALIZABLE.test(field.type)) continue;
      const value = field.value !== null && field.value.name !== 'null' ? field.value : setByConstructor(model, owner, field.name);
      if (value !== null) result.push({ field, value });
    }
  }
  return result;
}

function setByConstructor(model: JavaModel, owner: FunctionClass, name: string): SyntaxNode | null {
  for (const made of owner.body.getChildren('ConstructorDeclaration')) {
    const found = assignment(model, made, name);
    const value = found?.lastChild ?? null;
    if (value !== null && value.name !== 'null') return found;
  }
  return null;
}

function assignment(model: JavaModel, root: SyntaxNode, name: string): SyntaxNode | null {
  const { source } = model.scope;
  let found: SyntaxNode | null = null;
  walk(root, (node) => {
    if (found !== null) return false;
    if (node.name === 'AssignmentExpression' && node.firstChild !== null) {
      const target = squeezed(source, node.firstChild);
      if (target === name || target === `this.${name}`) found = node;
    }
    return found === null;
  });
  return found;
}

export interface SharedField {
  field: FunctionField;
  /** The place in a method that is called for every record that changes it. */
  change: SyntaxNode;
  /** Nothing but the log reads it, so that no result hangs on it. */
  onlyLogged: boolean;
}

const CHANGES = /^(add|addAll|put|putAll|putIfAbsent|computeIfAbsent|compute|merge|remove|clear|push|poll|offer|append|set)$/;
const SAFE_TYPES = /^(Concurrent\w+|CopyOnWrite\w+|Atomic\w+|LongAdder|(?=\w*Blocking\w)\w+)$/;

/** Static fields that records change: all subtasks of a TaskManager share them, without a lock and outside of checkpoints. */
export function sharedStatics(model: JavaModel): SharedField[] {
  const { source } = model.scope;
  const result: SharedField[] = [];
  for (const owner of functionClasses(model)) {
    const fields = fieldsOf(model, owner).filter(({ modifiers, type }) => modifiers.has('static') && !SAFE_TYPES.test(type));
    if (fields.length === 0) continue;
    for (const method of owner.methods) {
      if (!isPerRecord(method) || method.body === null) continue;
      walk(method.body, (node) => {
        const field = fields.find((one) => changes(source, node, one));
        if (field !== undefined && !result.some((one) => one.field.nameNode.from === field.nameNode.from))
          result.push({ field, change: node, onlyLogged: isOnlyLogged(model, field) });
        // Under a lock it is shared on purpose.
        return node.name !== 'SynchronizedStatement';
      });
    }
  }
  return result;
}

/** A counter of its own class that is counted, and handed to a logger, and no more. */
function isOnlyLogged(model: JavaModel, field: FunctionField): boolean {
  const { source } = model.scope;
  if (!field.modifiers.has('private') && field.owner.body.parent?.getChild('Modifiers')?.getChild('private') == null) return false;
  for (const match of source.text.matchAll(new RegExp(`(?<![\\w$])${field.name}(?![\\w$])`, 'g'))) {
    const node = source.tree.resolveInner(match.index, 1);
    if (node.name !== 'Identifier') continue;
    const { parent } = node;
    const isCounted = parent?.name === 'UpdateExpression' && parent.parent?.name === 'ExpressionStatement';
    const call = parent?.name === 'ArgumentList' && parent.parent !== null ? callOf(source, parent.parent) : null;
    const isLogged = call !== null && call.receiver !== null && /^log(?:ger)?$/i.test(squeezed(source, call.receiver));
    if (!isCounted && !isLogged) return false;
  }
  return true;
}

function changes(source: JavaModel['scope']['source'], node: SyntaxNode, field: FunctionField): boolean {
  const isField = (text: string): boolean => text === field.name || text === `${field.owner.name}.${field.name}`;
  if (node.name === 'AssignmentExpression' && node.firstChild !== null) return isField(squeezed(source, node.firstChild).replace(/\[.*/s, ''));
  if (node.name === 'UpdateExpression')
    return isField(
      squeezed(source, node)
        .replace(/\+\+|--/g, '')
        .replace(/\[.*/s, ''),
    );
  const call = callOf(source, node);
  return (
    call !== null &&
    call.receiver !== null &&
    CHANGES.test(call.name) &&
    isField(squeezed(source, call.receiver)) &&
    /^(List|ArrayList|Map|HashMap|Set|HashSet|LinkedList|Deque|ArrayDeque|Queue|TreeMap|StringBuilder|Collection)$/.test(field.type)
  );
}

export interface UnclosedField {
  field: FunctionField;
  /** Where open() makes it. */
  made: SyntaxNode;
  /** The method that would close it. */
  closing: string;
  /** The class has a close() of its own, which leaves it out. */
  close: SyntaxNode | null;
}

/** Clients and pools that open() makes and nothing of the class closes. */
export function unclosedFields(model: JavaModel): UnclosedField[] {
  const { source } = model.scope;
  const result: UnclosedField[] = [];
  for (const owner of functionClasses(model)) {
    const open = owner.methods.find((method) => method.name === 'open' && method.body !== null);
    if (open === undefined || open.body === null) continue;
    for (const field of fieldsOf(model, owner)) {
      const closing = CLOSES.find(([type]) => type.test(field.type))?.[1];
      const made = closing === undefined || field.modifiers.has('static') ? null : assignment(model, open.body, field.name);
      if (closing === undefined || made === null || !isMade(made)) continue;
      const others = owner.methods.filter((method) => method.name !== 'open' && !isPerRecord(method));
      // Mentioned outside of open() and the methods for records: closed there, or by what it is given to.
      if (others.some((method) => method.body !== null && new RegExp(`\\b${field.name}\\b`).test(textOf(source, method.body)))) continue;
      if (new RegExp(`\\b(?:register|addShutdownHook|closer|Closeables?)\\w*\\([^;]*\\b${field.name}\\b`).test(textOf(source, owner.body))) continue;
      result.push({ field, made, closing, close: owner.methods.find((method) => method.name === 'close')?.node ?? null });
    }
  }
  return result;
}

/** Made here, not taken from elsewhere: `new X(…)`, a builder, a driver or a factory. */
function isMade(assigned: SyntaxNode): boolean {
  const value = assigned.lastChild;
  return value !== null && (value.name === 'ObjectCreationExpression' || value.name === 'MethodInvocation');
}

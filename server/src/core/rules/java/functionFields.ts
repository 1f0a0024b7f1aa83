import { sharedStatics, unclosedFields, unserializableFields } from '../../analysis/java/jobs/fields.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { children, spanOf } from '../../java/syntax.ts';
import type { Fix, Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';
import { JAVA_RULE_WORDS as WORDS } from './words.ts';

export const fieldNotSerializable: Rule<JavaModel> = {
  id: 'java-function-field-not-serializable',
  title: 'A field of a function cannot be shipped',
  severity: 'warning',
  docs: `A function is made in the client, serialized, and shipped to the TaskManagers. A field that has its value by then (set where it is declared, or by the constructor) and is of a class that cannot be serialized (a connection, a client, a thread, a stream) ends the submission with \`NotSerializableException\`.

Fields that are set in \`open()\` are null when the function is shipped: they are silent, with or without \`transient\`.

*What to do:* make the field \`transient\` and set it in \`open()\`; give the constructor only what is needed to make it, such as an address.`,
  check(model) {
    return unserializableFields(model).map(({ field, value }) => {
      const facts = { field: field.name, type: field.type, base: field.owner.base };
      return tell(fieldNotSerializable, 'java-function-field-not-serializable', facts, {
        span: spanOf(field.nameNode),
        certainty: 'suspected',
        related: [beside(spanOf(value), 'has-value', {})],
      });
    });
  },
};

export const sharedStatic: Rule<JavaModel> = {
  id: 'java-function-static-state',
  title: 'Records change a static field of a function',
  severity: 'warning',
  docs: `A method that is called for every record changes a static field of its function. All subtasks of the job in one TaskManager, and with a class loader that is kept also those of the next attempt, share the field without a lock: values are lost and mixed. It is in no checkpoint, so after a failure it does not fit the records that are read again; and with another parallelism or placement the result is another.

Concurrent collections and atomics, and changes under a lock, are silent. A counter that is only handed to the log is information.

*What to do:* keep it in keyed or operator state; for counters, use a metric.`,
  check(model) {
    return sharedStatics(model).map(({ field, change, onlyLogged }) => {
      const facts = { field: field.name, type: field.type, base: field.owner.base };
      return tell({ id: sharedStatic.id, severity: onlyLogged ? 'info' : 'warning' }, 'java-function-static-state', facts, {
        span: spanOf(change),
        certainty: 'suspected',
        related: [beside(spanOf(field.nameNode), 'field', {})],
      });
    });
  },
};

export const clientNotClosed: Rule<JavaModel> = {
  id: 'java-client-not-closed',
  title: 'What open() makes is not closed',
  severity: 'warning',
  docs: `\`open()\` of a function makes a connection, a client or a pool of threads, and nothing in the class closes it. \`open()\` is called again with every attempt of the task in the same process: each restart leaves threads, sockets and, through them, the class loader of the job behind, until the TaskManager has no metaspace or no threads left.

*What to do:* close it in \`close()\`, which Flink calls also after a failure, so it must bear that \`open()\` did not get far.`,
  check(model) {
    return unclosedFields(model).map(({ field, made, closing, close }) => {
      const facts = { field: field.name, type: field.type, closing };
      return tell(clientNotClosed, 'java-client-not-closed', facts, {
        span: spanOf(field.nameNode),
        certainty: 'suspected',
        related: [beside(spanOf(made), 'made-in-open', {})],
        fixes: close === null ? closeMethod(model, field.owner.body, facts) : [],
      });
    });
  },
};

/** A close() behind the last member, where there is none. */
function closeMethod(model: JavaModel, body: Parameters<typeof children>[0], { field, closing }: { field: string; closing: string }): Fix[] {
  const { text } = model.scope.source;
  const last = children(body)
    .filter((child) => child.name !== '}')
    .at(-1);
  if (last === undefined || last.name === '{') return [];
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', last.from) + 1))?.[0] ?? '    ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = [
    '@Override',
    'public void close() throws Exception {',
    `    if (${field} != null) {`,
    `        ${field}.${closing}();`,
    '    }',
    '    super.close();',
    '}',
  ];
  const newText = `${eol}${eol}${lines.map((line) => indent + line).join(eol)}`;
  return [
    {
      title: WORDS.fixes['add-close']({ field }),
      kind: 'quickfix',
      by: 'edits',
      edits: [{ span: { start: last.to, end: last.to }, newText, description: WORDS.fixes['add-close-step']({ field }) }],
      safe: false,
    },
  ];
}

import type { ReliefCode } from '../../analysis/java/danger.ts';
import type { Cost, CostCode, PlannedEdit, PurposeFacts, ReasonFacts, ReasonPlace, ReasonPlaceFacts } from '../../analysis/java/edit/plan.ts';
import type { DumpRefusalFacts } from '../../analysis/java/fromDump.ts';
import type { BlockingKind } from '../../analysis/java/jobs/blocking.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import type { RelatedDraft, TextEdit } from '../../model.ts';
import { capital, fitting, list, plural, type Saying, say, type Words } from '../../wording.ts';
import type { JavaFacts, JavaFixFacts, JavaRelatedFacts, LockFact, OrderFact, WaitReason } from './facts.ts';

/** What the rules of Java sources say; a second language is a second table of this type. */
export interface JavaRuleWords {
  findings: { readonly [Code in keyof JavaFacts]: Saying<JavaFacts[Code]> };
  related: Words<JavaRelatedFacts>;
  fixes: Words<JavaFixFacts>;
  /** Why no edit is offered: titles of what the source is packed in. */
  packed(facts: { packings: readonly string[] }): string;
}

/** Why a call under a lock is no danger as far as the file tells; completes a sentence. */
const RELIEFS: Record<ReliefCode, string> = {
  'event-buffer': 'the buffer is an event, whose memory belongs to no pool',
  'reference-count': 'the buffer was sliced or retained in this method, so the call only counts a reference down',
  defused: 'what the pool calls back looks whether the channel is released before it takes the lock',
  'lock-not-shared': 'nobody outside this class comes to the lock',
};

/** What an edit costs, as the title of a fix and a hover say it. */
const COSTS: Record<CostCode, (cost: Cost) => string> = {
  finally: () => 'the block can be left early, so the call stands in a finally around it',
  'block-for-method': () => 'the method locks a block instead of being synchronized itself',
  signature: ({ methods = [] }) =>
    `${methods.map((name) => `${name}()`).join(' and ')} changes its signature: other files of the package that call it must follow`,
  order: () => 'the lock no longer keeps the calls of two threads in order',
  'published-before': ({ method }) => `the block writes later what others read without the lock, and they now see it before ${method}() is called`,
  'unknown-before': ({ method }) => `a call that stands after it in the block is now made before ${method}()`,
  'written-before': ({ method }) => `what the block changes later is changed before ${method}() is called, which may look at it`,
  'comes-back': ({ method }) => `${method}() may come back into this object, and then finds it as the end of the block left it`,
  'exception-late': ({ method }) => `an exception of ${method}() comes after the rest of the block has been done`,
  'shared-argument': ({ method }) => `${method}() is handed something that others may change once the lock is released`,
  'signals-first': ({ method }) => `who waits for the lock is woken up before ${method}() is called`,
  'asked-under-lock': ({ method }) => `another place asks under the lock for what ${method}() does, and may be too early now`,
  'local-remedy': () =>
    'a local remedy: the call stays under the lock, but two channels no longer hand buffers to each other, because one that waits gives none away; a waiting channel may hold a buffer more than it needs for a while',
};

/** Null when an edit costs nothing. */
export function costWords(costs: readonly Cost[]): string | null {
  return costs.length === 0 ? null : costs.map((cost) => COSTS[cost.code](cost)).join('; ');
}

/** "the monitor of queue". */
const lockNamed = (kind: HeldLock['kind'], name: string): string => {
  if (kind === 'lock') return `the lock ${name}`;
  return kind === 'synchronized-method' ? 'the monitor of its own object' : `the monitor of ${name}`;
};

const lockWords = ({ kind, name }: LockFact): string => lockNamed(kind, name);

/** What a blocking call does; completes "x() …". */
const BLOCKING: Record<BlockingKind, string> = {
  sleep: 'sleeps',
  future: 'waits for a future',
  thread: 'waits for the end of a thread',
  latch: 'waits for other threads',
  termination: 'waits for the end of an executor',
  queue: 'waits for room or for an element in a queue',
  http: 'waits for the answer of a web service',
  jdbc: 'waits for the answer of a database',
};

/** Where the lock and the call are not in one method. */
const through = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`The way from the lock to the call: ${names.map((name) => `${name}()`).join(', ')}.`];

const WHY: Record<WaitReason, string> = {
  'same-executor': 'A task of this executor needs the same lock, so neither ever goes on.',
  'other-side': 'Another thread of this class needs the same lock.',
  'checkpoint-lock': 'It is the checkpoint lock: neither records nor checkpoints get through meanwhile.',
  retry: 'It sleeps again and again, and whoever needs the lock waits as long.',
  plain: 'Whoever needs the lock waits as long.',
};

const DROPPED: Record<JavaFacts['java-interrupt-dropped']['why'], string> = {
  loop: 'when the task is cancelled, the loop goes on',
  record: 'when cancelled, the function goes on with the next record',
  plain: 'whoever interrupted the thread is not heard',
};

const ways = (steps: readonly string[]): string => (steps.length > 3 ? `${steps[0]} … ${steps.at(-1)}` : steps.join(', '));

const SAME_OBJECTS = 'Whether the same two objects meet is not in the source.';

/** What is known about the other side of a callback. */
function orderWords(order: OrderFact): string {
  switch (order.known) {
    case 'way':
      return `The opposite order: ${ways(order.back)}. ${SAME_OBJECTS}`;
    case 'same-code':
      return 'The same code runs on another object in the opposite order. Whether two of them meet is not in the source.';
    case 'absent':
      return 'The sources beside this file take the locks in no opposite order.';
    case 'nothing':
      return 'Whether another thread takes the locks in the opposite order does not show in one file.';
  }
}

const findings: JavaRuleWords['findings'] = {
  'java-blocking-in-function': {
    message: ({ method, base, waits }) => fitting([method, base], (name, of) => `${name}() of a ${of} ${BLOCKING[waits]}`),
    details: ({ through: names }) => [
      'The task does nothing else meanwhile, not even checkpoints.',
      ...(names.length === 0 ? [] : [`It is reached through ${names.map((name) => `${name}()`).join(', ')}.`]),
    ],
    advice: ({ base, waits }) => [
      base.includes('Async')
        ? 'asyncInvoke() is to start the request and return.'
        : waits === 'sleep'
          ? 'A timer does not hold the task up.'
          : 'Async I/O does not hold the task up.',
    ],
    evidence: ({ method, waits }) => [`${method}() ${BLOCKING[waits]}.`],
    missing: () => ['How long it waits, and how often, is not in the source.'],
  },
  'java-callback-under-lock': {
    message: ({ method, lock, relief }) =>
      fitting([method, lock.name], (name, held) =>
        relief === null
          ? `${name}() is called while ${lockNamed(lock.kind, held)} is held`
          : `${name}() under ${lockNamed(lock.kind, held)}: no danger as far as this file shows`,
      ),
    details: ({ danger, through: names, relief, more }) => [
      ...(relief === null ? [] : [`${capital(RELIEFS[relief])}.`]),
      `It ${danger}.`,
      ...through(names),
      ...(more > 0 ? [`${more} more in this file are not listed.`] : []),
    ],
    evidence: ({ method, lock }) => [`${method}() runs inside ${lockWords(lock)}.`],
    missing: ({ order }) => [orderWords(order)],
  },
  'java-client-not-closed': {
    message: ({ field, type, closing }) => fitting([field, type], (name, of) => `open() makes ${name} (${of}), and nothing calls ${closing}() on it`),
    details: () => ['Every restart of the task leaves one behind.'],
    evidence: ({ field }) => [`No method of the class but open() and those for records names ${field}.`],
    missing: () => ['A class that this one extends may close it.'],
  },
  'java-closes-under-lock': {
    message: ({ method, type, lock }) =>
      fitting([method, type, lock.name], (name, of, held) => `${name}() of ${of} is called while ${lockNamed(lock.kind, held)} is held`),
    details: () => ['It may wait for threads that need the lock.'],
    evidence: ({ method, lock }) => [`${method}() is called while ${lockWords(lock)} is held.`],
    missing: () => ['What it runs, and which locks that takes, does not show in this file.'],
  },
  'java-completes-future-under-lock': {
    message: ({ method, lock }) =>
      fitting([method, lock.name], (name, held) => `${name}() completes a future while ${lockNamed(lock.kind, held)} is held`),
    details: ({ open }) => [
      'What hangs on the future runs here, under the lock.',
      ...(open ? ['The future is handed out, so that may be code of others.'] : []),
    ],
    evidence: ({ method, lock }) => [`${method}() is called while ${lockWords(lock)} is held.`],
    missing: () => ['What it runs, and which locks that takes, does not show in this file.'],
  },
  'java-function-field-not-serializable': {
    message: ({ field, type }) => fitting([field, type], (name, of) => `The job cannot be submitted: ${name} (${of}) cannot be serialized`),
    details: ({ base }) => [`It has its value before this ${base} is shipped.`],
    evidence: ({ type }) => [`${type} is not serializable, and the field is neither static nor transient.`],
  },
  'java-function-static-state': {
    message: ({ field, base }) => fitting([field, base], (name, of) => `Every record changes the static field ${name} of this ${of}`),
    details: () => ['The subtasks of a TaskManager share it without a lock, and no checkpoint has it.'],
    evidence: () => ['The field is static, and a method that is called for every record changes it.'],
  },
  'java-interrupt-dropped': {
    message: ({ why }) => `The interrupt is dropped: ${DROPPED[why]}`,
    details: ({ why, inFunction }) => (inFunction && why !== 'plain' ? ['After 180 s the TaskManager is killed.'] : []),
    evidence: () => ['The clause neither leaves, nor passes the exception on, nor interrupts the thread again.'],
  },
  'java-lock-order': {
    message: ({ lock, taken }) => fitting([lock, taken], (one, other) => `Locks in opposite orders: ${one} and ${other}`),
    details: ({ method, lock, taken, way, back }) => [
      `${method}() under ${lock} takes ${taken} (${ways(way)}).`,
      back.length === 0 ? 'The same code on another object goes the other way.' : `The other way round in ${ways(back)}.`,
    ],
    evidence: ({ lock, taken, way, back }) => [
      `${lock} before ${taken}: ${way.join(', ')}.`,
      `${taken} before ${lock}: ${back.join(', ') || 'the same code, on another object'}.`,
    ],
    missing: () => [SAME_OBJECTS],
  },
  'java-lock-order-comes-back': {
    message: ({ method, lock, callback }) =>
      fitting([method, lock, callback], (name, held, back) => `${name}() under ${held} calls back ${back}() at once`),
    details: ({ callback }) => [`${callback}() of this class may go on to take other locks.`],
    evidence: ({ way }) => [`The way: ${way.join(', ')}.`],
    missing: () => ['The sources beside this file take the locks in no opposite order.'],
  },
  'java-missing-uid': {
    message: ({ operators, count }) =>
      fitting([list([...new Set(operators)])], (names) => `${plural(count, 'operator')} with state ${count === 1 ? 'has' : 'have'} no uid: ${names}`),
    details: () => ['After a change of the job a savepoint may no longer fit.'],
    evidence: () => ['No uid() follows in the chain, nor on the variable that it is assigned to.'],
  },
  'java-static-initializer-waits': {
    message: ({ method }) => fitting([method], (name) => `${name}() waits in a static initialiser for threads that wait for the class`),
    details: () => ['Those threads need the class that is initialised only when the call is over.'],
    evidence: () => ['The call stands in a static initialiser, which holds the class until it ends.'],
  },
  'java-waiting-under-lock': {
    message: ({ waits, method, lock, why }) =>
      fitting([method, lock.name], (name, held) =>
        why === 'same-executor'
          ? `Deadlock: ${name}() waits for a task that needs ${lockNamed(lock.kind, held)}`
          : `${name}() ${BLOCKING[waits]} while ${lockNamed(lock.kind, held)} is held`,
      ),
    details: ({ why, through: names }) => [WHY[why], ...through(names)],
    evidence: ({ waits, method, lock }) => [`${method}() ${BLOCKING[waits]}, while ${lockWords(lock)} is held.`],
    missing: ({ why }) =>
      why === 'plain' || why === 'retry' || why === 'checkpoint-lock'
        ? ['Whether what is waited for needs the lock does not show in this file.']
        : [],
  },
};

const OUTER: Record<HeldLock['kind'], string> = {
  lock: 'the lock',
  'synchronized-method': 'the synchronized method',
  'synchronized-block': 'the synchronized block',
};

export const JAVA_RULE_WORDS: JavaRuleWords = {
  findings,
  related: {
    'called-on-way': ({ method }) => `${method}() is called here`,
    'lock-taken': ({ lock }) => `${lockWords(lock)} is taken here`,
    'called-under-lock': ({ method }) => `under it ${method}() is called`,
    'called-then': ({ method }) => `then ${method}() is called`,
    'more-ways': ({ count }) => `${count} more ways lead here under a lock`,
    relief: ({ relief }) => RELIEFS[relief],
    'has-value': () => 'it has its value before the function is shipped',
    field: () => 'the field',
    'made-in-open': () => 'open() makes it',
    'loop-goes-on': () => 'this loop goes on',
    'no-uid-either': ({ operator }) => `${operator}() has none either`,
    initializer: () => 'the initialiser',
    'needs-lock-too': () => 'this needs the lock too',
  },
  fixes: {
    'move-out': ({ method, lock }) => `Move ${method} outside ${OUTER[lock]}`,
    'why-not-moved': ({ method, reason }) => `Why is ${method}() not moved out of the lock? ${reason}`,
    'not-moved': ({ method, reason }) => `${method}() is not moved out of the lock: ${reason}.`,
    'keep-buffer': () => 'Let the channel that waits for buffers keep the buffer itself (local remedy)',
    'add-close': ({ field }) => `Add a close() that ends ${field}`,
    'add-close-step': ({ field }) => `Close ${field}`,
    'interrupt-again': () => 'Interrupt the thread again',
    'move-out-of-dump': ({ method, file }) => `Move ${method} outside the synchronized block in ${file}`,
  },
  packed: ({ packings }) =>
    `There is an edit for it, which cannot be written back exactly into this text${packings.length === 0 ? '' : ` (${list(packings)})`}: put the source into a file of its own to have it made.`,
};

/** Why no edit is offered; completes "recycleBuffer() is not moved: …". */
export const REASONS: Words<ReasonFacts> = {
  'syntax-error': () => 'the method has syntax that could not be read',
  'file-unread': () => 'the file could not be read to its end',
  'switch-value': () => 'the call stands in a switch that gives a value',
  'lock-unclear': ({ lock }) => `where ${lock} is taken and given back is not plain`,
  'held-by-caller': () => 'the lock is held by a caller',
  'many-calls': ({ most }) => `more than ${most} such calls stand in the block`,
  'many-changes': ({ most }) => `more than ${most} calls would have to change`,
  'many-methods': ({ most }) => `the lock is reached through more than ${most} methods`,
  'no-finally': ({ lock }) => `the block may be left before ${lock} is given back, and there is no finally`,
  'result-used': ({ method }) => `the result of ${method}() is used inside the block`,
  'null-handled': ({ method }) => `${method}() may be made on nothing, and the exception of that is handled inside the block`,
  'exception-handled': ({ method }) => `an exception of ${method}() is handled inside the block`,
  'handled-in-helper': ({ method, helper }) => `an exception of ${method}() is handled inside ${helper}()`,
  'several-in-loop': () => 'several different calls stand in one loop and would change their order',
  'several-in-helper': ({ helper }) => `${helper}() makes several different calls`,
  'in-lambda': () => 'the call stands in a lambda that runs under the lock',
  'no-helper': () => 'the call stands in a lambda or an initializer',
  'not-handed-over': ({ method, helper }) => `${method}() has arguments or no receiver that ${helper}() could hand over`,
  signals: ({ method }) => `the block wakes up who waits for the lock, and they would find that ${method}() has not been called yet`,
  relocked: ({ lock }) => `${lock} is given back and taken again later in the block`,
  'pool-asked': ({ method }) => `the pool that ${method}() gives to is asked later in the block`,
  'state-read': ({ method }) => `state that ${method}() may change by calling back is read later in the block`,
  'receiver-type-unknown': ({ method }) => `the type of what ${method}() is called on is not in this file`,
  'type-unknown': ({ expression }) => `the type of ${expression} is not in this file, so no local can be declared for it`,
  'type-parameter': ({ type, helper }) => `${type} is a type parameter, which the callers of ${helper}() do not know`,
  'type-arguments': () => 'the call names type arguments',
  'arguments-in-loop': ({ method }) => `the arguments of ${method}() change with every turn of the loop`,
  'iterated-unclear': () => 'what is iterated is not plain',
  visible: ({ method, visibility }) => `${method}() is ${visibility}, so callers outside this file rely on what it does`,
  'of-supertype': ({ method }) => `${method}() is declared by a supertype`,
  'method-reference': ({ method }) => `${method}() is handed around as a method reference`,
  recursive: ({ method }) => `${method}() calls itself`,
  ambiguous: ({ method }) => `which ${method}() is reached is not certain`,
  labelled: () => 'the block carries a label that is jumped to',
  'in-expression': ({ method }) => `the value of ${method}() is used in a larger expression`,
  'first-value': ({ method }) => `${method}() gives a local its first value and may throw`,
  'waits-later': () => 'the block waits after the call, so others would learn of it too late',
  'receiver-used': ({ receiver, method }) => `${receiver} is used again inside the block, and ${method}() may change it`,
  'no-caller': () => 'no caller was found',
};

const REASON_PLACES: Words<ReasonPlaceFacts> = {
  call: () => 'the call',
  'one-call': () => 'one call',
  'another-call': () => 'another',
  called: ({ method }) => `${method}() is called here`,
  'recursive-call': () => 'the recursive call',
  'held-from': ({ lock }) => `${lock} is held from here`,
  leaves: () => 'may leave the block here',
  result: () => 'the result is used here',
  handled: () => 'handled here',
  wakes: () => 'wakes up here',
  asks: () => 'who waits asks here',
  here: () => 'here',
  'pool-asked': () => 'the pool is asked here',
  read: ({ name }) => `${name} is read here`,
  used: ({ name }) => `${name} is used here`,
  type: () => 'type not known',
  declared: ({ method }) => `${method}() is declared here`,
  'may-reach': ({ method }) => `may reach this ${method}()`,
  label: () => 'the labelled block',
  waits: () => 'waits here',
};

export const reasonPlace = (place: ReasonPlace): RelatedDraft => ({ message: say(REASON_PLACES, place), span: place.span });

/** What a change of an edit is for, as a preview of it says. */
const PURPOSES: Words<PurposeFacts> = {
  'take-out': ({ method }) => `Take ${method}() out of the lock`,
  'remember-due': ({ method }) => `Remember that ${method}() is due`,
  'remember-receiver': ({ method }) => `Remember what ${method}() is called on`,
  count: ({ method }) => `Count the calls of ${method}()`,
  collect: ({ method }) => `Collect for ${method}()`,
  'without-lock': () => 'Make the call without the lock, which guards nothing else',
  declare: () => 'Declare what is taken out of the lock',
  'call-after': () => 'Make the call after the lock is released',
  'call-after-however': () => 'Make the call after the lock is released, however the block is left',
  'lock-block': () => 'Lock a block instead of the whole method',
  'return-due': ({ method }) => `Return what ${method}() is due for`,
  'may-be-none': () => 'Say that there may be none',
  'leave-to-caller': ({ method }) => `Leave ${method}() to the caller`,
  'nothing-due': () => 'Nothing is due here',
  'document-result': () => 'Document the new result',
  'call-returned': () => 'Call it after the lock is released',
  'keep-returned': ({ method }) => `Keep what ${method}() returns`,
  'collect-returned': ({ method }) => `Collect what ${method}() returns`,
  'list-parameter': ({ method }) => `Take a list for what ${method}() is due for`,
  'pass-list': ({ method }) => `Pass the list to ${method}()`,
  'document-parameter': () => 'Document the new parameter',
  'line-width': () => 'Keep to the width of the lines',
  import: ({ name }) => `Import ${name}`,
  'take-flag': () => 'Take whether the channel waits for buffers',
  'keep-when-waiting': () => 'Keep the buffer when the channel waits for one',
  'pass-flag': () => 'Pass whether the channel waits for buffers',
};

export const textEdits = (edits: readonly PlannedEdit[]): TextEdit[] =>
  edits.map(({ span, newText, purpose }) => ({ span, newText, description: say(PURPOSES, purpose) }));

/** Why no edit is offered in the source of a frame; completes "No edit is offered in Task.java: …". */
export const DUMP_REFUSALS: Words<DumpRefusalFacts> = {
  'no-class': ({ file, name }) => `${file} has no class ${name}`,
  'no-method': ({ name, method }) => `${name} has no method ${method}()`,
  'not-under-lock': ({ method, callback }) =>
    `${method}() does not call ${callback}() while a lock is held: this source is of another version than the dump, or has been repaired`,
  'several-places': ({ method, callback, line }) =>
    `${method}() calls ${callback}() at several places, and none is at line ${line ?? 'unknown'} as in the dump`,
  'not-moved': ({ reason }) => say(REASONS, reason),
};

export const otherLineText = ({ dumpLine, line }: { dumpLine: number | null; line: number }): string =>
  `The dump names line ${dumpLine ?? 'unknown'}; in this source the call stands at line ${line}.`;

import { type LogException, type LogModel, recordAt, type Throwable } from '../../log/model.ts';
import { parseTaskName } from '../../log/taskNames.ts';
import { causeOf, sameCause } from './causes.ts';
import { consequenceReason } from './consequenceReason.ts';
import type { Failure } from './failureModel.ts';
import { firstAfter, inOrder, orderOf } from './order.ts';

/** So long before a failure, or so many lines where no time is printed, what threw it may have logged it. */
const BEFORE_MS = 10_000;
const BEFORE_LINES = 400;
/** The nearest that are looked at. */
const MAX_LOOKED_AT = 20;
/** A message that was cut says so much at least. */
const MIN_MESSAGE = 20;

/** SplitFetcherManager.checkErrors throws this in the task for what it has logged of the fetcher, which begins with the other. */
const FETCHERS = /^One or more fetchers have encountered exception/;
const FETCHER = /^SplitFetcher thread \d+ received unexpected exception/;

/**
 * Exceptions that were logged whole before a task, a job or a process failed with a part of them: a log system, a form or somebody
 * has cut what is printed with the failure, so that its root is missing there.
 */
export class WholeTraces {
  readonly #log: LogModel;
  /** By the classes of all that have a cause, in the order of the log. */
  readonly #byClass = new Map<string, { orders: number[]; exceptions: LogException[] }>();

  constructor(log: LogModel) {
    this.#log = log;
    for (const exception of [...log.exceptions].sort(inOrder(log))) {
      if (exception.kind !== 'trace' || exception.record === null) continue;
      for (const className of new Set(exception.chain.slice(0, -1).flatMap((one) => one.className ?? []))) {
        const list = this.#byClass.get(className) ?? { orders: [], exceptions: [] };
        this.#byClass.set(className, list);
        list.orders.push(orderOf(exception));
        list.exceptions.push(exception);
      }
    }
  }

  /** Gives a failure the whole of its exception, where only a part is printed with it; in place. */
  complete(failure: Failure): void {
    if (failure.kind === 'exception' || failure.exception === null) return;
    const part = this.#log.exceptions[failure.exception];
    const root = part?.chain.at(-1);
    if (part === undefined || root?.className == null) return;
    const list = this.#byClass.get(root.className);
    if (list === undefined) return;
    let whole: { one: LogException; tied: boolean } | null = null;
    for (let at = firstAfter(list.orders, orderOf(failure)) - 1, looked = 0; at >= 0 && looked < MAX_LOOKED_AT; at--, looked++) {
      const one = list.exceptions[at] as LogException;
      if (!isNear(one, failure)) break;
      const tied = one.index === part.index || !holds(one, root) ? null : states(part, one) || this.#ties(one, part, failure);
      if (tied === null || (whole !== null && !tied)) continue;
      whole = { one, tied };
      if (tied) break;
    }
    const cause = whole === null ? null : causeOf(whole.one);
    // One that says the same is no more of it.
    if (whole === null || cause === null || sameCause(cause, failure.cause)) return;
    failure.exception = whole.one.index;
    failure.cause = cause;
    failure.consequence = consequenceReason(whole.one);
    if (!whole.tied) failure.causeCertainty = 'suspected';
  }

  /** Was it logged by the thread or the subtask that failed? Null: by another one; false: nothing says it. */
  #ties(whole: LogException, part: LogException, failure: Failure): boolean | null {
    // A job or a process fails with what a coordinator or the program has logged on a thread of its own: the words are the same.
    if (failure.kind !== 'task') return isOf(whole, part.chain.at(-1));
    const [one, other] = [whole, part].map(({ record }) => (record === null ? undefined : recordAt(this.#log, record)));
    if (one?.thread != null && one.thread === other?.thread) return true;
    const execution = failure.execution === null ? undefined : this.#log.executions[failure.execution];
    const subtask = parseTaskName((one?.thread ?? '').replace(/^Source Data Fetcher for /, ''));
    if (execution?.task == null || subtask === null) return false;
    if (subtask.task !== execution.task) return null;
    return execution.subtask === null || subtask.subtask === execution.subtask ? true : null;
  }
}

/** Does what is printed with the failure say in its own words what the root of the whole says? Then it does not matter whose it is. */
function states({ chain }: LogException, whole: LogException): boolean {
  const said = dense(whole.chain.at(-1)?.message ?? null).replace(/[.…]{1,3}$/, '');
  return said.length >= MIN_MESSAGE && chain.some(({ message }) => dense(message).includes(said));
}

function isNear(one: LogException, { time, line }: Failure): boolean {
  return one.time === null || time === null ? line - one.line <= BEFORE_LINES : time - one.time <= BEFORE_MS;
}

/** Is what a failure ends with a link of the chain that has a cause there? */
function holds({ chain }: LogException, root: Throwable): boolean {
  return chain.slice(0, -1).some((link) => link.className === root.className && (says(link, root) || wraps(root, link)));
}

function says(link: Throwable, { message, frames }: Throwable): boolean {
  const [whole, part] = [dense(link.message), dense(message).replace(/(?:…|\.\.\.)$/, '')];
  // Without a message the place where it was thrown tells.
  if (part === '')
    return whole === '' && frames[0] !== undefined && link.frames[0]?.className === frames[0].className && link.frames[0].method === frames[0].method;
  return whole === dense(message) || (part.length >= MIN_MESSAGE && whole.startsWith(part));
}

/** Without blanks: a line that was broken on its way may have lost or won some. */
const dense = (message: string | null): string => (message ?? '').replace(/\s+/g, '');

/** Does it hold this very exception, with all of a message that says something? */
const isOf = ({ chain }: LogException, root: Throwable | undefined): boolean =>
  root?.message != null &&
  root.message.length >= MIN_MESSAGE &&
  chain.some((link) => link.className === root.className && dense(link.message) === dense(root.message));

const wraps = (root: Throwable, link: Throwable): boolean => FETCHERS.test(root.message ?? '') && FETCHER.test(link.message ?? '');

import { MAX_ITEMS } from '../kept.ts';
import type { Execution, Mention, StateChange } from '../model.ts';

/**
 * The executions of a block in numbers, and the words that some of them stand for: a large log has millions of state changes, and
 * one array of numbers goes to another thread much sooner than that many objects.
 */
export interface PackedExecutions {
  /** Of each execution, EXECUTION numbers. */
  executions: Float64Array;
  /** Of each state change and mention, CHANGE numbers. */
  changes: Float64Array;
  words: string[];
}

/** How what is unpacked is placed in the whole log. */
export interface Place {
  offset: number;
  line: number;
  record: number;
}

interface Told {
  line: number;
  record: number | null;
  span: { start: number; end: number };
  time: number | null;
}

const TOLD = 5;
const EXECUTION = 11 + TOLD;
const CHANGE = 4 + TOLD;
/** No word, and no number. */
const NONE = -1;

export function packExecutions(executions: readonly Execution[]): PackedExecutions {
  const words: string[] = [];
  const known = new Map<string, number>();
  const word = (text: string | null): number => {
    if (text === null) return NONE;
    let index = known.get(text);
    if (index === undefined) {
      index = words.push(text) - 1;
      known.set(text, index);
    }
    return index;
  };
  const number = (value: number | null): number => value ?? NONE;
  const told = ({ line, record, span, time }: Told): number[] => [line, number(record), span.start, span.end, time ?? Number.NaN];
  const count = executions.reduce((sum, { states, mentions }) => sum + states.length + mentions.length, 0);
  const packed = { executions: new Float64Array(executions.length * EXECUTION), changes: new Float64Array(count * CHANGE), words };
  let at = 0;
  const put = (row: number[]): void => {
    packed.changes.set(row, at);
    at += CHANGE;
  };
  for (const [index, one] of executions.entries()) {
    const reported = one.reported === null ? [NONE] : [word(one.reported.state), ...told(one.reported)];
    packed.executions.set(
      [
        word(one.id),
        word(one.task),
        number(one.subtask),
        number(one.parallelism),
        number(one.attempt),
        word(one.vertex),
        number(one.exception),
        word(one.location),
        word(one.end),
        Number(one.endSeen),
        ...reported,
      ],
      index * EXECUTION,
    );
    for (const change of one.states) put([index, word(change.from), word(change.to), word(change.side), ...told(change)]);
    for (const mention of one.mentions) put([index, word(mention.what), NONE, NONE, ...told(mention)]);
  }
  return packed;
}

/** Its executions, without states and mentions. The index of an exception counts in the block. */
export function* unpackExecutions({ executions: rows, words }: PackedExecutions, place: Place): Generator<Execution> {
  for (let at = 0; at < rows.length; at += EXECUTION) {
    const number = (column: number): number | null => (rows[at + column] === NONE ? null : (rows[at + column] as number));
    const word = (column: number): string | null => words[rows[at + column] as number] ?? null;
    const state = word(10);
    yield {
      id: word(0),
      task: word(1),
      subtask: number(2),
      parallelism: number(3),
      attempt: number(4),
      vertex: word(5),
      states: [],
      mentions: [],
      reported: state === null ? null : { state, ...toldAt(rows, at + 11, place) },
      exception: number(6),
      location: word(7),
      end: word(8),
      endSeen: rows[at + 9] === 1,
    };
  }
}

/** Gives state changes and mentions to the executions of the whole log. `executions`: as they follow each other in the block. */
export function unpackChanges({ changes: rows, words }: PackedExecutions, executions: readonly (Execution | null)[], place: Place): void {
  for (let at = 0; at < rows.length; at += CHANGE) {
    const execution = executions[rows[at] as number] ?? null;
    if (execution === null) continue;
    const first = words[rows[at + 1] as number] as string;
    const to = words[rows[at + 2] as number];
    if (to === undefined) {
      if (execution.mentions.length < MAX_ITEMS) execution.mentions.push({ what: first as Mention['what'], ...toldAt(rows, at + 4, place) });
    } else if (execution.states.length < MAX_ITEMS) {
      const side = words[rows[at + 3] as number] as StateChange['side'];
      execution.states.push({ from: first, to, ...toldAt(rows, at + 4, place), side });
    }
  }
}

function toldAt(rows: Float64Array, at: number, { offset, line, record }: Place): Told {
  const time = rows[at + 4] as number;
  return {
    time: Number.isNaN(time) ? null : time,
    line: (rows[at] as number) + line,
    record: rows[at + 1] === NONE ? null : (rows[at + 1] as number) + record,
    span: { start: (rows[at + 2] as number) + offset, end: (rows[at + 3] as number) + offset },
  };
}

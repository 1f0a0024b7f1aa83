import type { Span } from '../../../../common/span.ts';
import type { Source } from '../unwrap/source.ts';
import { exchangeOf, shipOf } from './normalise.ts';
import type { Exchange, Ship } from './vocabulary.ts';

/** Where an input stands in the plan's own text; -1 where it has no such part. */
export interface EdgePlaces {
  start: number;
  end: number;
  idStart: number;
  idEnd: number;
  shipStart: number;
  shipEnd: number;
  exchangeStart: number;
  exchangeEnd: number;
}

/** One edge of a plan. Its places are kept as plain offsets: a large plan has many and asks for few. */
export class Edge {
  index: number;
  /** Index of the producing vertex. */
  from: number;
  /** Index of the consuming vertex. */
  to: number;
  /** Position among the inputs of `to`, from 0; REST "num". */
  input: number;
  kind: 'forward' | 'feedback' = 'forward';
  ship: Ship | null;
  /** As printed: "HASH", "Hash Partition on [0]". */
  shipText: string | null;
  exchange: Exchange | null;
  exchangeText: string | null;
  /** Not in the document: the feedback edge that Flink leaves out. */
  restored = false;
  /** CompiledPlan: damBehavior of this input (InputProperty.DamBehavior). */
  dam: 'pipelined' | 'end_input' | 'blocking' | null = null;
  /** CompiledPlan: inputs with a smaller number are read first. */
  priority: number | null = null;
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;
  readonly #idStart: number;
  readonly #idEnd: number;
  readonly #shipStart: number;
  readonly #shipEnd: number;
  readonly #exchangeStart: number;
  readonly #exchangeEnd: number;

  constructor(
    source: Source,
    index: number,
    ends: { from: number; to: number; input: number },
    ship: string | null,
    exchange: string | null,
    places: EdgePlaces,
  ) {
    this.index = index;
    this.from = ends.from;
    this.to = ends.to;
    this.input = ends.input;
    this.ship = shipOf(ship);
    this.shipText = ship;
    this.exchange = exchangeOf(exchange);
    this.exchangeText = exchange;
    this.#source = source;
    this.#start = places.start;
    this.#end = places.end;
    this.#idStart = places.idStart;
    this.#idEnd = places.idEnd;
    this.#shipStart = places.shipStart;
    this.#shipEnd = places.shipEnd;
    this.#exchangeStart = places.exchangeStart;
    this.#exchangeEnd = places.exchangeEnd;
  }

  /** The input object; of a restored edge the id of the loop's head. */
  get span(): Span {
    return this.#source.span(this.#start, this.#end);
  }

  /** Where the text names the producer. */
  get idSpan(): Span {
    return this.#idStart < 0 ? this.span : this.#source.span(this.#idStart, this.#idEnd);
  }

  get shipSpan(): Span | null {
    return this.#shipStart < 0 ? null : this.#source.span(this.#shipStart, this.#shipEnd);
  }

  get exchangeSpan(): Span | null {
    return this.#exchangeStart < 0 ? null : this.#source.span(this.#exchangeStart, this.#exchangeEnd);
  }
}

export function noPlaces(start: number, end: number): EdgePlaces {
  return { start, end, idStart: -1, idEnd: -1, shipStart: -1, shipEnd: -1, exchangeStart: -1, exchangeEnd: -1 };
}

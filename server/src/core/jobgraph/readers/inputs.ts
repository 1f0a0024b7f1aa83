import type { Span } from '../../../../../common/span.ts';
import type { PlanBuilder } from '../builder.ts';
import type { JsonReader } from '../jsonReader.ts';

/** "predecessors" and "inputs" of one node: a list of objects that name the producer. */
export function readInputs(reader: JsonReader, builder: PlanBuilder, to: number): void {
  if (!reader.enterArray()) return;
  const { source } = builder.plan;
  let position = 0;
  while (reader.nextItem()) {
    const start = reader.pos;
    if (!reader.enterObject()) continue;
    let id = '';
    let idSpan: Span | null = null;
    let num: number | null = null;
    let ship: string | null = null;
    let shipSpan: Span | null = null;
    let exchange: string | null = null;
    let exchangeSpan: Span | null = null;
    for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
      switch (key) {
        case 'id':
          id = reader.string() ?? '';
          idSpan = id === '' ? source.span(reader.keyStart, reader.keyStop) : source.span(reader.start, reader.stop);
          break;
        case 'num':
          num = reader.number();
          break;
        case 'ship_strategy':
          ship = reader.string();
          shipSpan = source.span(reader.start, reader.stop);
          break;
        case 'exchange':
        case 'exchange_mode':
          exchange = reader.string();
          exchangeSpan = source.span(reader.start, reader.stop);
          break;
        default:
      }
    }
    const span = source.span(start, reader.pos);
    builder.addInput({
      to,
      id,
      input: num ?? position,
      ship,
      exchange,
      span,
      idSpan: idSpan ?? span,
      shipSpan,
      exchangeSpan,
      dam: null,
      priority: null,
    });
    position++;
  }
}

import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import { type EdgePlaces, noPlaces } from '../edge.ts';

/** "predecessors" and "inputs" of one node: a list of objects that name the producer. */
export function readInputs(reader: JsonReader, builder: PlanBuilder, to: number): void {
  if (!reader.enterArray()) return;
  for (let position = 0; reader.nextItem(); position++) {
    const places = noPlaces(reader.pos, reader.pos);
    if (reader.enterObject()) readInput(reader, builder, to, position, places);
  }
}

function readInput(reader: JsonReader, builder: PlanBuilder, to: number, position: number, places: EdgePlaces): void {
  let id = '';
  let num: number | null = null;
  let ship: string | null = null;
  let exchange: string | null = null;
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    switch (key) {
      case 'id':
        id = reader.string() ?? '';
        places.idStart = id === '' ? reader.keyStart : reader.start;
        places.idEnd = id === '' ? reader.keyStop : reader.stop;
        break;
      case 'num':
        num = reader.number();
        break;
      case 'ship_strategy':
        ship = reader.string();
        places.shipStart = reader.start;
        places.shipEnd = reader.stop;
        break;
      case 'exchange':
      case 'exchange_mode':
        exchange = reader.string();
        places.exchangeStart = reader.start;
        places.exchangeEnd = reader.stop;
        break;
      default:
    }
  }
  places.end = reader.pos;
  builder.addInput(id, to, num ?? position, ship, exchange, places);
}

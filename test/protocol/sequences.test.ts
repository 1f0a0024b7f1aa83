// Whatever an editor says in whatever order: it is answered, and the server lives on. More: npm run fuzz -- --sequences N.
import { fixtures } from '../fuzz/inputs.ts';
import { Random } from '../fuzz/random.ts';
import { sequence } from '../fuzz/sequences.ts';

describe('sequences of messages', () => {
  it('are answered whatever they are', () => sequence(new Random(1), fixtures(60_000), 300)).timeout(120_000);
});

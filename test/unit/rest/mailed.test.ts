import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { type Analysis, analyse } from '../../../server/src/core/kinds/index.ts';
import { hasBrokenStrings } from '../../../server/src/core/unwrap/packings/brokenStrings.ts';
import { MAILS, mailed, QUOTES, WAYS } from '../log/mail.ts';

const load = (name: string) => readFileSync(at(`test/fixtures/${name}`), 'utf8');
const forms = (text: string): string[] => [JSON.stringify(JSON.parse(text), null, 2), JSON.stringify(JSON.parse(text))];

/** Documents with long strings in them: a trace, and the descriptions of a plan. */
const DOCUMENTS = [
  ...forms(load('rest/error-of-server.json')),
  ...forms(load('flink/2.3.0/failing-sink/exceptions.json')),
  ...forms(load('flink/1.13.1/failing-sink/exceptions.json')),
];

const WAYS_TO_BREAK: Record<string, (text: string) => string> = {
  ...Object.fromEntries(
    [72, 76, 100].flatMap((width) =>
      Object.keys(WAYS).flatMap((way) =>
        QUOTES.map((quote) => [`${width} ${way} "${quote}"`, (text: string) => mailed(text, way, width, quote)] as const),
      ),
    ),
  ),
  ...MAILS,
};

/** What a mail must not change; blanks within messages aside. */
const told = ({ kind, findings }: Analysis) => [
  kind,
  ...findings.map(({ code, certainty, message }) => [code, certainty, message.replaceAll(/\s+/g, '')]),
];

describe('documents of the REST API that mail has broken', () => {
  for (const [index, document] of DOCUMENTS.entries()) {
    it(`document ${index + 1}: tells the same, whoever broke it`, async () => {
      const expected = told(await analyse({ uri: 'file:///a.json', text: document }));
      const wrong: string[] = [];
      for (const [name, broken] of Object.entries(WAYS_TO_BREAK)) {
        const found = told(await analyse({ uri: 'file:///a.json', text: broken(document) }));
        if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${name}: ${JSON.stringify(found)}`);
      }
      assert.deepEqual(wrong, []);
    }).timeout(60_000);
  }

  it('places are those of the text as it was mailed', async () => {
    const text = mailed(DOCUMENTS[0] as string, 'gone', 76, '> ');
    const { findings } = await analyse({ uri: 'file:///a.json', text });
    const at = findings[0]?.at.span.start ?? -1;
    assert.equal(text.slice(at, at + 30), 'org.apache.flink.client.progra');
  });

  it('nothing is joined in JSON that nobody has broken', () => {
    const folder = at('test/fixtures');
    const broken = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json') && hasBrokenStrings(readFileSync(path.join(folder, name), 'utf8')))
      .sort();
    assert.deepEqual(broken, []);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const load = (name: string): string => readFileSync(at(`test/fixtures/${name}`), 'utf8');

/** As repr() of Python does it: single quotes, unless there are such in it and no double ones. */
function repr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\u00', '\\x');
    return `${quote}${quote === "'" ? text.replaceAll("'", "\\'") : text}${quote}`;
  }
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, one]) => `${repr(key)}: ${repr(one)}`)
      .join(', ')}}`;
  return String(value);
}

const found = async (text: string): Promise<string[]> => {
  const { kind, findings } = await analyse({ uri: 'file:///a.txt', text });
  return [kind, ...findings.map(({ code, certainty, message }) => `${certainty} ${code} ${message}`)];
};

const DOCUMENTS = [
  'rest/checkpoints-declined.json',
  'rest/exceptions-labels.json',
  'flink/2.3.0/failing-sink/exceptions.json',
  'flink/1.20.3/healthy/checkpoints.json',
  'flink/1.20.3/windowed-join/job.json',
  'flink/1.20.3/class-init-deadlock/taskmanager-thread-dump.json',
];
const RECORDS = ['logs/cases/json-managed-flink.ndjson', 'logs/cases/json-ecs-frames-alone.ndjson'];

describe('values as Python prints them', () => {
  for (const name of DOCUMENTS) {
    it(`${name} says the same`, async () => {
      const document: unknown = JSON.parse(load(name));
      const plain = await found(JSON.stringify(document));
      assert.notEqual(plain[0], 'unknown');
      assert.deepEqual(await found(`${repr(document)}\n`), plain);
      assert.deepEqual(await found(`>>> print(answer.json())\n${repr(document)}\n>>> \n`), plain);
    });
  }
  for (const name of RECORDS) {
    it(`${name} says the same`, async () => {
      const records = load(name)
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      const plain = await found(load(name));
      assert.equal(plain[0], 'flink-log');
      assert.deepEqual(await found(records.map(repr).join('\n')), plain);
    });
  }
  it('a document behind the words that call it something', async () => {
    const document: unknown = JSON.parse(load('rest/checkpoints-declined.json'));
    const plain = await found(JSON.stringify(document));
    assert.deepEqual(await found(`Response: ${JSON.stringify(document)}\n`), plain);
    assert.deepEqual(await found(`Response: ${repr(document)}\n`), plain);
  });
  it('places lead to the text that the person has', async () => {
    const text = repr(JSON.parse(load('rest/exceptions-labels.json')));
    const { findings } = await analyse({ uri: 'file:///a.txt', text });
    for (const { at: place } of findings) assert.ok(place.span.end <= text.length && text.slice(place.span.start, place.span.end).trim() !== '');
    assert.ok(findings.length > 0);
  });
});

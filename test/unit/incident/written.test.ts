// Digests that somebody else wrote: what is damaged or means harm is named, everything else is concluded from.
import assert from 'node:assert/strict';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { MAX_DIGEST } from '../../../server/src/core/incident/digest/fit.ts';
import type { Digest } from '../../../server/src/core/incident/digest/model.ts';
import { NO_SOURCES } from '../../../server/src/core/incident/digest/none.ts';
import { incidentHtml } from '../../../server/src/core/incident/html.ts';
import { readDigests, type Written, withWritten } from '../../../server/src/core/incident/readDigests.ts';
import { incidentReport } from '../../../server/src/core/incident/report.ts';
import { Random } from '../../fuzz/random.ts';
import { digestOfRecording } from '../../support/incidentFolder.ts';

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/** Every member of every object in it. */
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    placesIn(holder[key], found);
  }
  return found;
}

const VALUES = [
  null, -1, 0, 0.5, 1e308, -1e308, 2 ** 63, 8.64e15 + 1, true, '', 'x', '<img src=x>', '__proto__', [], {}, [null], [[1]], [{}], { a: 1 }, { length: 1e9 },
] as const; // biome-ignore format: a list

const written = (digest: unknown): string => `${JSON.stringify(digest)}\n`;

/** As they are read beside sources of our own. */
function readBeside(own: Digest, text: string): Written {
  const { digest, broken } = readDigests(text, 'd');
  const both = withWritten(own, digest);
  return { digest: both.digest, broken: [...broken, ...both.broken] };
}

describe('digests that somebody else wrote', function () {
  this.timeout(60_000);
  let good: Digest;
  before(async () => {
    good = await digestOfRecording('2.3.0/monitor-deadlock');
  });

  it('survive being written and read', () => {
    assert.deepEqual(readBeside(NO_SOURCES, written(good) + written(good)), { digest: good, broken: [] });
  });

  for (const [name, spoil] of Object.entries<(digest: Digest) => unknown>({
    'no object': () => 7,
    'no sources': () => ({ ...NO_SOURCES, sources: [null, 7, {}, []], unread: [] }),
    'sources that are no list': () => ({ ...NO_SOURCES, sources: { length: 1 }, unread: [] }),
    'a version that there is not': (digest) => ({ ...digest, schema: 2 }),
    'a kind that there is not': ({ sources: [one] }) => ({
      ...NO_SOURCES,
      sources: [{ ...one, id: 'other', kind: 'constructor' }],
      unread: [],
    }),
    'a body of nothing': ({ sources: [one] }) => ({
      ...NO_SOURCES,
      sources: [{ ...one, id: 'other', kind: 'flink-log', body: {} }],
      unread: [],
    }),
    'findings that are none': ({ sources: [one] }) => ({
      ...NO_SOURCES,
      sources: [{ ...one, id: 'other', findings: [{ id: 'x', message: {} }] }],
      unread: [],
    }),
    'a source without a name': ({ sources: [one] }) => ({ ...NO_SOURCES, sources: [{ ...one, names: [] }], unread: [] }),
    'half a line': (digest) => JSON.stringify(digest).slice(0, 5000),
  }))
    it(`${name}: named, and the others are kept`, () => {
      const spoilt = spoil(structuredClone(good));
      const { digest, broken } = readBeside(good, typeof spoilt === 'string' ? `${spoilt}\n` : written(spoilt));
      if (name !== 'a kind that there is not') assert.ok(broken.length > 0);
      assert.ok(broken.every((one) => one.failed && one.name !== '' && one.why !== ''));
      assert.equal(conclude(digest).verdict.code, 'deadlock');
    });

  it('reach no prototype', () => {
    const text = written(good).replace('"facts":{', '"facts":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},');
    const { digest } = readBeside(NO_SOURCES, `{"schema":1,"sources":[],"unread":[],"__proto__":{"polluted":1}}\n${text}`);
    conclude(digest);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.ok(!JSON.stringify(digest).includes('__proto__'));
  });

  it('whatever stands in a field, there is a page', () => {
    const random = new Random(7);
    const text = JSON.stringify(good);
    const names = [...new Set(placesIn(good.sources).map(({ key }) => key))].filter((key) => !/^\d+$/.test(key));
    for (const key of names) {
      const spoilt = JSON.parse(text) as Digest;
      const places = placesIn(spoilt.sources).filter((place) => place.key === key);
      const { holder } = random.pick(places);
      if (random.next() < 0.2) delete holder[key];
      else holder[key] = random.pick(VALUES);
      const { digest } = readBeside(random.next() < 0.5 ? good : NO_SOURCES, written(spoilt));
      const incident = conclude(digest);
      assert.ok(incidentReport(incident, 'd').length > 0, key);
      assert.ok(incidentHtml(incident, 'd').length > 0, key);
    }
  });

  it('make no link and no tag, whatever stands in a field', () => {
    const evil = '[evil](command:evil.run)<img src=evil>';
    const spoilt = structuredClone(good);
    for (const { holder, key } of placesIn(spoilt.sources))
      if (typeof holder[key] === 'string' && !['kind', 'severity', 'certainty'].includes(key)) holder[key] += evil;
    const incident = conclude(readBeside(good, written(spoilt)).digest);
    const outsideCode = incidentReport(incident, 'd').replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outsideCode, /(?<!\\)\]\(|(?<!\\)<img/);
    assert.doesNotMatch(incidentHtml(incident, 'd'), /<img|<a\b/);
  });

  it('are plain and small', () => {
    for (const { body } of good.sources) {
      assert.ok(JSON.stringify(body).length <= MAX_DIGEST);
      assert.deepEqual(JSON.parse(JSON.stringify(body)), body);
    }
  });
});

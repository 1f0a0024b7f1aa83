import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { detect } from '../../../server/src/core/detect.ts';
import { mailed, WAYS } from '../log/mail.ts';
import { analyse } from './helpers.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/flink/', import.meta.url));

/** Breaks lines between words, as mail programs do. */
const wrapped = (width: number) => (text: string) =>
  text
    .split('\n')
    .map((line) => {
      const lead = /^[ :|+-]*/.exec(line)?.[0] ?? '';
      const lines = [lead];
      for (const word of line.slice(lead.length).split(' ')) {
        const last = lines.at(-1) as string;
        if (last.trim() !== '' && last !== lead && last.length + word.length > width) lines.push(word);
        else lines[lines.length - 1] = last === lead || last === '' ? `${last}${word}` : `${last} ${word}`;
      }
      return lines.join('\n');
    })
    .join('\n');
const quoted = (text: string) => text.replaceAll(/^/gm, '> ');

const PACKINGS: [string, (text: string) => string][] = [
  ['broken at 72 columns', wrapped(72)],
  ['broken at 80 columns', wrapped(80)],
  ['quoted', quoted],
  ['broken, then quoted', (text) => quoted(wrapped(72)(text))],
  ['quoted in a mail', (text) => `On Monday somebody wrote:\n\n${quoted(text)}\n`],
];

const shape = async (text: string) =>
  (await analyse(text)).plans.map(({ plan }) => [
    plan.title,
    plan.vertices.map(({ name }) => name),
    plan.edges.map(({ from, to }) => `${from}-${to}`),
  ]);

/** The part of a recording that has the trees; the JSON behind it has a test of its own. */
const trees = (text: string) => text.split('== Physical Execution Plan ==')[0] as string;

const recorded = readdirSync(FIXTURES)
  .map((version) => path.join(version, 'sql-explain'))
  .flatMap((folder) => {
    try {
      return readdirSync(path.join(FIXTURES, folder)).map((name) => path.join(folder, name));
    } catch {
      return [];
    }
  })
  .filter((name) => /explain(?:-estimated-cost|-batch|-statement-set)?\.txt$/.test(name));

describe('EXPLAIN as people pass it on', () => {
  for (const file of recorded) {
    const text = trees(readFileSync(path.join(FIXTURES, file), 'utf8'));
    for (const [how, pack] of PACKINGS) {
      it(`${file}, ${how}`, async () => {
        const packed = pack(text);
        assert.equal(detect(packed).kind, 'job-graph');
        assert.deepEqual(await shape(packed), await shape(text));
      });
    }
  }

  for (const width of [60, 72, 76, 100])
    for (const way of Object.keys(WAYS))
      for (const quote of ['', '> ', '>> '])
        it(`stages as up to 1.12, ${way} at ${width}, after "${quote}": no vertex is lost`, async () => {
          const names = async (text: string) =>
            (await shape(text)).map(([title, vertices, edges]) => [title, (vertices as string[]).map((name) => name.replaceAll(/\s+/g, '')), edges]);
          assert.deepEqual(await names(mailed(STAGES, way, width, quote)), await names(STAGES));
        });

  it('keeps the places of a plan that was broken', async () => {
    const text = '== Optimized Physical Plan ==\nCalc(select=[a,\nb], where=[>(a, 1)])\n+- TableSourceScan(table=[[c, d, orders]],\nfields=[a, b])\n';
    const analysis = await analyse(text);
    const [calc, scan] = analysis.plans[0]?.plan.vertices ?? [];
    assert.equal(text.slice(calc?.nameSpan.start, calc?.nameSpan.end), 'Calc');
    assert.equal(text.slice(scan?.nameSpan.start, scan?.nameSpan.end), 'TableSourceScan');
    assert.match(scan?.description ?? '', /fields=\[a, b\]/);
  });
});

const STAGES = `== Abstract Syntax Tree ==
LogicalLegacySink(name=[\`default_catalog\`.\`default_database\`.\`invoices\`], fields=[customer])
+- LogicalProject(customer=[$0])
   +- LogicalTableScan(table=[[default_catalog, default_database, orders, source: [CsvTableSource(read fields: customer, price)]]])

== Physical Execution Plan ==
 : Data Source
\tcontent : Source: Custom File source

\t : Operator
\t\tcontent : CsvTableSource(read fields: customer)
\t\tship_strategy : REBALANCE

\t\t : Operator
\t\t\tcontent : SourceConversion(table=[default_catalog.default_database.orders, source: [CsvTableSource(read fields: customer)]], fields=[customer])
\t\t\tship_strategy : FORWARD

\t\t\t : Operator
\t\t\t\tcontent : SinkConversionToRow
\t\t\t\tship_strategy : FORWARD

\t\t\t\t : Data Sink
\t\t\t\t\tcontent : Sink: CsvTableSink(customer)
\t\t\t\t\tship_strategy : FORWARD
`;

const CONFLUENT = `== Physical Plan ==

StreamSink [5]
  +- StreamCalc [4]
    +- StreamTemporalJoin [3]
      +- StreamTableSourceScan [1]
      +- StreamTableSourceScan [2]

== Physical Details ==

[1] StreamTableSourceScan
Table: \`prod\`.\`shop\`.\`orders\`
Changelog mode: append
State size: low

[3] StreamTemporalJoin
Changelog mode: append
State size: medium

[5] StreamSink
Table: \`prod\`.\`shop\`.\`enriched\`
Changelog mode: append

== Warnings ==

1. For StreamTemporalJoin [3]: "Something to know."
`;

describe('EXPLAIN with numbered operators', () => {
  for (const [how, text] of [
    ['plain', CONFLUENT],
    ['quoted', quoted(CONFLUENT)],
    ['with carriage returns', CONFLUENT.replaceAll('\n', '\r\n')],
  ] as const) {
    it(`is read with its details, ${how}`, async () => {
      assert.equal(detect(text).kind, 'job-graph');
      const { plans } = await analyse(text);
      const plan = plans[0]?.plan;
      assert.deepEqual(
        plan?.vertices.map(({ name, kind }) => `${name} ${kind}`),
        [
          'StreamSink [5] sink',
          'StreamCalc [4] operator',
          'StreamTemporalJoin [3] operator',
          'StreamTableSourceScan [1] source',
          'StreamTableSourceScan [2] source',
        ],
      );
      assert.deepEqual(
        plan?.edges.map(({ from, to }) => `${from}-${to}`),
        ['1-0', '2-1', '3-2', '4-2'],
      );
      assert.match(plan?.vertices[2]?.description ?? '', /State size: medium/);
    });
  }

  it('is not taken for the plan of another engine', () => {
    assert.notEqual(detect('== Physical Plan ==\n*(1) HashAggregate (6)\n+- Exchange (5)\n   +- Scan parquet (1)\n').kind, 'job-graph');
  });
});

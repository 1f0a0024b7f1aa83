import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { GcAnalysis } from '../../../../server/src/core/gc/model.ts';
import { gcLogKind } from '../../../../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../../../../server/src/core/kinds/index.ts';
import { gcLogFeatures } from '../../../../server/src/features/gc/index.ts';
import type { Document } from '../../../../server/src/features/types.ts';

const TEXT = `[0.005s][info][gc] Using G1
[1.000s][info][gc,start] GC(0) Pause Young (Normal) (G1 Evacuation Pause)
[1.004s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 4.250ms
[2.000s][info][gc] GC(1) To-space exhausted
[2.050s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 250M->250M(256M) 50.000ms
[3.500s][info][gc] GC(2) Pause Full (System.gc()) 255M->20M(256M) 900.000ms
[9.000s][info][safepoint] Safepoint "ThreadDump", Time since last: 1 ns, Total: 2500000000 ns
[9.900s][info][gc,start] GC(3) Pause Full (G1 Compaction Pause)
`;

describe('GC logs in the editor', () => {
  async function document(text: string): Promise<Document<GcAnalysis>> {
    const analysis = (await gcLogKind.analyse({ uri: 'file:///gc.log', text }, DEFAULT_OPTIONS)) as GcAnalysis;
    return { uri: 'file:///gc.log', text, analysis, settings: DEFAULT_SETTINGS };
  }
  const hover = async (words: string) => gcLogFeatures.hover?.(await document(TEXT), TEXT.indexOf(words) + 1)?.markdown ?? null;

  it('hover says what a pause is, what it freed, and how it compares', async () => {
    const full = await hover('Pause Full (System.gc())');
    assert.match(full ?? '', /^\*\*Pause Full \(System\.gc\(\)\)\*\*, 900\.0 ms\n\nSomebody called System\.gc\(\)/);
    assert.match(full ?? '', /Heap 255\.0 MiB → 20\.0 MiB of 256\.0 MiB \(8 % in use\); 235\.0 MiB freed\.[\s\S]*The longest of 3 pauses\./);
    assert.match(
      (await hover('24M->11M')) ?? '',
      /One of 2 of this kind, 27\.1 ms on average, 50\.0 ms at most\.\n\nThe longest of 3 pauses took 900\.0 ms\./,
    );
    assert.match((await hover('To-space')) ?? '', /no room to copy survivors/);
    assert.match((await hover('Safepoint')) ?? '', /stood still, but not for a collection/);
    assert.match((await hover('Pause Full (G1 Compaction')) ?? '', /The log ends before this pause does/);
    assert.equal(await hover('Using G1'), null);
  });

  it('outline by what matters', async () => {
    const groups = gcLogFeatures.symbols?.(await document(TEXT)) ?? [];
    assert.deepEqual(
      groups.map(({ name, detail }) => `${name}: ${detail}`),
      ['The log ends within a pause: 1', 'Full collections: 1', 'Trouble: 1', 'Stops for other reasons: 1', 'Longest pauses: 3'],
    );
  });

  it('lenses: the chart, the longest pause, the end', async () => {
    const titles = (gcLogFeatures.lenses?.(await document(TEXT)) ?? []).map(({ title }) => title);
    assert.deepEqual(titles, ['$(graph) Heap and pauses', '$(clock) The longest pause', '$(debug-stop) The log ends within this pause']);
  });

  it('findings point at their lines', async () => {
    const { analysis } = await document(TEXT);
    assert.deepEqual(
      analysis.findings.map(({ id, certainty, at: { span } }) => `${id} ${certainty}: ${TEXT.slice(span.start, span.end).slice(9, 40)}`),
      ['collector-in-trouble proved: info][gc] GC(1) To-space exhaus', 'long-gc-pause unknown: info][gc,start] GC(3) Pause Ful'],
    );
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judgeGc } from '../../../server/src/core/analysis/gcJoin.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { parseGcLog } from '../../../server/src/core/gc/index.ts';
import { gcTrackOf } from '../../../server/src/core/log/gcTrack.ts';
import { read } from './helpers.ts';

const FOLDER = path.join(__dirname, '../../fixtures/flink/1.20.3/heap-out-of-memory');

describe('GC log and Flink log of one JVM', () => {
  const text = readFileSync(path.join(FOLDER, 'taskmanager.log'), 'utf8');
  const gcText = readFileSync(path.join(FOLDER, 'taskmanager-gc.log'), 'utf8');

  it('full collections right before the failure confirm the part of the collector', async () => {
    const { log, failures } = await read(text);
    const track = gcTrackOf(await parseGcLog(gcText, NO_CHECKPOINT), log, 'gc.log');
    assert.equal(track?.offset, null);
    const verdict = judgeGc(failures.first?.time ?? null, track);
    assert.equal(verdict.verdict, 'confirmed');
    assert.match(verdict.evidence[0] ?? '', /^Pause Full .* before the failure$/);
  });

  it('different time zones are bridged, and the offset is stated', async () => {
    const { log, failures } = await read(
      text.replace(/^(\d{4}-\d\d-\d\d) (\d\d)/gm, (_, date: string, hour: string) => `${date} ${String(Number(hour) + 2).padStart(2, '0')}`),
    );
    const track = gcTrackOf(await parseGcLog(gcText, NO_CHECKPOINT), log, 'gc.log');
    assert.equal(track?.offset?.ms, 2 * 3_600_000);
    const verdict = judgeGc(failures.first?.time ?? null, track);
    assert.match(verdict.evidence.at(-1) ?? '', /Clock offset applied: 2 h 0 min/);
  });

  it('another day has nothing to say', async () => {
    const { log } = await read(text.replaceAll('2026-', '2027-'));
    assert.equal(gcTrackOf(await parseGcLog(gcText, NO_CHECKPOINT), log, 'gc.log'), null);
  });
});

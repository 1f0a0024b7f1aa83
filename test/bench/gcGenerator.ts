/** What a generated GC log holds. */
export interface GcTruth {
  collections: number;
  pauses: number;
  /** In microseconds: sums of fractions are not exact. */
  pauseMicros: number;
  fullGcs: number;
}

export interface GeneratedGcLog {
  text: string;
  truth: GcTruth;
}

class Clock {
  #seed = 7;
  ms = 0;

  random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) >>> 0;
    return (this.#seed >>> 8) % below;
  }

  pass(): void {
    this.ms += 20 + this.random(900);
  }

  get iso(): string {
    return new Date(Date.UTC(2026, 10, 20) + this.ms).toISOString().replace('Z', '+0000');
  }

  get uptime(): string {
    return (this.ms / 1000).toFixed(3);
  }
}

function generate(bytes: number, collection: (clock: Clock, id: number, truth: GcTruth) => string): GeneratedGcLog {
  const clock = new Clock();
  const truth: GcTruth = { collections: 0, pauses: 0, pauseMicros: 0, fullGcs: 0 };
  const parts: string[] = [];
  for (let length = 0, id = 0; length < bytes; id++) {
    clock.pass();
    const part = collection(clock, id, truth);
    parts.push(part);
    length += part.length;
  }
  return { text: parts.join(''), truth };
}

function pause(clock: Clock, truth: GcTruth, full: boolean): string {
  const micros = 500 + clock.random(full ? 900_000 : 40_000);
  truth.pauses++;
  truth.pauseMicros += micros;
  if (full) truth.fullGcs++;
  return (micros / 1000).toFixed(3);
}

/** -Xlog:gc*: G1 with its phases, regions and CPU times. */
export function unifiedDetailed(bytes: number): GeneratedGcLog {
  return generate(bytes, (clock, id, truth) => {
    truth.collections++;
    const full = id % 50 === 49;
    const name = full ? 'Pause Full (G1 Compaction Pause)' : 'Pause Young (Normal) (G1 Evacuation Pause)';
    const head = `[${clock.iso}][${clock.uptime}s][info][`;
    const phase = (what: string) => `${head}gc,phases    ] GC(${id})   ${what}: ${clock.random(90)}.${clock.random(9)}ms\n`;
    const regions = (what: string) =>
      `${head}gc,heap      ] GC(${id}) ${what} regions: ${clock.random(150)}->${clock.random(40)}(${clock.random(150)})\n`;
    return [
      `${head}gc,start     ] GC(${id}) ${name}\n${head}gc,task      ] GC(${id}) Using 2 workers of 2 for evacuation\n`,
      ...['Pre Evacuate Collection Set', 'Merge Heap Roots', 'Evacuate Collection Set', 'Post Evacuate Collection Set', 'Other'].map(phase),
      ...['Eden', 'Survivor', 'Old', 'Humongous'].map(regions),
      `${head}gc,metaspace ] GC(${id}) Metaspace: 6301K(6464K)->6301K(6464K) NonClass: 5600K(5696K)->5600K(5696K)\n`,
      `${head}gc           ] GC(${id}) ${name} ${200 + clock.random(50)}M->${clock.random(100)}M(256M) ${pause(clock, truth, full)}ms\n`,
      `${head}gc,cpu       ] GC(${id}) User=0.0${clock.random(9)}s Sys=0.00s Real=0.0${clock.random(9)}s\n`,
    ].join('');
  });
}

/** -Xlog:gc: nothing but a line for each pause. */
export function unifiedPlain(bytes: number): GeneratedGcLog {
  return generate(bytes, (clock, id, truth) => {
    truth.collections++;
    const full = id % 50 === 49;
    const name = full ? 'Pause Full (Ergonomics)' : 'Pause Young (Allocation Failure)';
    return `[${clock.iso}][${clock.uptime}s][info][gc] GC(${id}) ${name} ${200 + clock.random(50)}M->${clock.random(100)}M(256M) ${pause(clock, truth, full)}ms\n`;
  });
}

/** Java 8, Parallel with details, dates, causes and the times for which the threads were stopped. */
export function preUnifiedParallel(bytes: number): GeneratedGcLog {
  return generate(bytes, (clock, id, truth) => {
    truth.collections++;
    const full = id % 50 === 49;
    const stamp = `${clock.iso}: ${clock.uptime}: `;
    const seconds = (Number(pause(clock, truth, full)) / 1000).toFixed(7);
    const sizes = () => `${200_000 + clock.random(50_000)}K->${clock.random(100_000)}K(262144K)`;
    const old = full ? `[ParOldGen: ${sizes()}] ${sizes()}, [Metaspace: 3645K->3645K(1056768K)]` : sizes();
    const entry = `[${full ? 'Full GC (Ergonomics)' : 'GC (Allocation Failure)'} [PSYoungGen: ${sizes()}] ${old}, ${seconds} secs]`;
    return `${stamp}Application time: 0.3${clock.random(999_999)} seconds\n${stamp}${entry} [Times: user=0.31 sys=0.01, real=0.06 secs] \n${stamp}Total time for which application threads were stopped: 0.0${clock.random(999_999)} seconds, Stopping threads took: 0.0000231 seconds\n`;
  });
}

/** Java 8, G1 with its dozens of lines for each pause. */
export function preUnifiedG1(bytes: number): GeneratedGcLog {
  const DETAILS = [
    'GC Worker Start (ms)',
    'Ext Root Scanning (ms)',
    'Update RS (ms)',
    'Scan RS (ms)',
    'Object Copy (ms)',
    'Termination (ms)',
    'GC Worker Total (ms)',
  ];
  return generate(bytes, (clock, _id, truth) => {
    truth.collections++;
    const seconds = (Number(pause(clock, truth, false)) / 1000).toFixed(7);
    const details = DETAILS.map(
      (what) =>
        `      [${what}: Min: ${clock.random(99)}.1, Avg: ${clock.random(99)}.3, Max: ${clock.random(99)}.4, Diff: 0.3, Sum: ${clock.random(999)}.3]\n`,
    );
    return `${clock.iso}: ${clock.uptime}: [GC pause (G1 Evacuation Pause) (young), ${seconds} secs]\n   [Parallel Time: 2.1 ms, GC Workers: 8]\n${details.join('')}   [Code Root Fixup: 0.0 ms]\n   [Clear CT: 0.1 ms]\n   [Other: 0.3 ms]\n   [Eden: 18.0M(24.0M)->0.0B(5120.0K) Survivors: 0.0B->0.0B Heap: ${200 + clock.random(50)}.5M(256.0M)->${clock.random(100)}.0M(256.0M)]\n [Times: user=0.02 sys=0.01, real=0.02 secs] \n`;
  });
}

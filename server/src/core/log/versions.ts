import type { Span } from '../../../../common/span.ts';
import { versionNamed, versionSet } from '../flinkVersion.ts';
import type { FlinkVersion } from '../model.ts';
import type { LogEvent, ProcessFacts, TraceFrame } from './model.ts';

/** Connectors have version numbers of their own since 1.16 and say nothing about Flink. */
const FLINK_JAR =
  /^flink-(dist|runtime|streaming-(?:java|scala)|core|java|scala|clients|optimizer|yarn|kubernetes|rpc-(?:akka|core)|python|cep|sql-(?:client|gateway)|statebackend-\w{1,40}|(?:s3|oss|gs|azure|swift)-fs|table-(?:blink|runtime|planner|api|common|uber))(?:[\w-]*?(?:_\d+\.\d+)?)(?:-(\d+\.\d+(?:\.\d+)?(?:-[\w.-]+)?))?\.jar$/;
const MAX_LINES = 200;
const MAX_SETTINGS = 500;

/** Since 1.19 values are printed as YAML. */
const unquoted = (value: string): string => /^(['"])(.*)\1$/.exec(value.trim())?.[2] ?? value.trim();

/** Collects what the log says about the process that wrote it. */
export class VersionVotes {
  readonly #flink = new Map<string, { count: number; span: Span }>();
  readonly #dist = new Set<string>();
  readonly #banners = new Set<string>();
  #jdk: ProcessFacts['jdk'] = null;
  #banner: ProcessFacts['flink'] = null;
  #component: string | null = null;
  readonly #memory: ProcessFacts['memory'] = [];
  readonly #options: ProcessFacts['jvmOptions'] = [];
  readonly #settings = new Map<string, ProcessFacts['settings'][number]>();

  frames(frames: readonly TraceFrame[]): void {
    for (const frame of frames) {
      if (frame.jar === null) continue;
      const jar = FLINK_JAR.exec(frame.jar.name);
      const version = jar === null ? undefined : (jar[2] ?? (/^\d+\.\d/.test(frame.jar.version) ? frame.jar.version : undefined));
      if (version !== undefined) {
        // What the cluster runs is in flink-dist; other jars of Flink may have come with the job.
        if (jar?.[1] === 'dist') this.#dist.add(version);
        const known = this.#flink.get(version);
        if (known === undefined) this.#flink.set(version, { count: 1, span: frame.span });
        else known.count++;
      } else if (this.#jdk === null && frame.jar.name === '?' && /^[\d._]+/.test(frame.jar.version) && frame.className.startsWith('java.')) {
        this.#jdk = { version: frame.jar.version, evidence: 'jar-tag', span: frame.span };
      }
    }
  }

  event(event: LogEvent): void {
    const { fields } = event;
    switch (event.id) {
      case 'start-banner':
        this.#component ??= fields.component ?? null;
        if (fields.version !== undefined && /^\d/.test(fields.version)) {
          this.#banners.add(fields.version);
          this.#banner ??= { version: fields.version, evidence: 'banner', span: event.span };
        }
        break;
      case 'jvm-banner':
        this.#jdk = { version: fields.jvm ?? '', evidence: 'banner', span: event.span };
        break;
      case 'memory-line':
        if (this.#memory.length < MAX_LINES) this.#memory.push({ name: fields.name ?? '', bytes: Number(fields.bytes), span: event.span });
        break;
      case 'jvm-option':
        if (this.#options.length < MAX_LINES) this.#options.push({ text: fields.option ?? '', span: event.span });
        break;
      case 'configuration-property': {
        const key = fields.key ?? '';
        if (this.#settings.size < MAX_SETTINGS || this.#settings.has(key))
          this.#settings.set(key, { key, value: unquoted(fields.value ?? ''), span: event.span });
        break;
      }
    }
  }

  facts(): ProcessFacts {
    const tagged = this.#dist.size > 0 ? this.#dist : new Set(this.#flink.keys());
    const named = this.#banners.size > 0 ? this.#banners : tagged;
    const [version] = named;
    let flink = this.#banner;
    if (flink === null && version !== undefined) flink = { version, evidence: 'jar-tag', span: (this.#flink.get(version) as { span: Span }).span };
    // Two versions in one text: which of them a record belongs to is not known.
    const conflict = named.size > 1 ? { versions: [...named], span: (flink as { span: Span }).span } : null;
    if (conflict !== null) flink = null;
    const component = this.#component;
    const side = component === null ? null : /task/i.test(component) ? 'TM' : 'JM';
    return {
      component,
      side,
      flinkConflict: conflict,
      jdk: this.#jdk,
      memory: this.#memory,
      jvmOptions: this.#options,
      settings: [...this.#settings.values()],
      flink,
    };
  }
}

/** The version for the analysis: what the user says wins over what the log says. */
export function flinkVersionOf(facts: ProcessFacts, setting: string): FlinkVersion | null {
  return versionSet(setting) ?? (facts.flink === null ? null : versionNamed(facts.flink.version, facts.flink.evidence));
}

/** Update number of Java 8 ("1.8.0_181" -> 181); null for other versions and texts without it. */
export function java8Update(jdk: string): number | null {
  const match = /1\.8\.0_(\d+)/.exec(jdk) ?? /\b8u(\d+)/.exec(jdk);
  return match === null ? null : Number(match[1]);
}

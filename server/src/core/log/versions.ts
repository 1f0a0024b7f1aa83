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

/** What a log says about the process that wrote it, as it was collected: plain values. */
export interface Votes {
  /** Versions that jars of Flink are tagged with, and where each was met first. */
  flink: Map<string, { count: number; span: Span }>;
  /** Those of flink-dist among them. */
  dist: Set<string>;
  banners: Set<string>;
  jdk: ProcessFacts['jdk'];
  banner: ProcessFacts['flink'];
  component: string | null;
  memory: ProcessFacts['memory'];
  options: ProcessFacts['jvmOptions'];
  settings: Map<string, ProcessFacts['settings'][number]>;
}

/** Collects what the log says about the process that wrote it. */
export class VersionVotes {
  readonly votes: Votes = {
    flink: new Map(),
    dist: new Set(),
    banners: new Set(),
    jdk: null,
    banner: null,
    component: null,
    memory: [],
    options: [],
    settings: new Map(),
  };

  frames(frames: readonly TraceFrame[]): void {
    const { votes } = this;
    for (const frame of frames) {
      if (frame.jar === null) continue;
      const jar = FLINK_JAR.exec(frame.jar.name);
      const version = jar === null ? undefined : (jar[2] ?? (/^\d+\.\d/.test(frame.jar.version) ? frame.jar.version : undefined));
      if (version !== undefined) {
        // What the cluster runs is in flink-dist; other jars of Flink may have come with the job.
        if (jar?.[1] === 'dist') votes.dist.add(version);
        this.#tagged(version, 1, frame.span);
      } else if (votes.jdk === null && frame.jar.name === '?' && /^[\d._]+/.test(frame.jar.version) && frame.className.startsWith('java.')) {
        votes.jdk = { version: frame.jar.version, evidence: 'jar-tag', span: frame.span };
      }
    }
  }

  #tagged(version: string, count: number, span: Span): void {
    const known = this.votes.flink.get(version);
    if (known === undefined) this.votes.flink.set(version, { count, span });
    else known.count += count;
  }

  event(event: LogEvent): void {
    const { votes } = this;
    const { fields, span } = event;
    switch (event.id) {
      case 'start-banner':
        votes.component ??= fields.component ?? null;
        if (fields.version !== undefined && /^\d/.test(fields.version)) {
          votes.banners.add(fields.version);
          votes.banner ??= { version: fields.version, evidence: 'banner', span };
        }
        break;
      case 'jvm-banner':
        votes.jdk = { version: fields.jvm ?? '', evidence: 'banner', span };
        break;
      case 'memory-line':
        if (votes.memory.length < MAX_LINES) votes.memory.push({ name: fields.name ?? '', bytes: Number(fields.bytes), span });
        break;
      case 'jvm-option':
        if (votes.options.length < MAX_LINES) votes.options.push({ text: fields.option ?? '', span });
        break;
      case 'configuration-property':
        this.#setting({ key: fields.key ?? '', value: unquoted(fields.value ?? ''), span });
        break;
    }
  }

  #setting(setting: ProcessFacts['settings'][number]): void {
    const { settings } = this.votes;
    if (settings.size < MAX_SETTINGS || settings.has(setting.key)) settings.set(setting.key, setting);
  }

  /** What was collected of the part of the log that follows; `offset`: where that begins. */
  add(later: Votes, offset: number): void {
    const { votes } = this;
    const placed = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
    const moved = <T extends { span: Span }>(one: T): T => ({ ...one, span: placed(one.span) });
    for (const [version, { count, span }] of later.flink) this.#tagged(version, count, placed(span));
    for (const version of later.dist) votes.dist.add(version);
    for (const version of later.banners) votes.banners.add(version);
    if (later.jdk !== null && (votes.jdk === null || later.jdk.evidence === 'banner')) votes.jdk = moved(later.jdk);
    votes.banner ??= later.banner === null ? null : moved(later.banner);
    votes.component ??= later.component;
    votes.memory.push(...later.memory.slice(0, MAX_LINES - votes.memory.length).map(moved));
    votes.options.push(...later.options.slice(0, MAX_LINES - votes.options.length).map(moved));
    for (const setting of later.settings.values()) this.#setting(moved(setting));
  }

  facts(): ProcessFacts {
    const { votes } = this;
    const tagged = votes.dist.size > 0 ? votes.dist : new Set(votes.flink.keys());
    const named = votes.banners.size > 0 ? votes.banners : tagged;
    const [version] = named;
    let flink = votes.banner;
    if (flink === null && version !== undefined) flink = { version, evidence: 'jar-tag', span: (votes.flink.get(version) as { span: Span }).span };
    // Two versions in one text: which of them a record belongs to is not known.
    const conflict = named.size > 1 ? { versions: [...named], span: (flink as { span: Span }).span } : null;
    if (conflict !== null) flink = null;
    const { component } = votes;
    const side = component === null ? null : /task/i.test(component) ? 'TM' : 'JM';
    return {
      component,
      side,
      flinkConflict: conflict,
      jdk: votes.jdk,
      memory: votes.memory,
      jvmOptions: votes.options,
      settings: [...votes.settings.values()],
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

/** A version of Flink and how it is put together. */
export interface Version {
  /** The API of 1.x or that of 2.x. */
  api: 'v1' | 'v2';
  /** Suffix of the artifacts that depend on Scala. */
  scala: string;
  log4j: string;
  /** Maven profile of dist/pom.xml that brings the Table API and the planner. */
  table: string;
  /** The slf4j reporter is on Maven Central. */
  reporters?: boolean;
  /** Name of its configuration file. */
  config: string;
}

/** The Flink versions of the lab and how to put each together from Maven Central. The newest comes first. */
export const VERSIONS: Record<string, Version> = {
  '2.3.0': { api: 'v2', scala: '', log4j: '2.24.3', table: 'table-uber', reporters: true, config: 'config.yaml' },
  '1.20.3': { api: 'v1', scala: '', log4j: '2.24.3', table: 'table-modules', config: 'config.yaml' },
  '1.18.1': { api: 'v1', scala: '', log4j: '2.17.1', table: 'table-uber', config: 'flink-conf.yaml' },
  '1.13.1': { api: 'v1', scala: '_2.12', log4j: '2.12.1', table: 'table-blink', config: 'flink-conf.yaml' },
};

/** Versions of which clusters are asked (`--live`) and nothing is recorded: their answers differ from those of their neighbours. */
const ASKED_ONLY: Record<string, Version> = {
  '2.0.0': { api: 'v2', scala: '', log4j: '2.17.1', table: 'table-uber', config: 'config.yaml' },
  '1.16.3': { api: 'v1', scala: '', log4j: '2.17.1', table: 'table-modules', config: 'flink-conf.yaml' },
};

export const LIVE_VERSIONS: readonly string[] = ['1.13.1', '1.16.3', '1.18.1', '1.20.3', '2.0.0', '2.3.0'];

export const NEWEST = Object.keys(VERSIONS)[0] as string;

/** @throws for a version that the lab does not have */
export function versionOf(flinkVersion: string): Version {
  const version = VERSIONS[flinkVersion] ?? ASKED_ONLY[flinkVersion];
  if (version === undefined) throw new Error(`The lab has no Flink ${flinkVersion}.`);
  return version;
}

/** What bin/config.sh passes from Java 9 on (env.java.opts.all of Flink 2), enough for the old versions too. */
export const JAVA_OPTIONS = [
  '--add-exports=java.base/sun.net.util=ALL-UNNAMED',
  '--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED',
  '--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED',
  '--add-opens=java.base/java.lang=ALL-UNNAMED',
  '--add-opens=java.base/java.net=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--add-opens=java.base/java.lang.reflect=ALL-UNNAMED',
  '--add-opens=java.base/java.text=ALL-UNNAMED',
  '--add-opens=java.base/java.time=ALL-UNNAMED',
  '--add-opens=java.base/java.util=ALL-UNNAMED',
  '--add-opens=java.base/java.util.concurrent=ALL-UNNAMED',
  '--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED',
  '--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED',
];

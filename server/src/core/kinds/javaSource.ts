import { hasPathPart } from '../../../../common/uri.ts';
import { mayHoldCallbacks, ownCallbacks, readJava } from '../analysis/java/guarded.ts';
import { mayConcernJobs } from '../analysis/java/jobs/index.ts';
import { lockOrder } from '../analysis/java/lockOrder.ts';
import type { JavaAnalysis, JavaModel, JavaUnit, LockOrder } from '../analysis/java/model.ts';
import { packagesToAsk } from '../analysis/java/neighbours.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { settle } from '../findings.ts';
import { openJava } from '../java/open.ts';
import { unread } from '../java/parse.ts';
import { packageOf } from '../java/syntax.ts';
import { usesFlink } from '../java/uses.ts';
import { LOCK_CALLBACKS } from '../knowledge/lockCallbacks.ts';
import { LeastRecentlyUsed } from '../lru.ts';
import type { Finding, Input, JavaSources, Options } from '../model.ts';
import type { Problem } from '../problems.ts';
import { javaRules } from '../rules/java/index.ts';
import { inFile } from '../rules/java/inFile.ts';
import { inTurns } from '../unwrap/steps.ts';
import { javaSummary } from '../views/java/summary.ts';
import { defineKind } from './kind.ts';

/** Flink's own sources and programs that use Flink; other Java files only when the setting names them. */
function concerns(uri: string, text: string, options: Options): boolean {
  if (usesFlink(text)) return true;
  return hasPathPart(uri, options.settings['logjam.java.files'], options.foldsCase === true);
}

/** Sources that were parsed for one file are wanted for the next one as well. */
const MAX_KEPT = 400;
const parsed = new LeastRecentlyUsed<string, JavaModel>(MAX_KEPT);

function modelOf(uri: string, text: string): JavaModel {
  const key = `${uri}\n${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const model = readJava(uri, text);
  parsed.set(key, model);
  return model;
}

async function orderOf(model: JavaModel, sources: JavaSources, checkpoint: Checkpoint): Promise<LockOrder | null> {
  const packages = packagesToAsk(model);
  if (packages.length === 0) return null;
  const models: JavaModel[] = [];
  for (const { uri, text } of await sources.around(model.uri, packageOf(model.scope.source), packages)) {
    models.push(modelOf(uri, text));
    if (checkpoint.due()) await checkpoint.pause();
  }
  return models.length === 0 ? null : lockOrder(model, models);
}

/** The places in other files on the ways to and from a lock. */
function withPlaces(findings: readonly Finding[], model: JavaModel): Finding[] {
  const { order } = model;
  if (order === null) return [...findings];
  return findings.map((found) => {
    const at = found.at.span.start;
    const here = (call: { nameNode: { from: number } }): boolean => call.nameNode.from === at;
    const opposite = order.opposites.find(({ call }) => here(call));
    const back = order.comesBack.find(({ call }) => here(call));
    const steps = opposite !== undefined ? [...opposite.way, ...opposite.back] : (back?.way ?? []);
    if (steps.length === 0) return found;
    return { ...found, related: [...found.related, ...steps.map(({ uri, method, span }) => ({ message: method, at: { document: uri, span } }))] };
  });
}

async function analyse(input: Input, options: Options): Promise<JavaAnalysis> {
  const { sources, packings } = await inTurns(openJava(input.text), options.checkpoint);
  const units: JavaUnit[] = [];
  for (const opened of sources) units.push({ ...opened, model: await look(input.uri, opened.source.text, packings === null, options) });
  const drafts = units.map(({ model }) =>
    model === null ? [] : javaRules.flatMap((rule) => rule.check(model, { settings: options.settings, uri: input.uri })),
  );
  const settled = settle(drafts.flat(), input.uri);
  const findings: Finding[] = [];
  for (const [index, unit] of units.entries()) {
    const own = settled.splice(0, drafts[index]?.length ?? 0);
    if (unit.model !== null) findings.push(...inFile(withPlaces(own, unit.model), unit, packings, input.text));
  }
  return {
    kind: 'java-source',
    dialect: 'java',
    flinkVersion: null,
    problems: units.flatMap((unit) => problemsOf(unit, input.text)),
    findings,
    units,
  };
}

/** @param isFile the source is a file of its own: what is quoted somewhere belongs to no project */
async function look(uri: string, text: string, isFile: boolean, options: Options): Promise<JavaModel | null> {
  const own = ownCallbacks(options.settings['logjam.java.callbacks']);
  if (!concerns(uri, text, options)) return null;
  if (!mayHoldCallbacks(text, [...LOCK_CALLBACKS, ...own]) && !mayConcernJobs(text)) return null;
  const model = readJava(uri, text, own);
  if (options.checkpoint.due()) await options.checkpoint.pause();
  if (options.sources === undefined || !isFile) return model;
  model.order = await orderOf(model, options.sources, options.checkpoint);
  if (model.guarded.length > 0) model.width = await options.sources.width(uri);
  return model;
}

const problemsOf = ({ model, source }: JavaUnit, file: string): Problem[] =>
  model === null ? [] : unread(model.scope.source, file, (offset) => source.span(offset, offset).start);

export const javaSourceKind = defineKind('java-source', {
  analyse,
  summary: javaSummary,
  digest: () => ({}),
  verdict: () => null,
  graphs: {},
  documents: {},
  texts: {},
});

import type { Kind } from '../../../common/ids.ts';
import type { Incident, IncidentPlace } from '../../../common/incident.ts';
import { fingerprint } from '../core/findings.ts';
import { conclude } from '../core/incident/conclude.ts';
import { digestFiles } from '../workspace/incidents.ts';
import { PATIENT, type Waiter } from '../workspace/waiters.ts';
import type { Analysed, Workspace } from '../workspace/workspace.ts';
import type { Asker } from './asker.ts';
import { ToolError } from './toolError.ts';
import { CASES } from './words.ts';

/** So many are kept; those that were asked for longest ago are forgotten. */
const MAX_CASES = 20;

/** Files, folders and archives that were opened as one incident. Its ids of findings and threads hold as long as the files do not change. */
export interface Case {
  id: string;
  /** As they were asked for. */
  paths: readonly string[];
  incident: Incident;
  /** Where the sources are, by their names. */
  uris: ReadonlyMap<string, string>;
}

/**
 * Where a path that an assistant names lies.
 * @throws ToolError where it may not be read
 */
export type Reach = (path: string) => Promise<string>;

/** What was opened, by ids that are made of what was named: who asks twice gets the same. */
export class Cases {
  readonly workspace: Workspace;
  readonly reach: Reach;
  readonly #open = new Map<string, Case>();
  /** What was opened before this thread began, by its id. */
  readonly #before: ReadonlyMap<string, readonly string[]>;

  constructor(workspace: Workspace, reach: Reach, before: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.workspace = workspace;
    this.reach = reach;
    this.#before = before;
  }

  /** Reads all that is named and concludes from it. */
  async open(paths: readonly string[], asker: Asker = PATIENT): Promise<Case> {
    const from: string[] = [];
    for (const path of paths) from.push(await this.reach(path));
    const { digest, uris } = await digestFiles(this.workspace, from, { waiter: asker, say: (message) => asker.progress?.(message) });
    if (digest.sources.length === 0) throw new ToolError(CASES.nothing(digest.unread.map(({ name, why }) => `${name}: ${why}`)));
    const incident = await conclude(digest, await this.workspace.settingsOf(from[0] ?? ''));
    const id = `case-${fingerprint(from.join('\n')).slice(-6)}`;
    const found = { id, paths, incident, uris };
    this.#open.delete(id);
    this.#open.set(id, found);
    for (const old of [...this.#open.keys()].slice(0, -MAX_CASES)) this.#open.delete(old);
    return found;
  }

  /** @throws ToolError where nothing of that id was opened */
  async of(id: string): Promise<Case> {
    const found = this.#open.get(id);
    if (found !== undefined) return found;
    const paths = this.#before.get(id);
    if (paths === undefined) throw new ToolError(CASES.unknown(id, [...this.#open.keys()]));
    return this.open(paths);
  }

  /**
   * A source of a case with its analysis.
   * @throws ToolError where the case has none of that name, or it is not there any more
   */
  async source({ id, uris }: Case, name: string, waiter: Waiter = PATIENT): Promise<Analysed> {
    const uri = uris.get(name);
    if (uri === undefined) throw new ToolError(CASES.noSource(id, name, [...uris.keys()]));
    const found = await this.workspace.analysis(uri, { waiter });
    if (found === null) throw new ToolError(CASES.gone(name));
    return found;
  }
}

/** Names of the sources of these kinds, in the order of the case. */
export const sourcesOf = ({ incident }: Case, ...kinds: readonly Kind[]): string[] =>
  incident.coverage.read.filter(({ kind }) => kinds.includes(kind)).map(({ source }) => source);

/** "taskmanager.log:191", as editors open it. */
export const placeText = ({ source, line }: IncidentPlace): string => `${source}:${line + 1}`;

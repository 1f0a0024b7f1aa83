import type { JavaAnalysis } from '../../analysis/java/model.ts';

/** The `summary` of the command line's JSON for a Java source: what calls back while a lock is held. */
export interface JavaSummary {
  callbacksUnderLock: {
    method: string;
    locks: string[];
    /** Methods that lead to the call. */
    through: string[];
  }[];
}

export function javaSummary({ units }: JavaAnalysis): JavaSummary {
  return {
    callbacksUnderLock: units
      .flatMap(({ model }) => model?.guarded ?? [])
      .map(({ callback, paths }) => ({
        method: callback.entry.method,
        locks: [...new Set(paths.flatMap((path) => path.locks.map((lock) => lock.lock)))],
        through: paths[0]?.steps.map((step) => step.name) ?? [],
      })),
  };
}

/** Told what runs, so that who watches over the thread knows what it is at when it does not give way. */
export interface Watch {
  /** From now on it runs for a document, file or set, and may take so many seconds; `version`: of the open document that it reads. */
  enter(uri: string, limit: number, version?: number): void;
  /** Nothing runs. */
  leave(): void;
  /** Something has given way all along, and was stopped because it passed its limit. */
  stopped(uri: string, limit: number): void;
}

export const UNWATCHED: Watch = { enter: () => undefined, leave: () => undefined, stopped: () => undefined };

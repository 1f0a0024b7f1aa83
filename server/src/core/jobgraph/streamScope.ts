/**
 * Where an operator stands among nested loops (FLIP-15, "Scoped Loops"): a path of ids from the default scope
 * `[0]` inwards. The meaning is the proposal's, not that of its prototype, in which isInnerOf was never true
 * and root.unnest() gave an empty path.
 */
export class StreamScope {
  readonly #outer: StreamScope | null;
  readonly #id: number;
  readonly #level: number;
  /** Last id given out below this root; shared by all scopes of the root. */
  readonly #counter: { last: number };

  private constructor(outer: StreamScope | null, id: number, counter: { last: number }) {
    this.#outer = outer;
    this.#id = id;
    this.#level = outer === null ? 0 : outer.#level + 1;
    this.#counter = counter;
  }

  /** The default scope of everything outside of loops. All roots are equal; ids below each start at 1. */
  static root(): StreamScope {
    return new StreamScope(null, 0, { last: 0 });
  }

  /** A new scope inside this one, distinct from every other, as each call of iterate() opens one. */
  nest(): StreamScope {
    return new StreamScope(this, ++this.#counter.last, this.#counter);
  }

  /** The scope around this one. @throws RangeError on the default scope, which has none. */
  unnest(): StreamScope {
    if (this.#outer === null) throw new RangeError('The default scope has no outer scope');
    return this.#outer;
  }

  /** Number of outer scopes: 0 for the default scope. */
  getLevel(): number {
    return this.#level;
  }

  /** Id and scope at a level of this scope's path. @throws RangeError outside 0 to getLevel(). */
  getContextForLevel(level: number): { id: number; scope: StreamScope } {
    if (!Number.isInteger(level) || level < 0 || level > this.#level) {
      throw new RangeError(`Level ${level} is not between 0 and ${this.#level}`);
    }
    let scope: StreamScope = this;
    while (scope.#level > level) scope = scope.#outer as StreamScope;
    return { id: scope.#id, scope };
  }

  /** Id of the innermost loop of the path; 0 for the default scope. */
  getCurrentLevelContext(): number {
    return this.#id;
  }

  /** True when `other` is a proper outer scope of this one. */
  isInnerOf(other: StreamScope): boolean {
    return this.#level > other.#level && this.getContextForLevel(other.#level).scope.equals(other);
  }

  isOuterOf(other: StreamScope): boolean {
    return other.isInnerOf(this);
  }

  /** Operators in exactly the same loop have equal scopes. */
  equals(other: StreamScope): boolean {
    return this === other || (this.#level === 0 && other.#level === 0);
  }

  /** From the next outer scope to the default scope; empty for the default scope. */
  outerScopes(): StreamScope[] {
    const result: StreamScope[] = [];
    for (let scope = this.#outer; scope !== null; scope = scope.#outer) result.push(scope);
    return result;
  }

  /** Ids from the default scope inwards, such as [0, 1, 3]. */
  get path(): number[] {
    const result: number[] = [];
    for (let scope: StreamScope | null = this; scope !== null; scope = scope.#outer) result.push(scope.#id);
    return result.reverse();
  }

  /** The innermost scope that holds both. */
  commonWith(other: StreamScope): StreamScope {
    let a: StreamScope = this;
    let b = other;
    while (a.#level > b.#level) a = a.unnest();
    while (b.#level > a.#level) b = b.unnest();
    while (!a.equals(b)) {
      a = a.unnest();
      b = b.unnest();
    }
    return a;
  }

  toString(): string {
    return `[${this.path.join(', ')}]`;
  }
}

/** A map of so many entries at most; then the oldest goes: names that strangers make up must not fill an isolate. */
export class Bounded<V> extends Map<string, V> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(name: string, value: V): this {
    const [oldest] = this.size >= this.#most && !this.has(name) ? this.keys() : [];
    if (oldest !== undefined) this.delete(oldest);
    return super.set(name, value);
  }
}

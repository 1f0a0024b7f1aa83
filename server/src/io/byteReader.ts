/** Reads what Java writes, from a place on; throws a RangeError where that is not there. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Bytes that follow. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    if (!(length >= 0 && this.#at >= 0 && length <= this.left)) throw new RangeError('there are not so many bytes');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.take(length));
  }

  /** Two bytes, without a sign. */
  short(): number {
    return this.unsigned(2);
  }

  unsigned(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }
}

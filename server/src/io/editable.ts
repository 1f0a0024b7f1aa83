import { decode } from './decode.ts';

/** A text as its editing needs it: what is not edited keeps its bytes. */
export interface Editable {
  /** Without the byte order mark. */
  text: string;
  /** The bytes of another text in the same encoding, with the mark where there was one. */
  bytes(text: string): Uint8Array;
}

const MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Bytes to be edited as a text: UTF-8, or any encoding of one byte a character that has ASCII in its place (Latin-1,
 * Windows-1252 …), whose other bytes go through as they are. Null for UTF-16 and for what is no text.
 */
export function editable(bytes: Uint8Array): Editable | null {
  if (decode(bytes).encoding.startsWith('utf-16') || bytes.includes(0)) return null;
  const marked = MARK.every((byte, at) => bytes[at] === byte);
  const plain = marked ? bytes.subarray(MARK.length) : bytes;
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const text = strict.decode(plain);
    return { text, bytes: (changed) => joined(marked ? MARK : [], new TextEncoder().encode(changed)) };
  } catch {
    const bytesOf = (changed: string) => Uint8Array.from(changed, (character) => character.charCodeAt(0));
    return { text: latin1(plain), bytes: (changed) => joined(marked ? MARK : [], bytesOf(changed)) };
  }
}

/** One character a byte. A TextDecoder of that name reads Windows-1252, which does not lead back. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return text;
}

function joined(mark: readonly number[], bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(mark.length + bytes.length);
  all.set(mark);
  all.set(bytes, mark.length);
  return all;
}

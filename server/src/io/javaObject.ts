import { ByteReader } from './byteReader.ts';

/**
 * Objects as Java serializes them, as far as plain data needs it: objects with their fields, collections, strings, enums and arrays
 * of objects. Classes are not known here: what stands in the bytes is what an object is.
 * Source: Java Object Serialization Specification, chapter 6 (java.io.ObjectStreamConstants).
 */
export type JavaValue = JavaObject | string | number | boolean | bigint | null | JavaValue[];

export interface JavaObject {
  className: string;
  fields: Map<string, JavaValue>;
  /** What the class has written by itself, without plain bytes: the elements of a list, keys and values of a map in turns. */
  written: JavaValue[];
}

/** Of a stream: magic number and version. */
export const STREAM_HEAD = [0xac, 0xed, 0x00, 0x05];

const [NULL, REFERENCE, CLASS, OBJECT, STRING, ARRAY] = [0x70, 0x71, 0x72, 0x73, 0x74, 0x75];
const [BLOCK, END, LONG_BLOCK, LONG_STRING, ENUM] = [0x77, 0x78, 0x7a, 0x7c, 0x7e];
/** Flags of a class. */
const [WRITES_ITSELF, HAS_FIELDS] = [1, 2];
/** Deeper lies nothing that is data. */
const MAX_DEPTH = 100;

interface JavaClass {
  name: string;
  flags: number;
  fields: { name: string; type: string }[];
  parent: JavaClass | null;
}

/** The first object of a stream. @throws RangeError where the bytes are not those of one, or of one that is not read here */
export function readJavaObject(bytes: Uint8Array): JavaValue {
  if (!STREAM_HEAD.every((byte, at) => bytes[at] === byte)) throw new RangeError('no serialized object');
  return new ObjectReader(new ByteReader(bytes, STREAM_HEAD.length)).value();
}

class ObjectReader {
  readonly #from: ByteReader;
  /** What has been read, by the numbers that later mentions have. */
  readonly #known: (JavaValue | JavaClass)[] = [];
  #depth = 0;

  constructor(from: ByteReader) {
    this.#from = from;
  }

  value(): JavaValue {
    return this.#content(this.#from.unsigned(1));
  }

  #content(code: number): JavaValue {
    if (++this.#depth > MAX_DEPTH) throw new RangeError('objects too deep in one another');
    try {
      switch (code) {
        case NULL:
          return null;
        case REFERENCE:
          return this.#reference() as JavaValue;
        case STRING:
          return this.#remember(this.#from.text(this.#from.short()));
        case LONG_STRING:
          return this.#remember(this.#from.text(this.#from.unsigned(8)));
        case OBJECT:
          return this.#object();
        case ARRAY:
          return this.#array();
        case ENUM:
          return this.#enum();
        default:
          throw new RangeError(`code ${code} is not read`);
      }
    } finally {
      this.#depth--;
    }
  }

  #remember<T extends JavaValue | JavaClass>(value: T): T {
    this.#known.push(value);
    return value;
  }

  #reference(): JavaValue | JavaClass {
    // Numbers begin at 0x7e0000.
    const known = this.#known[this.#from.unsigned(4) - 0x7e0000];
    if (known === undefined) throw new RangeError('a reference to nothing');
    return known;
  }

  #class(): JavaClass | null {
    const code = this.#from.unsigned(1);
    if (code === NULL) return null;
    if (code === REFERENCE) return this.#reference() as JavaClass;
    if (code !== CLASS) throw new RangeError(`code ${code} in place of a class`);
    if (++this.#depth > MAX_DEPTH) throw new RangeError('classes too deep in one another');
    const name = this.#from.text(this.#from.short());
    this.#from.take(8);
    const made: JavaClass = this.#remember({ name, flags: 0, fields: [], parent: null });
    made.flags = this.#from.unsigned(1);
    for (let left = this.#from.short(); left > 0; left--) {
      const type = String.fromCharCode(this.#from.unsigned(1));
      made.fields.push({ name: this.#from.text(this.#from.short()), type });
      // The name of the field's class.
      if (type === 'L' || type === '[') this.value();
    }
    this.#written();
    made.parent = this.#class();
    this.#depth--;
    return made;
  }

  #object(): JavaObject {
    const type = this.#class();
    const made: JavaObject = this.#remember({ className: type?.name ?? '', fields: new Map(), written: [] });
    const classes: JavaClass[] = [];
    for (let at = type; at !== null && classes.length < MAX_DEPTH; at = at.parent) classes.unshift(at);
    for (const { fields, flags } of classes) {
      if ((flags & HAS_FIELDS) === 0) throw new RangeError('an object that writes itself as a whole');
      for (const field of fields) made.fields.set(field.name, this.#field(field.type));
      if ((flags & WRITES_ITSELF) !== 0) made.written.push(...this.#written());
    }
    return made;
  }

  #field(type: string): JavaValue {
    const view = (length: number) => {
      const bytes = this.#from.take(length);
      return new DataView(bytes.buffer, bytes.byteOffset, length);
    };
    switch (type) {
      case 'B':
        return view(1).getInt8(0);
      case 'C':
        return String.fromCharCode(this.#from.short());
      case 'D':
        return view(8).getFloat64(0);
      case 'F':
        return view(4).getFloat32(0);
      case 'I':
        return view(4).getInt32(0);
      case 'J':
        return view(8).getBigInt64(0);
      case 'S':
        return view(2).getInt16(0);
      case 'Z':
        return this.#from.unsigned(1) !== 0;
      case 'L':
      case '[':
        return this.value();
      default:
        throw new RangeError(`a field of type ${type}`);
    }
  }

  /** What a class has written by itself, up to its end. */
  #written(): JavaValue[] {
    const values: JavaValue[] = [];
    for (;;) {
      const code = this.#from.unsigned(1);
      if (code === END) return values;
      if (code === BLOCK) this.#from.take(this.#from.unsigned(1));
      else if (code === LONG_BLOCK) this.#from.take(this.#from.unsigned(4));
      else values.push(this.#content(code));
    }
  }

  #array(): JavaValue[] {
    const type = this.#class()?.name.charAt(1) ?? '';
    const made: JavaValue[] = this.#remember([]);
    for (let left = this.#from.unsigned(4); left > 0; left--) made.push(this.#field(type));
    return made;
  }

  #enum(): JavaValue {
    this.#class();
    const at = this.#known.length;
    this.#known.push(null);
    const name = this.value();
    this.#known[at] = name;
    return name;
  }
}

// Where everything stands in the scanner's memory, in bytes.

/** Of the timestamp: `flip`, `mask` and `room` of 64 bytes each; see `isStamp`. */
export const SHAPE: i32 = 1024;
/** The timestamp of the record before those of a scan, and of the last one in it, with what stands before it: 64 bytes each. */
export const BEFORE: i32 = 1280;
export const LATEST: i32 = 1344;
/** Number of records by level, u32 each, in the order TRACE to FATAL. */
export const LEVELS: i32 = 2048;
/** Beginnings of messages of which enough are known, and how many more there were: length, count, bytes. */
export const KNOWN: i32 = 4096;
export const KNOWN_SIZE: i32 = 128;
export const MAX_KNOWN: i32 = 96;
/** Phrases that make a record of a foreign logger wanted: length, bytes. */
export const PHRASES: i32 = 16_384;
export const PHRASE_SIZE: i32 = 64;
export const MAX_PHRASES: i32 = 16;
/** Loggers by hash: addresses of what stands in NAMES. */
export const SLOTS: i32 = 17_408;
export const MAX_SLOTS: i32 = 1024;
/** Loggers: value, length, bytes. */
export const NAMES: i32 = 21_504;
export const NAMES_END: i32 = 126_976;
/** Start and line of every 64th record. */
export const MARKS: i32 = 126_976;
export const MARK_STEP: i32 = 64;
/** Records that are wanted: see `record`. */
export const ITEMS: i32 = 196_608;
export const ITEM_SIZE: i32 = 36;
/** Bytes that are read at a time: few enough to be scanned while the processor still has them at hand. */
export const CHUNK: i32 = 1 << 18;
/** Before a chunk there is room for what was left of the one before. */
export const HEADROOM: i32 = 4 << 20;
/** No head is shorter than ten bytes. */
export const MAX_ITEMS: i32 = CHUNK / 10;
/** Bytes of the file are read to here. */
export const ROOM: i32 = ITEMS + MAX_ITEMS * ITEM_SIZE + HEADROOM;
/** Words are read beyond the end of a chunk. */
export const PAGES: i32 = (ROOM + CHUNK + 65_536) / 65_536;

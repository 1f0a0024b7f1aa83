/** As digests are written: one to a line. */
const BEGINS = /^\s*\{"schema":1,"sources":\[/;

export const isDigest = (text: string): boolean => BEGINS.test(text.slice(0, 200));

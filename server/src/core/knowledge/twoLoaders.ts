/** Longer messages quote something else. */
const MAX_LENGTH = 4000;
/** AbstractConfig.getConfiguredInstance of Kafka, and the JVM itself. */
const UNRELATED =
  /(?<![\w.$])(?<is>[\w.$]{3,300}) (?:(?<kept>is not an instance of)|cannot be cast to) (?:class |interface )?(?<wanted>[\w.$]{3,300})(?<why>[^\n]{0,1000})/;
/** "a.B is in unnamed module of loader 'app'; c.D is in …": of one loader both stand in one sentence. */
const LOADERS = /\bloader\b[^;\n]{0,300};[^\n]{0,600}\bloader\b/;

/**
 * Is a class denied to be what it is by its name and its library, as "ByteArraySerializer is not an instance of Serializer"? Then
 * each was loaded by a class loader of its own, from a jar that is there twice. A name that ends otherwise may be the wrong class.
 */
export function isOfTwoLoaders(title: string): boolean {
  const found = UNRELATED.exec(title.slice(0, MAX_LENGTH))?.groups;
  if (found === undefined) return false;
  const { is = '', wanted = '', kept, why = '' } = found;
  if (is === wanted) return true;
  const word = /[A-Z][a-z]+$/.exec(is)?.[0];
  return word !== undefined && wanted.endsWith(word) && libraryOf(is) === libraryOf(wanted) && (kept !== undefined || LOADERS.test(why));
}

/** "org.apache.kafka", "com.shop". */
const libraryOf = (className: string): string =>
  className
    .split('.')
    .slice(0, className.startsWith('org.apache.') ? 3 : 2)
    .join('.');

// What of others is in the product: their licences, the notices, and the bill of materials of a release.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { at } from './paths.mjs';

/** Licences under which a package may be part of the product. EPL-2.0 asks for no more than its text beside an unchanged library. */
const IN_THE_PRODUCT = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'EPL-2.0', 'ISC', 'MIT'];

/** Licences of what is used to build and to test, and is not given away. */
const FOR_WORK = [
  ...IN_THE_PRODUCT,
  'Artistic-2.0',
  'CC-BY-3.0',
  'CC0-1.0',
  'PSF-2.0',
  'Python-2.0',
  'WTFPL',
  'Zlib',
  // The signing of an extension, which vsce brings along and nothing here calls.
  'SEE LICENSE IN LICENSE.txt',
];

/**
 * Whether a licence, or an expression of several with OR and AND, is one of a list.
 * @param {string} expression @param {'product' | 'work'} purpose @returns {boolean}
 */
export function isAllowed(expression, purpose) {
  const list = purpose === 'product' ? IN_THE_PRODUCT : FOR_WORK;
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => list.includes(one)));
}

/** @typedef {{folder: string, name: string, version: string, license: string, integrity: string, dependencies: string[], text: string}} Package */

/** @returns {Record<string, {version: string, integrity?: string, license?: string, dev?: boolean, dependencies?: Record<string, string>}>} */
export const lockedPackages = () => JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;

/**
 * The packages that bundled files come from, by name.
 * @param {Iterable<string>} files paths from the root, as esbuild's metafile has them
 * @returns {Package[]}
 */
export function packagesOf(files) {
  const locked = lockedPackages();
  const folders = new Set([...files].flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []));
  return [...folders]
    .map((folder) => {
      const { name, version, license, dependencies } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
      return {
        folder,
        name,
        version,
        license,
        integrity: locked[folder]?.integrity ?? '',
        dependencies: Object.keys(dependencies ?? {}),
        text: licenceText(folder),
      };
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** All texts that a package has about its licence. @param {string} folder */
function licenceText(folder) {
  const names = readdirSync(at(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name) && existsSync(at(folder, name)));
  return names.map((name) => readFileSync(at(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** @param {readonly Package[]} packages @returns {string} */
export function noticesOf(packages) {
  const wrong = packages.filter(({ license, text }) => !isAllowed(license, 'product') || text === '');
  if (wrong.length > 0)
    throw new Error(`no licence that the product may be given away with: ${wrong.map(({ name, license }) => `${name} (${license})`).join(', ')}`);
  const line = '-'.repeat(80);
  const list = packages.map(({ name, version, license }) => `- ${name} ${version} (${license})`).join('\n');
  const texts = packages.map(({ name, version, text }) => `${line}\n${name} ${version}\n${line}\n\n${text}\n`).join('\n');
  return `Logjam contains these packages of others:\n\n${list}\n\n${texts}`;
}

/** npm's name of a package as a package url. @param {{name: string, version: string}} one */
const purl = ({ name, version }) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/**
 * The bill of materials of the product in CycloneDX 1.6.
 * @param {{name: string, version: string, license: string}} product @param {readonly Package[]} packages
 */
export function billOf(product, packages) {
  const licensed = (/** @type {string} */ license) => [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }];
  const byName = new Map(packages.map((one) => [one.name, one]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl(product),
        name: product.name,
        version: product.version,
        licenses: licensed(product.license),
        purl: purl(product),
      },
    },
    components: packages.map((one) => ({
      type: 'library',
      'bom-ref': purl(one),
      name: one.name,
      version: one.version,
      licenses: licensed(one.license),
      hashes: [{ alg: 'SHA-512', content: Buffer.from(one.integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
      purl: purl(one),
    })),
    dependencies: [
      { ref: purl(product), dependsOn: packages.map(purl) },
      ...packages.map((one) => ({ ref: purl(one), dependsOn: one.dependencies.flatMap((name) => byName.get(name) ?? []).map(purl) })),
    ],
  };
}

// dist/ and what stands around it as a .vsix.
import { root } from './paths.mjs';

/**
 * Packs what is built. Everything at run time is bundled: no node_modules. Links of the pages stay as they are: what they
 * lead to is in the package.
 * @param {string} vsix path of the file to write
 */
export async function pack(vsix) {
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
}

import { loadKept } from './io/keptCode.ts';
import { optimiseLater } from './io/optimiseLater.ts';

/** What a bundle that is run here exports: it calls `keep` when it has done what it mostly does. */
interface Bundle {
  start?(keep: () => void): void;
}

// The bundle that the first argument names, with the code that was kept of it; the second is what it is run as.
const [, , file = '', role = ''] = process.argv;
if (role === 'graph') optimiseLater();
const { exports, keep } = loadKept<Bundle>(file, role);
exports.start?.(keep);

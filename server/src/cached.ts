import { loadKept } from './io/keptCode.ts';

/** What a bundle that is run here exports: it calls `keep` when it has done what it mostly does. */
interface Bundle {
  start?(keep: () => void): void;
}

// The bundle that the first argument names, with the code that was kept of it.
const { exports, keep } = loadKept<Bundle>(process.argv[2] ?? '');
exports.start?.(keep);

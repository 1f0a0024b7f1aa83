#!/usr/bin/env node
/**
 * `npm run test:flink`: a real cluster of the newest Flink, and Logjam's command line on what it leaves behind; then
 * the Java quick fix on Flink's own sources.
 */
import { main as java } from '../test/flink-java/run.mjs';
import { main } from '../test/flink-lab/live-test.mjs';

const code = await main();
process.exit(code === 0 ? await java() : code);

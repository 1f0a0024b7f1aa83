#!/usr/bin/env node
/** `npm run test:flink`: a real cluster of the newest Flink, and Logjam's command line on what it leaves behind. */
import { main } from '../test/flink-lab/live-test.mjs';

process.exit(await main());

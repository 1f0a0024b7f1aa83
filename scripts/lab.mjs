#!/usr/bin/env node
/** `npm run lab -- --version V --scenario S`: records real Flink again. Without arguments it says what there is. */
import { main } from '../test/flink-lab/main.mjs';

process.exit(await main(process.argv.slice(2)));

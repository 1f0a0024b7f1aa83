import type { Packing } from '../packing.ts';
import { broken } from './broken.ts';
import { brokenStrings } from './brokenStrings.ts';
import { brokenTree } from './brokenTree.ts';
import { blanks, colours, html, returns, zeros } from './characters.ts';
import { csv } from './csv.ts';
import { fence } from './fence.ts';
import { flattened } from './flattened.ts';
import { joined } from './joined.ts';
import { jsonDocument, jsonRecords } from './json.ts';
import { prefixes } from './prefixes.ts';
import { pythonValues } from './pythonValues.ts';
import { reversed } from './reversed.ts';
import { shuffled } from './shuffled.ts';
import { string, stringLines } from './strings.ts';
import { watchdog } from './watchdog.ts';
import { wrapped } from './wrapped.ts';

/** Everything a text is packed in on its way to people; what concerns all characters first, then what holds records, then lines. */
export const PACKINGS: readonly Packing[] = [
  zeros,
  returns,
  colours,
  pythonValues,
  brokenStrings,
  wrapped,
  shuffled,
  jsonDocument,
  jsonRecords,
  stringLines,
  csv,
  html,
  string,
  blanks,
  fence,
  watchdog,
  prefixes,
  brokenTree,
  broken,
  flattened,
  joined,
  reversed,
];

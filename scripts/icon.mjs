// Renders media/icon.svg to the media/icon.png that the Marketplace asks for.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { BROWSER_ARGS, ensureBrowser } from './lib/browser.mjs';
import { at } from './lib/paths.mjs';

const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGS });
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body{margin:0}</style>${readFileSync(at('media/icon.svg'), 'utf8')}`);
writeFileSync(at('media/icon.png'), await page.screenshot({ omitBackground: true }));
await browser.close();

import assert from 'node:assert/strict';
import { type PanelPage, panelHtml } from '../../../client/src/panelHtml.ts';

const PAGES: PanelPage[] = ['graph', 'timeline', 'icicle', 'report', 'incident', 'largeFile'];

describe('the document of a panel', () => {
  for (const page of PAGES)
    it(`${page}: runs its own script and nothing else`, () => {
      const html = panelHtml(page, { media: (file) => `https://media/"<b ${file}`, cspSource: 'https://media', nonce: 'N0nce' });
      const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'nonce-N0nce';/);
      assert.match(html, /^<html lang="en">$/m);
      assert.doesNotMatch(policy, /unsafe|\*|https?:(?!\/\/media)/);
      assert.deepEqual(
        [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag),
        [`<script nonce="N0nce" src="https://media/&quot;&lt;b ${page}.js">`],
      );
      assert.doesNotMatch(html, /<b |\son\w+=|<style|<iframe|javascript:/);
    });
});

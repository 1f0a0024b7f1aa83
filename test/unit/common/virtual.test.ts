// Uris that stand for what no file holds: texts made from files, and files that are read as one.
import assert from 'node:assert/strict';
import { URI } from 'vscode-uri';
import { linksAsFragments, placeOfLink } from '../../../common/reportLinks.ts';
import { baseName, contentOf, contentUri, isInSet, setOf, setUri, sourceOf } from '../../../common/virtual.ts';

const FILE = 'file:///logs/tm%20%281%29/taskmanager.log';

describe('virtual documents', () => {
  for (const uri of [
    contentUri({ uri: FILE, name: 'report' }),
    contentUri({ uri: "file:///it's%20(100%25)!.log.gz", name: 'text', part: 2, title: 'a/b*.log' }),
    setUri([FILE, 'file:///logs/jm']),
    contentUri({ uri: setUri([FILE]), name: 'relations' }),
  ])
    it(`VS Code writes it the same way: ${uri.slice(0, 40)}…`, () => assert.equal(URI.parse(uri, true).toString(), uri));

  it('lead back to what they were made from', () => {
    const content = { uri: FILE, name: 'text', part: 1 } as const;
    assert.deepEqual(contentOf(contentUri(content)), content);
    assert.equal(sourceOf(contentUri(content)), FILE);
    assert.equal(sourceOf(FILE), FILE);
    assert.deepEqual(setOf(setUri([FILE])), [FILE]);
    for (const uri of [FILE, 'logjam:/x', 'logjam:/x?%7B', 'logjam:/x?%7B%22together%22%3A%5B1%5D%7D']) assert.equal(setOf(uri), null);
  });

  it('have names to be shown', () => {
    assert.equal(baseName(FILE), 'taskmanager.log');
    assert.equal(baseName('file:///logs/'), 'logs');
    assert.equal(baseName('file:///100%'), '100%');
    assert.equal(baseName(setUri(['file:///logs/incident%20%2312', FILE])), 'incident #12 + 1');
    assert.equal(baseName(contentUri({ uri: setUri([FILE]), name: 'report' })), 'taskmanager.log.report.md');
  });

  it('a set holds its files, what is below its folders, and what was made from them', () => {
    const set = setUri(['file:///logs/jm', FILE]);
    for (const uri of [FILE, 'file:///logs/jm/a/b.log', contentUri({ uri: 'file:///logs/jm/old.gz', name: 'text' })])
      assert.ok(isInSet(set, uri), uri);
    for (const uri of ['file:///logs/jm2/a.log', 'file:///logs', `${FILE}.1`]) assert.ok(!isInSet(set, uri), uri);
    assert.ok(!isInSet(FILE, FILE));
  });

  it('links of a report become fragments that lead to the same place', () => {
    const link = contentUri({ uri: FILE, name: 'text' });
    const markdown = `See [a:12](<${FILE}#L12>), [b](<${link}#L3>) and [Flink](https://flink.apache.org).`;
    const hrefs = [...linksAsFragments(markdown).matchAll(/\]\(([^)]+)\)/g)].map(([, href = '']) => placeOfLink(href));
    assert.deepEqual(
      hrefs.map((place) => place && [place.uri, place.range.start.line]),
      [[FILE, 11], [link, 2], null],
    );
    for (const href of ['#heading', '#%', '']) assert.equal(placeOfLink(href), null);
  });
});

// package.json and the lock file: what is installed is what was looked at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { isAllowed, lockedPackages } from '../../../scripts/lib/thirdParty.mjs';

describe('the packages of others', () => {
  const locked = Object.entries(lockedPackages()).filter(([place]) => place !== '');

  it('have each a checksum and a licence on the list', () => {
    assert.deepEqual(
      locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([place]) => place),
      [],
    );
    const wrong = locked.filter(([, { license, dev }]) => !isAllowed(license ?? 'none', dev === true ? 'work' : 'product'));
    assert.deepEqual(
      wrong.map(([place, { license }]) => `${place}: ${license}`),
      [],
    );
  });

  it('are wanted in exactly one version, from no registry in particular', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    assert.deepEqual(
      Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version))),
      [],
    );
    assert.doesNotMatch(readFileSync(at('package-lock.json'), 'utf8'), /"resolved"/);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfigurations } from '../../../src/app/configurations';
import { root } from '../../setup/places.mjs';

/** JSON with comments on lines of their own is YAML with other comments. */
const text = readFileSync(join(root, 'media/example-clouds.jsonc'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
const example = parse(text) as Record<string, unknown>;

describe('the example of the settings', () => {
  it('is read without a problem', () => {
    const { clouds, problems } = readConfigurations(example['openstackZombies.clouds']);
    assert.deepEqual(problems, []);
    assert.equal(clouds.length, 1);
  });

  it('shows everything that can be set about a cloud', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      contributes: {
        configuration: { properties: Record<string, { items?: { properties: Record<string, unknown> } }> };
      };
    };
    const known = manifest.contributes.configuration.properties['openstackZombies.clouds']?.items?.properties;
    const [cloud] = example['openstackZombies.clouds'] as Record<string, unknown>[];
    assert.deepEqual(Object.keys(cloud ?? {}).sort(), Object.keys(known ?? {}).sort());
  });
});

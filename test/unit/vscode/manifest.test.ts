import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigurations } from '../../../src/app/configurations';
import { defaultThresholds } from '../../../src/model/scene';
import { commandIds } from '../../../src/vscode/commandIds';
import { root } from '../../setup/places.mjs';

interface Property {
  readonly default?: unknown;
  readonly scope?: string;
  readonly required?: readonly string[];
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
}

interface Manifest {
  readonly activationEvents?: unknown;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { commands, menus, configuration } = manifest.contributes;
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

/** A value for each property of a setting that says a default, deeply. What demands something has none as a whole. */
function defaults({ properties = {} }: Property): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.default ?? (property.properties && !property.required ? defaults(property) : undefined),
    ]),
  );
}

describe('the manifest', () => {
  it('contributes the commands of the table, and no other', () => {
    assert.deepEqual(commands.map(({ command }) => command).toSorted(), [...commandIds].toSorted());
  });

  it('has only known commands in its menus', () => {
    for (const { command } of Object.values(menus).flat()) {
      assert.ok((commandIds as readonly string[]).includes(command), command);
    }
  });

  it('hides from the palette what needs a line of the tree', () => {
    const elsewhere = new Set(
      ['view/title', 'editor/title', 'editor/context'].flatMap((menu) =>
        (menus[menu] ?? []).map((item) => item.command),
      ),
    );
    const hidden = (menus.commandPalette ?? [])
      .filter(({ when }) => when === 'false')
      .map((item) => item.command);
    for (const command of hidden) assert.ok(!elsewhere.has(command), command);
    const lines = menus['view/item/context'] ?? [];
    // What stands at a cloud as well asks for the rest.
    const asking = new Set(lines.filter(({ when }) => when?.includes('cloud/')).map((item) => item.command));
    for (const { command, when } of lines.filter((item) => !asking.has(item.command))) {
      const needsElement = when?.includes('host') === true || when?.includes('suspect.draftable') === true;
      assert.ok(!needsElement || hidden.includes(command), command);
    }
  });

  it('takes every text from package.nls.json, and leaves none there unused', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
    assert.deepEqual([...used].toSorted(), Object.keys(strings).toSorted());
    for (const title of commands) assert.match(JSON.stringify(title), /"title":"%/);
  });

  it('is activated by what it contributes alone', () => {
    assert.equal(manifest.activationEvents, undefined);
  });

  it('restricts every setting in a workspace that is not trusted, and in every other', () => {
    const settings = Object.keys(configuration.properties);
    assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations], settings);
    for (const { scope } of Object.values(configuration.properties)) assert.equal(scope, 'machine');
  });

  it('has the thresholds that the kinds use by default', () => {
    for (const [name, minutes] of Object.entries(defaultThresholds)) {
      assert.equal(configuration.properties[`openstackZombies.thresholds.${name}`]?.default, minutes, name);
    }
  });

  it('describes a cloud as the reader of the settings reads it, defaults and all', () => {
    const item = configuration.properties['openstackZombies.clouds']?.items;
    assert.ok(item?.properties);
    const required = { name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' };
    const [bare] = readConfigurations([required]).clouds;
    const filled = readConfigurations([JSON.parse(JSON.stringify({ ...defaults(item), ...required }))]);
    assert.deepEqual(filled, { clouds: [bare], problems: [] });
    for (const name of Object.keys(bare ?? {})) assert.ok(name in item.properties, name);
    for (const name of Object.keys(item.properties)) {
      const { problems } = readConfigurations([{ ...required, [name]: null }]);
      assert.ok(!problems.some(({ message }) => /unknown/i.test(message)), name);
    }
  });

  it('names files that exist', () => {
    for (const [, file = ''] of text.matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)) {
      assert.ok(existsSync(join(root, file)), file);
    }
  });

  it('supports no VS Code older than its types', () => {
    const minor = (version: string | undefined): string | undefined => /\d+\.\d+/.exec(version ?? '')?.[0];
    assert.equal(minor(manifest.devDependencies['@types/vscode']), minor(manifest.engines.vscode));
  });
});

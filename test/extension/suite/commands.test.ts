import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ZombiesApi } from '../../../src/app/api';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

async function activated(): Promise<vscode.Extension<ZombiesApi>> {
  const extension = vscode.extensions.getExtension<ZombiesApi>('openstack-zombies.openstack-zombies');
  assert.ok(extension);
  await extension.activate();
  return extension;
}

describe('the activated extension', () => {
  it('registers the commands that it contributes, and no other', async () => {
    const extension = await activated();
    const { commands } = (extension.packageJSON as Manifest).contributes;
    const registered = (await vscode.commands.getCommands(true)).filter((id) =>
      /^openstackZombies\.[a-z]+$/i.test(id),
    );
    const contributed = commands.map(({ command }) => command);
    assert.deepEqual(registered.filter((id) => contributed.includes(id)).toSorted(), contributed.toSorted());
    assert.deepEqual(
      registered.filter((id) => !contributed.includes(id) && !id.endsWith('.clouds')),
      [],
    );
  });

  it('hands out the API, which knows no cloud without settings', async () => {
    const { exports: api } = await activated();
    assert.equal(api.version, 1);
    assert.deepEqual(api.listClouds(), []);
    await assert.rejects(api.scan('nowhere'), { code: 'bad-configuration', name: 'OperatorError' });
  });

  it('reads clouds from the settings as soon as they are there', async () => {
    const { exports: api } = await activated();
    const clouds = [{ name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1:1/nova_api' }];
    const settings = vscode.workspace.getConfiguration('openstackZombies');
    await settings.update('clouds', clouds, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(
        api.listClouds().map(({ name }) => name),
        ['demo'],
      );
    } finally {
      await settings.update('clouds', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

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

  it('keeps what a command is told to keep, shows it, and ends it', async () => {
    const { exports: api } = await activated();
    const settings = vscode.workspace.getConfiguration('openstackZombies');
    const clouds = [{ name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1:1/nova_api' }];
    await settings.update('clouds', clouds, vscode.ConfigurationTarget.Global);
    try {
      await api.keep('demo', { scope: 'project', id: '7e3a', reason: 'theirs' });
      const [entry] = api.kept('demo');
      assert.deepEqual([entry?.scope, entry?.id, entry?.expired], ['project', '7e3a', false]);
      assert.notEqual(entry?.author, '');
      const text = api.exportKept('demo');
      await api.endKeeping('demo', 'project', '7e3a');
      assert.deepEqual(api.kept('demo'), []);
      assert.equal(await api.importKept('demo', text), 1);
      assert.deepEqual(api.kept('demo'), [entry]);
      await api.endKeeping('demo', 'project', '7e3a');
    } finally {
      await settings.update('clouds', undefined, vscode.ConfigurationTarget.Global);
    }
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

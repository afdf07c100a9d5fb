import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { ensureVscode } from '../../setup/vscode.mjs';
import { root } from '../../setup/places.mjs';
import { within } from '../compare';
import { counted } from '../format';
import { activate, type Cost } from '../start/activation';
import type { Work } from '../work';

const product = 'openstack-zombies.openstack-zombies';
const empty = 'openstack-zombies-test.empty';
const mostBytes = 5e6;

export const work: Work = {
  name: 'start',
  title: 'The start of the extension in VS Code',
  peers: [
    'an extension that does nothing, in the same extension host of a real VS Code; which is first changes',
  ],
  goals: [
    'activation, as VS Code itself reports it, takes at most 30 ms more',
    'the extension host holds at most 5 MB more afterwards',
  ],
  async measure(lab) {
    await ensureVscode('newest');
    const packaged = execFileSync(process.execPath, ['test/setup/package.mjs'], { cwd: root });
    const vsix = packaged.toString().trim().split('\n').at(-1) ?? '';
    const others = await Promise.all(['empty', 'probe'].map((name) => packageOf(name, lab.directory)));
    const costs: { readonly ours: Cost; readonly theirs: Cost }[] = [];
    for (let round = 0; round <= 2 * lab.rounds - 1; round++) {
      const ids = round % 2 === 0 ? [product, empty] : [empty, product];
      const [first, second] = await activate([vsix, ...others], ids);
      if (!first || !second) throw new Error('VS Code did not activate both');
      costs.push(round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first });
      lab.say(`round ${round}: ${JSON.stringify(costs.at(-1))}`);
    }
    lab.note(`the packaged extension: ${counted(statSync(vsix).size, 'bytes')}; its bundles: ${bundles()}`);
    lab.note(
      'activation time is "Load Code" and "Call Activate" of "Developer: Startup Performance"; memory is the heap and what V8 counts beside it (process.memoryUsage), each after three garbage collections, before the activation and a second after it',
    );
    lab.table({
      title: 'Each round',
      head: ['', 'activation', 'memory', 'resident memory'],
      rows: costs.flatMap(({ ours, theirs }) => [row('product', ours), row('empty', theirs)]),
    });
    const more = (of: (cost: Cost) => number): number[] =>
      costs.map(({ ours, theirs }) => of(ours) - of(theirs));
    return [
      within(30, {
        name: 'more activation time',
        unit: 'ms',
        ours: more(({ milliseconds }) => milliseconds),
      }),
      within(mostBytes, { name: 'more memory', unit: 'bytes', ours: more(({ heap }) => heap) }),
    ];
  },
};

async function packageOf(name: string, folder: string): Promise<string> {
  const packagePath = join(folder, `${name}.vsix`);
  await createVSIX({
    ...{ cwd: join(root, 'test/bench/start', name), packagePath, dependencies: false },
    ...{ allowMissingRepository: true, skipLicense: true },
  });
  return packagePath;
}

function bundles(): string {
  return ['extension', 'l10n', 'engine', 'mysql2', 'ssh2', 'parse-xml']
    .map((name) => `${name}.js ${Math.round(statSync(join(root, 'dist', `${name}.js`)).size / 1000)} kB`)
    .join(', ');
}

function row(name: string, { milliseconds, heap, resident }: Cost): string[] {
  return [name, counted(milliseconds, 'ms'), counted(heap, 'bytes'), counted(resident, 'bytes')];
}

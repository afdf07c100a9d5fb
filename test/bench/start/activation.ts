import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../cloud/ports';
import { startWorkbench } from '../../workbench/harness/workbench';

/** What an extension cost the extension host. */
export interface Cost {
  /** loading its code and calling activate(), as VS Code reports it */
  readonly milliseconds: number;
  /** on the heap and beside it, after garbage collections */
  readonly heap: number;
  readonly resident: number;
}

/** Starts a VS Code with these extensions and the probe, which activates those named, one after the other. */
export async function activate(vsix: readonly string[], ids: readonly string[]): Promise<Cost[]> {
  const folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-start-'));
  writeFileSync(join(folder, 'order.json'), JSON.stringify(ids));
  const settings = {
    'openstackZombies.clouds': [{ name: 'cloud', apiDatabase: 'mysql://nobody@127.0.0.1:1/nova_api' }],
  };
  const workbench = await startWorkbench({ vsix, folder, settings });
  try {
    const read = (): Result | undefined => resultIn(join(folder, 'result.json'));
    await waitFor('the probe', 60, () => Promise.resolve(read() !== undefined));
    const { memory, report } = read() ?? { memory: {}, report: '' };
    return ids.map((id) => ({
      milliseconds: activationTime(report, id),
      heap: memory[id]?.heap ?? NaN,
      resident: memory[id]?.resident ?? NaN,
    }));
  } finally {
    await workbench.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Result {
  readonly memory: Readonly<Record<string, { readonly heap: number; readonly resident: number }>>;
  readonly report: string;
}

function resultIn(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Result;
  } catch {
    return undefined;
  }
}

/** Its row of "Extension Activation Stats": extension, eager, load code, call activate, ... */
function activationTime(report: string, id: string): number {
  const row = report.split('\n').find((line) => line.startsWith(`| ${id} `));
  const [, , , load, call] = row?.split('|') ?? [];
  return Number(load) + Number(call);
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainPlan, Plot } from '../population/plot';
import { domainXml } from './domainXml';
import type { Host } from './host';

export const instancesPath = '/var/lib/nova/instances';

/** The reset vector of an x86 processor in 64 KiB of ROM: cli, hlt, and back to hlt should anything wake it. */
export function writeHaltRom(path: string): void {
  const rom = Buffer.alloc(65_536, 0xf4);
  Buffer.from([0xfa, 0xf4, 0xeb, 0xfd]).copy(rom, 0xfff0);
  writeFileSync(path, rom);
}

/** Brings a host's domains into the plot's state; those that are in it already are left alone. */
export async function resetDomains(host: Host, plot: Plot, rom: string): Promise<void> {
  const wanted = new Map(
    plot.domains.filter((plan) => plan.host === host.facts.name).map((plan) => [plan.uuid, plan]),
  );
  const present = await presentDomains(host);
  const folder = join(host.directory, 'xml');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const commands: string[] = [];
  for (const [uuid, { name, state }] of present) {
    const plan = wanted.get(uuid);
    if (plan?.name === name && plan.state === state) wanted.delete(uuid);
    else
      commands.push(
        ...(state === 'shutoff' ? [] : [`destroy ${uuid}`]),
        `undefine ${uuid} --managed-save --nvram`,
      );
  }
  for (const plan of wanted.values()) {
    const file = join(folder, `${plan.uuid}.xml`);
    writeFileSync(file, domainXml(plan, rom, diskOf(plot, plan)));
    commands.push(`define ${file}`, ...starting(plan));
  }
  if (commands.length === 0) return;
  const outcome = await host.run('virsh -c qemu:///system', commands.join('\n') + '\n');
  const errors = outcome.stderr.split('\n').filter((line) => line.startsWith('error:'));
  if (errors.length > 0) throw new Error(`${host.facts.name}: virsh: ${errors.join('; ')}`);
}

/** What virsh says a host has, by UUID. */
export async function presentDomains(host: Host): Promise<Map<string, { name: string; state: string }>> {
  const states = new Map<string, string>();
  for (const state of ['running', 'paused', 'shutoff']) {
    const { stdout } = await host.run(`virsh -c qemu:///system list --all --uuid --state-${state}`);
    for (const uuid of stdout.split(/\s+/).filter(Boolean)) states.set(uuid, state);
  }
  const { code, stdout, stderr } = await host.run('virsh -c qemu:///system list --all --uuid --name');
  if (code !== 0) throw new Error(`${host.facts.name}: virsh: ${stderr}`);
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(
    lines.flatMap(([uuid, name]) =>
      uuid && name ? [[uuid, { name, state: states.get(uuid) ?? 'other' }] as const] : [],
    ),
  );
}

function starting({ uuid, state }: DomainPlan): string[] {
  if (state === 'shutoff') return [];
  return [`start ${uuid}${state === 'paused' ? ' --paused' : ''}`];
}

function diskOf(plot: Plot, { host, uuid }: DomainPlan): { path: string } | undefined {
  const directory = plot.directories.find((plan) => plan.host === host && plan.name === uuid);
  return directory?.diskBytes === undefined ? undefined : { path: `${instancesPath}/${uuid}/disk` };
}

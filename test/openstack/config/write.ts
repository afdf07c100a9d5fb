import { mkdirSync, writeFileSync } from 'node:fs';
import { cellNames, configuration, state, type Site } from '../site';
import { renderIni, type Ini } from './ini';
import { cellConfig, computeConfig, superConfig } from './nova';
import { cinderConfig, glanceConfig, keystoneConfig, neutronConfig, placementConfig } from './services';

/** Writes the configuration of every service below the site's folder, and makes the folders that it names. */
export function writeConfiguration(site: Site): void {
  mkdirSync(configuration(site), { recursive: true });
  for (const [name, ini] of Object.entries(files(site))) {
    writeFileSync(configuration(site, name), renderIni(ini), { mode: 0o600 });
  }
  const folders = ['cinder', 'glance/images', 'glance/staging', 'keystone', 'locks', 'neutron', 'nova'];
  for (const name of folders) mkdirSync(state(site, name), { recursive: true, mode: 0o700 });
  for (const { name } of site.hosts) mkdirSync(state(site, 'nova', name), { recursive: true });
}

/** The file of a compute host's nova-compute. */
export function computeFile(host: string): string {
  return `compute-of-${host}.conf`;
}

function files(site: Site): Record<string, Ini> {
  return {
    'keystone.conf': keystoneConfig(site),
    'placement.conf': placementConfig(site),
    'glance-api.conf': glanceConfig(site),
    'neutron.conf': neutronConfig(site),
    'cinder.conf': cinderConfig(site),
    'nova.conf': superConfig(site),
    ...Object.fromEntries(cellNames.map((cell) => [`nova-${cell}.conf`, cellConfig(site, cell)])),
    ...Object.fromEntries(site.hosts.map((host) => [computeFile(host.name), computeConfig(site, host)])),
  };
}

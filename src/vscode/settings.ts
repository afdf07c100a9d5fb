import * as vscode from 'vscode';
import { readConfigurations } from '../app/configurations';
import { defaultThresholds, type Thresholds } from '../model/scene';

export const section = 'openstackZombies';
export const defaultRetentionDays = 90;

/** A cloud as the setting holds it; what it lacks has a default. */
export type CloudSetting = Readonly<Record<string, unknown>> & { readonly name: string };

export function readClouds(): ReturnType<typeof readConfigurations> {
  return readConfigurations(vscode.workspace.getConfiguration(section).get('clouds'));
}

export function readThresholds(): Thresholds {
  const configuration = vscode.workspace.getConfiguration(section);
  const minutes = (name: keyof Thresholds): number => {
    const value = configuration.get<unknown>(`thresholds.${name}`);
    return typeof value === 'number' && value >= 0 ? value : defaultThresholds[name];
  };
  const names = Object.keys(defaultThresholds) as readonly (keyof Thresholds)[];
  return Object.fromEntries(names.map((name) => [name, minutes(name)])) as unknown as Thresholds;
}

/** Days for which the folders of ended runs are kept; 0 keeps all. */
export function readRetentionDays(): number {
  const days = vscode.workspace.getConfiguration(section).get<unknown>('retention.days');
  return typeof days === 'number' && days >= 0 ? days : defaultRetentionDays;
}

/** The cloud as it stands in the settings. */
export function cloudSetting(name: string): CloudSetting | undefined {
  return cloudSettings().find((setting) => setting.name === name);
}

/** Adds a cloud, or puts it in place of the one of that name. */
export async function writeCloud(cloud: CloudSetting): Promise<void> {
  const before = cloudSettings();
  const known = before.some(({ name }) => name === cloud.name);
  await write(known ? before.map((each) => (each.name === cloud.name ? cloud : each)) : [...before, cloud]);
}

export async function removeCloudSetting(name: string): Promise<void> {
  await write(cloudSettings().filter((setting) => setting.name !== name));
}

export async function openCloudSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `${section}.clouds`);
}

function cloudSettings(): readonly CloudSetting[] {
  const value = vscode.workspace.getConfiguration(section).get<unknown>('clouds');
  return Array.isArray(value) ? (JSON.parse(JSON.stringify(value)) as CloudSetting[]) : [];
}

async function write(clouds: readonly CloudSetting[]): Promise<void> {
  await vscode.workspace
    .getConfiguration(section)
    .update('clouds', clouds, vscode.ConfigurationTarget.Global);
}

import * as l10n from '@vscode/l10n';
import type { CloudConfiguration } from '../cloud/configuration';
import type { HostKeyStore } from '../cloud/ssh/hostKeys';
import { OperatorError } from '../model/errors';
import type { Clock, ListedSecrets, Logger, Prompts } from '../model/ports';
import type { Thresholds } from '../model/scene';
import { CloudState } from './cloudState';
import type { State } from './state';

/** What the product needs of its surroundings. */
export interface Surroundings {
  readonly configurations: () => readonly CloudConfiguration[];
  readonly thresholds: () => Thresholds;
  /** folder of the runs: plans, journals, restore files */
  readonly storageFolder: string;
  /** runs that ended longer ago are deleted; 0 keeps all */
  readonly retentionDays: () => number;
  /** something of that folder is open in an editor */
  readonly isOpen: (folder: string) => boolean;
  readonly secrets: ListedSecrets;
  readonly prompts: Prompts;
  readonly hostKeys: HostKeyStore;
  readonly state: State;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** The clouds of this window: where each is, and what is known of it. */
export class Clouds {
  /** by the configuration as JSON */
  private readonly states = new Map<string, CloudState>();
  private readonly listeners = new Set<(cloud: string) => void>();
  private readonly ofRuns = new Set<() => void>();

  constructor(readonly surroundings: Surroundings) {}

  /** Throws for a name that no configured cloud has. */
  configuration(cloud: string): CloudConfiguration {
    const found = this.surroundings.configurations().find(({ name }) => name === cloud);
    if (!found) {
      throw new OperatorError(
        'bad-configuration',
        l10n.t('No cloud "{0}" is configured.', cloud),
        l10n.t('Add it with the command "Add Cloud", or correct the name.'),
      );
    }
    return found;
  }

  /** Undefined for a cloud that is not configured; empty before its first scan. */
  stateOf(cloud: string): CloudState | undefined {
    const configuration = this.surroundings.configurations().find(({ name }) => name === cloud);
    return configuration && this.remembered(configuration);
  }

  state(cloud: string): CloudState {
    return this.remembered(this.configuration(cloud));
  }

  /** What was read by way of another configuration is not about this cloud. */
  private remembered(configuration: CloudConfiguration): CloudState {
    const way = JSON.stringify(configuration);
    const known = this.states.get(way) ?? new CloudState();
    this.states.set(way, known);
    return known;
  }

  onDidChange(listener: (cloud: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  changed(cloud: string): void {
    for (const listener of this.listeners) {
      listener(cloud);
    }
  }

  /** A run of this window has begun or ended, or what is kept of one has changed. */
  onDidChangeRuns(listener: () => void): { dispose(): void } {
    this.ofRuns.add(listener);
    return { dispose: () => this.ofRuns.delete(listener) };
  }

  runsChanged(): void {
    for (const listener of this.ofRuns) {
      listener();
    }
  }
}

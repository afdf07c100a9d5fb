import { readConfigurations } from '../../../src/app/configurations';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';

/** A cloud that answers with the report it was given, to look at the skin alone. */
export class FakeZombies implements Pick<Zombies, 'lastScan' | 'listClouds' | 'kept' | 'onDidChange'> {
  private readonly listeners = new Set<(cloud: string) => void>();

  constructor(
    private report: ScanReport | undefined,
    private readonly keepList: ReturnType<Zombies['kept']> = [],
  ) {}

  listClouds(): ReturnType<Zombies['listClouds']> {
    const settings = [
      { name: 'demo', label: 'PRODUCTION', color: 'red', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' },
    ];
    return readConfigurations(settings).clouds;
  }

  lastScan(): ScanReport | undefined {
    return this.report;
  }

  kept(): ReturnType<Zombies['kept']> {
    return this.keepList;
  }

  onDidChange(listener: (cloud: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  show(report: ScanReport): void {
    this.report = report;
    for (const listener of this.listeners) listener('demo');
  }
}

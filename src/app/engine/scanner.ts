import type { ScanOptions, ScanReport } from '../api';
import type { Reach } from './reach';
import { scanReport } from '../cloudState';
import type { IgnoreList } from '../ignoring';
import { candidates, look } from './look';

/** Scans clouds, one scan of a cloud at a time. */
export class Scanner {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly reach: Reach,
    private readonly ignoreList: IgnoreList,
  ) {}

  async scan(cloud: string, options: ScanOptions = {}): Promise<ScanReport> {
    const before = this.running.get(cloud);
    const scan = this.after(before, cloud, options);
    this.running.set(cloud, scan);
    try {
      return await scan;
    } finally {
      if (this.running.get(cloud) === scan) {
        this.running.delete(cloud);
      }
    }
  }

  private async after(
    before: Promise<unknown> | undefined,
    cloud: string,
    options: ScanOptions,
  ): Promise<ScanReport> {
    await before?.catch(() => undefined);
    const state = this.reach.clouds.state(cloud);
    const startedAt = this.reach.clouds.surroundings.clock.now().toISOString();
    const { survey, suspects } = await look(
      this.reach.access(cloud),
      {
        ...this.reach.surveyOptions(options.signal),
        ...(options.hosts ? { onlyHosts: options.hosts, previousHosts: state.survey?.hosts ?? [] } : {}),
      },
      candidates,
    );
    const finishedAt = this.reach.clouds.surroundings.clock.now().toISOString();
    const result = { survey, suspects, startedAt, finishedAt };
    state.replace(result);
    this.reach.clouds.changed(cloud);
    return scanReport(cloud, result, this.isIgnored(cloud));
  }

  private isIgnored(cloud: string): (uuid: string) => boolean {
    return (uuid) => this.ignoreList.has(cloud, uuid);
  }
}

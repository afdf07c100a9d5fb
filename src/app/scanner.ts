import type { ScanOptions, ScanReport } from './api';
import type { Clouds } from './clouds';
import { scanReport } from './cloudState';
import type { IgnoreList } from './ignoring';
import { candidates, look } from './look';

/** Scans clouds, one scan of a cloud at a time. */
export class Scanner {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly clouds: Clouds,
    private readonly ignoreList: IgnoreList,
  ) {}

  last(cloud: string): ScanReport | undefined {
    const result = this.clouds.stateOf(cloud)?.scan;
    return result && scanReport(cloud, result, this.isIgnored(cloud));
  }

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
    const state = this.clouds.state(cloud);
    const startedAt = this.clouds.surroundings.clock.now().toISOString();
    const { survey, suspects } = await look(
      this.clouds.access(cloud),
      {
        ...this.clouds.surveyOptions(options.signal),
        ...(options.hosts ? { onlyHosts: options.hosts, previousHosts: state.survey?.hosts ?? [] } : {}),
      },
      candidates,
    );
    const finishedAt = this.clouds.surroundings.clock.now().toISOString();
    const result = { survey, suspects, startedAt, finishedAt };
    state.replace(result);
    this.clouds.changed(cloud);
    return scanReport(cloud, result, this.isIgnored(cloud));
  }

  private isIgnored(cloud: string): (uuid: string) => boolean {
    return (uuid) => this.ignoreList.has(cloud, uuid);
  }
}

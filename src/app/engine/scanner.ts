import type { ScanOptions, ScanReport } from '../api';
import type { Reach } from './reach';
import { scanReport } from '../cloudState';
import { candidates, look } from './look';
import { telling } from './scanProgress';

/** Scans clouds, one scan of a cloud at a time. */
export class Scanner {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly reach: Reach) {}

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
    const looked = await look(
      this.reach.access(cloud),
      {
        ...(await this.reach.surveyOptions(cloud, options.signal)),
        ...(options.onSource ? telling(options.onSource) : {}),
        ...(options.hosts ? { onlyHosts: options.hosts, previousHosts: state.survey?.hosts ?? [] } : {}),
      },
      candidates,
    );
    const finishedAt = this.reach.clouds.surroundings.clock.now().toISOString();
    const suspects = await this.reach.note(cloud, looked);
    const result = { survey: looked.survey, suspects, startedAt, finishedAt };
    state.replace(result);
    this.reach.clouds.changed(cloud);
    const keepOf = this.reach.keepList.judge(cloud);
    return scanReport(cloud, result, (suspect) => keepOf(suspect) !== undefined);
  }
}

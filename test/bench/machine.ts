import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { serverBinary } from '../cloud/database/server';
import { must } from '../cloud/run';

/** What was measured on, and with. */
export interface Machine {
  readonly hardware: string;
  readonly system: string;
  readonly software: string;
  /** processes that wanted to run in the minute before: more than one processor's worth spoils figures */
  readonly load: number;
  readonly commit: string;
}

export async function thisMachine(): Promise<Machine> {
  const processors = cpus();
  const [, server = '?'] = /Ver (\S+)/.exec(await must(serverBinary(), ['--version'])) ?? [];
  const name = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  return {
    hardware: `${processors.length} x ${processors[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${name}, Linux ${release()}`,
    software: `Node ${process.versions.node}, MariaDB ${server}`,
    load: loadavg()[0] ?? 0,
    commit: (await must('git', ['describe', '--always', '--dirty'])).trim(),
  };
}

import { readFileSync, writeFileSync } from 'node:fs';

/** What of this process is in memory, and the most that ever was since `forgetPeak`: proc(5), in bytes. */
export function resident(): { readonly now: number; readonly peak: number } {
  const status = readFileSync('/proc/self/status', 'latin1');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

export function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5');
}

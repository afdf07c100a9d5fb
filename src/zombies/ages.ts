import type { Scene } from '../model/scene';

/** Minutes from `time` to the scene's now; undefined for a time that is missing or cannot be read. */
export function minutesSince(time: string | null | undefined, scene: Scene): number | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : (scene.now.getTime() - at) / 60_000;
}

/** False when the age is not known: not knowing is never a reason to call something stuck. */
export function isOlder(time: string | null | undefined, minutes: number, scene: Scene): boolean {
  const age = minutesSince(time, scene);
  return age !== undefined && age >= minutes;
}

/** False when either is not known. */
export function isAfter(time: string | null, other: string): boolean {
  return Date.parse(time ?? '') > Date.parse(other);
}

/** The later of two times; one that cannot be read counts as missing. */
export function latest(times: readonly (string | null | undefined)[]): string | undefined {
  let found: string | undefined;
  for (const time of times) {
    const at = Date.parse(time ?? '');
    if (!Number.isNaN(at) && (found === undefined || at > Date.parse(found))) found = time ?? undefined;
  }
  return found;
}

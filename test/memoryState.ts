import type { Surroundings } from '../src/app/clouds';

/** What outlives a window, in memory; like VS Code's Memento it gives what was put in as JSON has it. */
export function memoryState(values = new Map<string, string>()): Surroundings['state'] {
  return {
    get: <T>(key: string, defaultValue: T): T => {
      const text = values.get(key);
      return text === undefined ? defaultValue : (JSON.parse(text) as T);
    },
    update: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

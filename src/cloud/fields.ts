import * as l10n from '@vscode/l10n';

/** Something in a setting that the operator has to mend. */
export interface Problem {
  /** for example `openstackZombies.clouds[0].ssh.port` */
  readonly path: string;
  readonly message: string;
}

/** Gives the value, or tells `wrong` what is the matter with it. */
export type Check<T> = (value: unknown, wrong: (message: string) => void) => T | undefined;

/** Reads one object of a setting field by field, and collects what is wrong with it. */
export class Fields {
  private readonly known = new Set<string>();
  private readonly object: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    readonly path: string,
    private readonly problems: Problem[],
  ) {
    this.object = isObject(value) ? value : {};
    if (!isObject(value)) this.wrong(path, l10n.t('This must be an object.'));
  }

  has(key: string): boolean {
    return Object.hasOwn(this.object, key) && this.object[key] !== undefined;
  }

  optional<T>(key: string, check: Check<T>): T | undefined {
    this.known.add(key);
    const value = Object.hasOwn(this.object, key) ? this.object[key] : undefined;
    const path = `${this.path}.${key}`;
    return value === undefined ? undefined : check(value, (message) => this.wrong(path, message));
  }

  required<T>(key: string, check: Check<T>): T | undefined {
    if (!Object.hasOwn(this.object, key)) this.wrong(`${this.path}.${key}`, l10n.t('This is missing.'));
    return this.optional(key, check);
  }

  /** A nested object; absent reads as empty. */
  nested(key: string): Fields {
    this.known.add(key);
    const value = Object.hasOwn(this.object, key) ? this.object[key] : undefined;
    return new Fields(value === undefined ? {} : value, `${this.path}.${key}`, this.problems);
  }

  /** An object whose keys are free, such as host names. Entries with a problem are left out. */
  record<T>(key: string, checkKey: Check<string>, checkValue: Check<T>): Record<string, T> {
    const entries = this.nested(key);
    const read = Object.keys(entries.object).flatMap((name): [string, T][] => {
      const checkedName = checkKey(name, (message) => this.wrong(`${entries.path}.${name}`, message));
      const value = entries.optional(name, checkValue);
      return checkedName === undefined || value === undefined ? [] : [[checkedName, value]];
    });
    return Object.fromEntries(read);
  }

  /** A misspelled `readOnly` must not be taken for its absence. */
  refuseOthers(): void {
    for (const key of Object.keys(this.object)) {
      if (!this.known.has(key)) this.wrong(`${this.path}.${key}`, l10n.t('There is no such setting.'));
    }
  }

  private wrong(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}

export const anyText: Check<string> = (value, wrong) => {
  if (typeof value === 'string' && value !== '') return value;
  wrong(l10n.t('This must be a text that is not empty.'));
  return undefined;
};

export const yesOrNo: Check<boolean> = (value, wrong) => {
  if (typeof value === 'boolean') return value;
  wrong(l10n.t('This must be true or false.'));
  return undefined;
};

export function wholeNumber(least: number, most: number): Check<number> {
  return (value, wrong) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    wrong(l10n.t('This must be a whole number from {0} to {1}.', least, most));
    return undefined;
  };
}

export function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return (value, wrong) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) wrong(l10n.t('This must be one of: {0}.', choices.join(', ')));
    return found;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

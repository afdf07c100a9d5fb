import { normalSection, type Assignment, type OsloFile } from './osloFile';

export interface OsloLayer {
  readonly path: string;
  readonly file: OsloFile;
}

export interface OsloValue {
  readonly text: string;
  /** the file and the line of the assignment */
  readonly path: string;
  readonly line: number;
  /** names of references that mean nothing here; they stand in the text as they were written */
  readonly unresolved: readonly string[];
}

/** Values of options that are not set, by `section.key`: they may refer to others as well. */
export type OsloDefaults = Readonly<Record<string, string>>;

interface Setting extends Assignment {
  readonly path: string;
}

/** How far a value may be expanded. A few lines that each name the next one twice would otherwise fill the memory. */
const mostCharacters = 100_000;
const deepest = 50;

/** oslo.config 9.0, cfg.py, ConfigOpts.Template: `$$`, `$name`, `${name}`; any other dollar is a dollar. */
const reference = /\$(?:(\$)|([_a-z][._a-z0-9]*)|\{([_a-z][._a-z0-9]*)\})/giu;

/**
 * What several files say together: of one option the last file counts, and in it the last line. Values are
 * interpolated as oslo.config 9.0 does (cfg.py, ConfigOpts._substitute and StrSubWrapper): `$name` is looked up in the
 * section of the option and then in [DEFAULT], `${section.name}` in that section. Which options a service has is not
 * known here, so a name counts as one when it is set or has a default; all others are unresolved.
 */
export class OsloConfig {
  private readonly settings = new Map<string, Setting[][]>();

  constructor(
    layers: readonly OsloLayer[],
    private readonly defaults: OsloDefaults = {},
  ) {
    for (const { path, file } of layers) {
      const own = new Map<string, Setting[]>();
      for (const each of file.assignments) {
        const name = nameOf(each.section, each.key);
        const present = own.get(name);
        if (present) present.push({ ...each, path });
        else own.set(name, [{ ...each, path }]);
      }
      for (const [name, found] of own) this.settings.set(name, [...(this.settings.get(name) ?? []), found]);
    }
  }

  /** The value of an option that takes one; undefined when no file sets it. */
  get(section: string, key: string): OsloValue | undefined {
    const setting = this.setting(section, key);
    return setting && this.expand(setting, [nameOf(setting.section, key)]);
  }

  /** All values of a multi-valued option, those of earlier files first. */
  getAll(section: string, key: string): readonly OsloValue[] {
    const found = this.settings.get(nameOf(normalSection(section), key)) ?? [];
    // one that refers to its own option means the last of them
    return found.flat().map((setting) => this.expand(setting, []));
  }

  /** The value of an option, or its default, with the references that could not be resolved. */
  text(section: string, key: string): Pick<OsloValue, 'text' | 'unresolved'> | undefined {
    const found = this.get(section, key);
    const fallback = this.default(section, key);
    if (found !== undefined || fallback === undefined) return found;
    return this.expand({ section, key, value: fallback, line: 0, path: '' }, [nameOf(section, key)]);
  }

  private setting(section: string, key: string): Setting | undefined {
    return this.settings
      .get(nameOf(normalSection(section), key))
      ?.at(-1)
      ?.at(-1);
  }

  private default(section: string, key: string): string | undefined {
    const name = `${section}.${key}`;
    return Object.hasOwn(this.defaults, name) ? this.defaults[name] : undefined;
  }

  private expand({ section, value, path, line }: Setting, within: readonly string[]): OsloValue {
    const unresolved = new Set<string>();
    const expansion = { unresolved, left: mostCharacters };
    const text = this.substitute(value, section, within, expansion);
    return { text, path, line, unresolved: [...unresolved] };
  }

  private substitute(
    value: string,
    section: string,
    within: readonly string[],
    expansion: { readonly unresolved: Set<string>; left: number },
  ): string {
    const resolve = (whole: string, escaped?: string, plain?: string, braced?: string): string => {
      if (escaped !== undefined) return '$';
      const name = plain ?? braced ?? '';
      const found = this.lookUp(name, section);
      const place = found && nameOf(found.section, found.key);
      if (found) expansion.left -= found.value.length + 1;
      if (!found || !place || within.includes(place) || within.length > deepest || expansion.left < 0) {
        expansion.unresolved.add(name);
        return whole;
      }
      return this.substitute(found.value, found.section, [...within, place], expansion);
    };
    // `\$` is another way to write `$$`
    return value.replaceAll('\\$', '$$$$').replace(reference, resolve);
  }

  private lookUp(name: string, section: string): Pick<Setting, 'section' | 'key' | 'value'> | undefined {
    const dot = name.indexOf('.');
    const [group, key] = dot < 0 ? [section, name] : [name.slice(0, dot), name.slice(dot + 1)];
    // a section is referred to in lower case, and [DEFAULT] never by its name
    const own = dot < 0 || (group !== 'DEFAULT' && group === normalSection(group));
    return (own ? this.known(group, key) : undefined) ?? this.known('DEFAULT', name);
  }

  private known(section: string, key: string): Pick<Setting, 'section' | 'key' | 'value'> | undefined {
    const value = this.setting(section, key)?.value ?? this.default(section, key);
    return value === undefined ? undefined : { section, key, value };
  }
}

/** Sections and keys may hold dots, but no newline. */
function nameOf(section: string, key: string): string {
  return `${section}\n${key}`;
}

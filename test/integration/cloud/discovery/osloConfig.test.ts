import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { OsloConfig } from '../../../../src/cloud/discovery/osloConfig';
import { parseOsloFile, type OsloFault, type OsloFile } from '../../../../src/cloud/discovery/osloFile';
import { must } from '../../../cloud/run';
import { root } from '../../../setup/places.mjs';
import { osloFiles } from './osloFiles';

interface Raw {
  readonly sections?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly line?: number;
  readonly message?: string;
}
type Said = string | null | readonly string[] | { readonly unresolved: true };
interface Answer {
  readonly raw: readonly Raw[];
  readonly values: readonly [single: Said, multi: Said][] | null;
}

const faults: Readonly<Record<string, OsloFault>> = {
  "No ':' or '=' found in assignment": 'no-assignment',
  'Key cannot be empty': 'empty-key',
  'Unexpected continuation line': 'stray-continuation',
  'Invalid section (must end with ])': 'open-bracket',
  'Empty section name': 'empty-section',
  'Section must be started before assignment': 'no-section',
};

/** One Python process for all cases. */
async function ask(cases: readonly (readonly string[])[]): Promise<readonly Answer[]> {
  const input = cases.map((files) => ({ files, wanted: wantedOf(files) }));
  const script = join(root, 'test/integration/cloud/discovery/osloReferee.py');
  return JSON.parse(
    await must('/usr/bin/python3', ['-X', 'utf8', script], JSON.stringify(input)),
  ) as Answer[];
}

/** The options that are set: names that oslo.config can register; a group `default` it takes for DEFAULT there. */
function wantedOf(files: readonly string[]): [string, string][] {
  const names = files.flatMap((text) =>
    parseOsloFile(text).assignments.map(({ section, key }) => `${section}\n${key}`),
  );
  return [...new Set(names)]
    .map((name) => name.split('\n') as [string, string])
    .filter(([section, key]) => /^(?!default$)[\w ]+$/.test(section) && /^[a-z]\w*$/i.test(key));
}

function rawOf({ assignments }: OsloFile): Record<string, Record<string, string[]>> {
  const sections = new Map<string, Map<string, string[]>>();
  for (const { section, key, value } of assignments) {
    const keys = sections.get(section) ?? new Map<string, string[]>();
    sections.set(section, keys.set(key, [...(keys.get(key) ?? []), value]));
  }
  return Object.fromEntries([...sections].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}

/**
 * @param strict oslo.config takes [DEFAULT]'s option where that of the section refers to something that is not there.
 * We do not follow it there, and call the value unresolved: not strictly, that may differ.
 */
function compare(files: readonly string[], { raw, values }: Answer, strict = true): void {
  const parsed = files.map(parseOsloFile);
  parsed.forEach((file, index) => {
    const { line, message = '', sections } = raw[index] ?? {};
    const context = JSON.stringify(files[index]);
    if (line === undefined) assert.deepEqual(rawOf(file), sections, context);
    assert.equal(file.problem?.fault, line === undefined ? undefined : faults[message], context);
    // oslo.config names the line at which it noticed that there is no section; we name that of the option
    if (file.problem && file.problem.fault !== 'no-section') assert.equal(file.problem.line, line, context);
  });
  if (values === null) return;
  const config = new OsloConfig(parsed.map((file, index) => ({ path: String(index), file })));
  wantedOf(files).forEach(([section, key], index) => {
    const [single, multi] = values[index] ?? [];
    const own = config.get(section, key);
    const all = config.getAll(section, key);
    const context = `[${section}] ${key} of ${JSON.stringify(files)}`;
    if (!strict && all.concat(own ?? []).some(({ unresolved }) => unresolved.length > 0)) return;
    assert.deepEqual(own?.unresolved.length === 0 ? own.text : { unresolved: true }, single, context);
    const resolved = all.every(({ unresolved }) => unresolved.length === 0);
    assert.deepEqual(resolved ? all.map(({ text }) => text) : { unresolved: true }, multi, context);
  });
}

describe('configuration files read as oslo.config reads them', () => {
  const names = Object.keys(osloFiles);
  let answers: readonly Answer[];

  before(async () => {
    answers = await ask(Object.values(osloFiles));
  });

  it('in a table of at least 25', () => assert.ok(names.length >= 25, String(names.length)));

  names.forEach((name, index) => {
    it(`with ${name}`, () => {
      compare(osloFiles[name] ?? [], answers[index] ?? assert.fail());
    });
  });

  it('whatever lines they are made of', async () => {
    const name = fc.constantFrom('a', 'b', 'c_1', 'my_ip', 'connection', 'A');
    const dollar = fc
      .tuple(fc.constantFrom('$', '$$', '\\$', '${', '$database.', '${database.', '${DEFAULT.'), name)
      .map(([start, key]) => `${start}${key}${start.includes('{') ? '}' : ''}`);
    const odd = fc.constantFrom(
      '"',
      "'",
      ' ',
      '\t',
      '=',
      ':',
      '#',
      ';',
      '[',
      ']',
      '\\',
      '\u00a0',
      '\x1c',
      '\ufeff',
      'é',
    );
    const value = fc.array(fc.oneof(dollar, odd, name), { maxLength: 5 }).map((parts) => parts.join(''));
    const assignment = fc
      .tuple(name, fc.constantFrom('=', ' = ', ':', ' : '), value)
      .map((parts) => parts.join(''));
    const header = fc.constantFrom(
      '[DEFAULT]',
      '[database]',
      '[Database]',
      '[default]',
      '[ a ]',
      '[database] ',
    );
    const rare = fc.constantFrom('[', '[]', '[a', 'a', '= b', '[a] # b', '\ufeff[a]');
    const line = fc.oneof(
      { weight: 12, arbitrary: assignment },
      { weight: 4, arbitrary: header },
      { weight: 4, arbitrary: value.map((text) => `  ${text}`) },
      { weight: 2, arbitrary: fc.constantFrom('', '# a', ';b', '\t', '  # c') },
      { weight: 1, arbitrary: rare },
    );
    const ending = fc.constantFrom('\n', '\r\n', '\r');
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), ending, fc.boolean())
      .map(([lines, end, closed]) => `[DEFAULT]${end}${lines.join(end)}${closed ? end : ''}`);
    // A sample that is the same in every run: the referee is slow, and what it finds has to be found again.
    const cases = fc.sample(fc.array(text, { minLength: 1, maxLength: 3 }), { numRuns: 1000, seed: 2 });
    const answers = await ask(cases);
    cases.forEach((files, index) => compare(files, answers[index] ?? assert.fail(), false));
    assert.ok(answers.filter(({ values }) => values !== null).length > 200, 'most of the texts were broken');
  });
});

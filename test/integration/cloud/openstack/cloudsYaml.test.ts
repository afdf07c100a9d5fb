import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readSources } from '../../../../src/cloud/openstack/cloudsYaml/readFiles';
import { resolveCloud } from '../../../../src/cloud/openstack/cloudsYaml/resolveCloud';
import { candidates, type Machine } from '../../../../src/cloud/openstack/cloudsYaml/searchPath';

interface Case {
  readonly case: string;
  readonly clouds?: string;
  readonly secure?: string;
  readonly public?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly latin1?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly region?: string;
  readonly error?: string;
  readonly stricter?: string;
}

interface Answer {
  readonly cloud?: unknown;
  readonly error?: string;
  readonly searched?: readonly (readonly string[])[];
}

const here = join(import.meta.dirname, 'cloudsYaml');
const cases = parse(readFileSync(join(here, 'cases.yaml'), 'utf8'), { merge: true }) as Case[];

describe('clouds.yaml, read by us and by openstacksdk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-clouds-yaml-'));
  const machines = cases.map((one, index) => plant(one, join(folder, String(index))));
  let answers: readonly Answer[];

  before(() => {
    const input = JSON.stringify(
      cases.map(({ name, region }, index) => ({ ...machines[index], name, region })),
    );
    // Debian's own Python has the package, whatever python3 comes first in PATH
    const python = spawnSync('/usr/bin/python3', [join(here, 'openstacksdk.py')], {
      input,
      encoding: 'utf8',
    });
    assert.equal(python.status, 0, python.stderr);
    answers = JSON.parse(python.stdout) as Answer[];
  });

  after(() => rmSync(folder, { recursive: true }));

  cases.forEach((one, index) => {
    it(one.case, async () => {
      const machine = machines[index];
      const theirs = answers[index];
      assert.ok(machine && theirs);
      const { name, region } = one;
      const sources = await readSources(machine);
      const ours = resolveCloud(sources, { ...(name && { name }), ...(region && { region }) });
      const messages = ours.diagnostics.map(({ message }) => message).join('\n');
      const wrong = one.error ?? one.stricter;
      assert.equal(theirs.error !== undefined, one.error !== undefined, theirs.error);
      assert.equal(ours.cloud === undefined, wrong !== undefined, messages);
      if (wrong === undefined) assert.deepEqual(ours.cloud, theirs.cloud);
      else assert.ok(messages.includes(wrong), messages);
      if (theirs.searched) {
        const kinds = ['clouds', 'secure', 'clouds-public'] as const;
        const searched = theirs.searched.map((files) => [...new Set(files)]);
        assert.deepEqual(
          kinds.map((kind) => candidates(kind, machine)),
          searched,
        );
      }
    });
  });
});

/** Writes the files of a case, and says what its machine looks like. */
function plant(one: Case, root: string): Machine & { readonly cwd: string } {
  const place = (path: string): string => join(root, path);
  for (const path of ['work', 'home', 'site']) mkdirSync(place(path), { recursive: true });
  const files = {
    'home/.config/openstack/clouds.yaml': one.clouds,
    'home/.config/openstack/secure.yaml': one.secure,
    'home/.config/openstack/clouds-public.yaml': one.public,
    ...one.files,
  };
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(place(path)), { recursive: true });
    writeFileSync(place(path), text, one.latin1 ? 'latin1' : 'utf8');
  }
  const env = Object.fromEntries(
    Object.entries({ XDG_CONFIG_DIRS: '{root}/site', ...one.env }).map(([name, value]) => [
      name,
      value.replaceAll('{root}', root),
    ]),
  );
  const home = place('home');
  return { platform: 'linux', home, cwd: place('work'), env: { HOME: home, LC_ALL: 'C.UTF-8', ...env } };
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFilter } from '../../../src/app/filter';
import type { Suspect } from '../../../src/model/suspect';
import { suspect, uuid } from '../vscode/suspects';

const now = new Date('2026-11-23T10:00:00Z');

function shows(text: string, changes: Partial<Suspect> = {}): boolean {
  const filter = readFilter(text, (kind) => (kind === 'stuck-deleting' ? 'Stuck deleting' : kind));
  assert.deepEqual(filter.problems, []);
  return filter.matches(suspect(changes), now);
}

describe('the filter of the tree', () => {
  it('shows everything without a term', () => {
    assert.ok(shows('  '));
  });

  it('wants all terms to hold', () => {
    assert.ok(shows('host:compute-01 name:web'));
    assert.ok(!shows('host:compute-01 name:mail'));
  });

  it('takes a host as a whole, with * for anything', () => {
    assert.ok(shows('host:COMPUTE-01'));
    assert.ok(!shows('host:compute-0'));
    assert.ok(!shows('host:pute-01'));
    assert.ok(shows('host:compute-*'));
    assert.ok(!shows('host:compute-01', { host: 'compute-011' }));
    assert.ok(!shows('host:compute.01'));
  });

  it('finds a kind by its id and by its title', () => {
    assert.ok(shows('kind:stuck-del'));
    assert.ok(shows('kind:"stuck deleting"'));
    assert.ok(!shows('kind:leftover'));
  });

  it('finds a project and a part of a name', () => {
    assert.ok(shows('project:7e3'));
    assert.ok(shows('name:"my vm"', { name: 'so my VM here' }));
    assert.ok(!shows('name:vm'));
  });

  it('finds a verdict by its beginning', () => {
    assert.ok(shows('verdict:confirmed'));
    assert.ok(shows('verdict:conf'));
    assert.ok(!shows('verdict:suspected'));
  });

  it('compares ages, and never shows a suspect without one', () => {
    assert.ok(shows('age:>13d'));
    assert.ok(!shows('age:>15d'));
    assert.ok(shows('age:<3w'));
    assert.ok(shows('age:1h'));
    const ageless: Record<string, unknown> = { ...suspect() };
    delete ageless.since;
    assert.ok(!readFilter('age:<3w', String).matches(ageless as unknown as Suspect, now));
  });

  it('matches an address exactly, a subnet, and the beginning of an address', () => {
    assert.ok(shows('172.20.69.7'));
    assert.ok(!shows('172.20.69.7', { addresses: ['172.20.69.70'] }));
    assert.ok(shows('172.20.69.0/24'));
    assert.ok(!shows('172.20.68.0/24'));
    assert.ok(shows('172.20.69.'));
    assert.ok(!shows('172.20.6.'));
    assert.ok(shows('ip:fd00::/8', { addresses: ['fd00::17'] }));
    assert.ok(shows('fd00:0::17', { addresses: ['fd00::17'] }));
  });

  it('looks for other words in UUID, name, host, project and kind', () => {
    for (const word of ['8000-00', 'web', 'compute', '7e3a', 'deleting']) assert.ok(shows(word), word);
    assert.ok(!shows(uuid(2)));
  });

  it('says what it does not understand', () => {
    for (const text of ['colour:red', 'age:old', '10.0.0.0/33', 'ip:10.0.0', 'verdict:sure']) {
      const { problems } = readFilter(text, String);
      assert.equal(problems.length, 1, text);
    }
    assert.match(readFilter('colour:red', String).problems[0] ?? '', /For example: host:compute-01/);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => {
        readFilter(text, String).matches(suspect({ name }), now);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import {
  judgeKey,
  knownKeys,
  preferredAlgorithms,
  type KeyVerdict,
} from '../../../../src/cloud/ssh/hostKeys';
import { keyOf, parseKnownHosts, type HostKey } from '../../../../src/cloud/ssh/knownHosts';

const host = { host: 'compute-01', address: '10.0.1.1', port: 22 };
const shown = key('ssh-ed25519', 'shown');
const other = key('ssh-ed25519', 'other');
const rsa = key('ssh-rsa', 'rsa');

describe('the verdict on a host key', () => {
  it('knows a host by its name or by its address', () => {
    assert.equal(judge(`compute-01 ${line(shown)}`), 'known');
    assert.equal(judge(`10.0.1.1 ${line(shown)}`), 'known');
    assert.equal(judge(`compute-02 ${line(shown)}`), 'unknown');
  });

  it('knows a host that the operator trusted', () => {
    assert.equal(judge('', [shown]), 'known');
  });

  it('calls a host changed when another key is known, of whatever type', () => {
    assert.equal(judge(`compute-01 ${line(other)}`), 'changed');
    assert.equal(judge(`compute-01 ${line(rsa)}`), 'changed');
    assert.equal(judge('', [other]), 'changed');
  });

  it('accepts a new key that was added beside the old one', () => {
    assert.equal(judge(`compute-01 ${line(shown)}`, [other]), 'known');
  });

  it('refuses a revoked key even where another line vouches for it', () => {
    assert.equal(judge(`compute-01 ${line(shown)}\n@revoked * ${line(shown)}`), 'revoked');
    assert.equal(judge(`compute-01 ${line(shown)}\n@revoked * ${line(other)}`), 'known');
  });

  it('does not take the key of a certificate authority for the key of a host', () => {
    assert.equal(judge(`@cert-authority compute-* ${line(shown)}`), 'behind-authority');
    assert.equal(judge(`@cert-authority compute-* ${line(other)}\ncompute-01 ${line(shown)}`), 'known');
  });

  it('on another port, lets the plain name vouch for a key but not accuse one', () => {
    const at2222 = { ...host, port: 2222 };
    assert.equal(judge(`compute-01 ${line(shown)}`, [], at2222), 'known');
    assert.equal(judge(`compute-01 ${line(other)}`, [], at2222), 'unknown');
    assert.equal(judge(`[compute-01]:2222 ${line(other)}\ncompute-01 ${line(shown)}`, [], at2222), 'changed');
  });

  it('passes over lines that are broken, comments and blank lines', () => {
    const text = `# comment\n\n@weird compute-01 ${line(other)}\ncompute-01 ssh-ed25519 !!!\ncompute-01 ssh-rsa ${other.blob}\n`;
    assert.equal(judge(text), 'unknown');
  });
});

describe('the key types that a host is asked for', () => {
  it('are the known ones first', () => {
    const known = knownKeys(parseKnownHosts(`compute-01 ${line(rsa)}`), host, []);
    assert.deepEqual(preferredAlgorithms(known).slice(0, 4), [
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
      'ssh-ed25519',
    ]);
  });

  it('begin with ed25519 when nothing is known', () => {
    assert.equal(preferredAlgorithms(knownKeys([], host, []))[0], 'ssh-ed25519');
  });
});

function judge(knownHosts: string, trusted: HostKey[] = [], named = host): KeyVerdict['is'] {
  return judgeKey(shown, knownKeys(parseKnownHosts(knownHosts), named, trusted)).is;
}

function key(type: string, body: string): HostKey {
  const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type + body)]);
  return keyOf(blob) ?? assert.fail('no key');
}

function line({ type, blob }: HostKey): string {
  return `${type} ${blob}`;
}

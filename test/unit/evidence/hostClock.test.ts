import fc from 'fast-check';
import assert from 'node:assert/strict';
import { parseHost, type HostContent } from '../../../src/evidence/hostReport';
import { OperatorError } from '../../../src/model/errors';
import { between, nonce, recorded } from './recordedHost';

describe('the clock of a host', () => {
  const expected = { host: 'compute-02', address: '10.0.0.2', nodes: [], libvirtUri: 'qemu:///system' };
  const parse = (stdout: string): HostContent => parseHost(stdout, nonce, expected, between);
  const told = (seconds: number): HostContent => parse(recorded({ clock: { output: `${seconds}\n` } }));
  const now = 1795473600;
  const written = (content: HostContent): string | undefined => content.directories[0]?.modifiedAt;

  it('is ours as long as its time may lie between the question and the answer', () => {
    for (const seconds of [now - 1, now, now + 1]) assert.equal(told(seconds).aheadMs, 0);
  });

  it('tells when the files were written in our time, whichever way it is off', () => {
    assert.equal(written(told(now)), '2026-11-23T22:38:50.500Z');
    assert.equal(told(now + 3600).aheadMs, 3598_000, 'no more than is certain: the answer took a while');
    assert.equal(written(told(now + 3600)), '2026-11-23T21:38:52.500Z');
    assert.equal(told(now - 7200).aheadMs, -7198_000);
    assert.equal(written(told(now - 7200)), '2026-11-24T00:38:48.500Z');
  });

  it('never makes a directory older than it is, wherever in between the host was asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 1600 }), (off, after) => {
        const atHost = between.asked.getTime() + after + off;
        const { aheadMs } = told(Math.floor(atHost / 1000));
        assert.ok(aheadMs !== undefined && Math.abs(aheadMs) <= Math.abs(off));
        assert.ok(aheadMs === 0 || Math.sign(aheadMs) === Math.sign(off));
      }),
    );
  });

  it('is a gap when it cannot be read', () => {
    for (const clock of [{ output: 'N\n' }, { code: 127, errors: 'date: not found' }]) {
      assert.throws(
        () => parse(recorded({ clock })),
        (error) => OperatorError.is(error, 'command-failed'),
      );
    }
  });
});

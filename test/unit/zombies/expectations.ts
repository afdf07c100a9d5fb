import assert from 'node:assert/strict';
import type { Dossier, Glimpse } from '../../../src/model/dossier';
import type { Scene } from '../../../src/model/scene';
import type { Sign } from '../../../src/model/sign';
import type { Finding, Verdict } from '../../../src/model/suspect';
import type { ZombieKind } from '../../../src/zombies/declare';

/** The finding of a kind that holds. */
export function found(kind: ZombieKind, dossier: Dossier, scene: Scene): Finding {
  const finding = kind.examine(dossier, scene);
  if (typeof finding === 'string') assert.fail(`expected ${kind.id}, got: ${finding}`);
  return finding;
}

export function expectVerdict(verdict: Verdict, kind: ZombieKind, dossier: Dossier, scene: Scene): Finding {
  const finding = found(kind, dossier, scene);
  assert.equal(finding.verdict, verdict, finding.missing.join('\n'));
  if (verdict === 'unknown' || verdict === 'legitimate') expectNothingOffered(finding);
  return finding;
}

export function expectNothingOffered({ remedy }: Finding): void {
  assert.deepEqual(remedy, {
    wanted: false,
    depth: 'none',
    depths: [],
    domains: [],
    directories: [],
    manual: [],
  });
}

/** The kind does not hold, and its reason matches. */
export function expectNone(reason: RegExp, kind: ZombieKind, dossier: Dossier, scene: Scene): void {
  assert.equal(kind.judge(dossier, scene), undefined);
  const answer = kind.examine(dossier, scene);
  assert.ok(typeof answer === 'string');
  assert.match(answer, reason);
}

/** What a survey shows of the same instance. */
export function glimpseOf(dossier: Dossier, signs: readonly Sign[] = []): Glimpse {
  return { ...dossier, signs: new Set(signs), liveRows: dossier.rows.filter(({ deleted }) => deleted === 0) };
}

/** One trap holds, by its text, and the others are cleared. */
export function expectMissing(text: RegExp, finding: Finding): void {
  assert.ok(
    finding.missing.some((line) => text.test(line)),
    `${String(text)} is not in: ${finding.missing.join('\n')}`,
  );
}

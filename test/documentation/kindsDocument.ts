import type { DeclaredTrap, ZombieKind } from '../../src/zombies/declare';
import { kinds } from '../../src/zombies/kinds';
import { kindTitle } from '../../src/zombies/kindTitle';
import { commonTraps } from '../../src/zombies/traps/common';
import { liveRowTraps } from '../../src/zombies/traps/liveRow';
import { testedKinds } from './testedKinds';

/** What is above it in docs/kinds.md is written by hand. */
export const border =
  '<!-- From here on written by `npm run kinds`, out of the declarations in src/zombies. -->';

const common = commonTraps.map((trap): DeclaredTrap => ({ id: trap.id, when: trap.when() }));
const ofLiveRow = liveRowTraps.map((trap): DeclaredTrap => ({ id: trap.id, when: trap.when() }));

/** The part of docs/kinds.md that the declarations tell. */
export function kindsDocument(): string {
  return [
    border,
    ...testedKinds(),
    '## Every kind',
    ...table(common),
    '## Every kind about a live row',
    ...table(ofLiveRow),
    ...kinds.flatMap(section),
  ].join('\n\n');
}

function section(kind: ZombieKind): string[] {
  const { signal, causes, fixes } = kind.about();
  const traps = kind.traps();
  const ids = new Set(traps.map(({ id }) => id));
  const shares = (list: readonly DeclaredTrap[]): boolean => list.every(({ id }) => ids.has(id));
  const shared = [
    ...(shares(common) ? ['those of every kind'] : []),
    ...(shares(ofLiveRow) ? ['those of a live row'] : []),
  ];
  const told = [...(shares(common) ? common : []), ...(shares(ofLiveRow) ? ofLiveRow : [])];
  const own = traps.filter(({ id }) => !told.some((each) => each.id === id));
  return [
    `## ${kind.id}`,
    `${capital(kindTitle(kind.id))}. ${signal}`,
    `Comes about: ${causes}`,
    `Fixes: ${fixes}`,
    [
      `Needs: ${kind.needs.join(', ')}.`,
      ...(kind.thresholds.length > 0 ? [`Thresholds: ${kind.thresholds.join(', ')}.`] : []),
      ...(shared.length > 0 ? [`Traps: ${shared.join(', ')}${own.length > 0 ? ', and' : '.'}`] : []),
    ].join(' '),
    ...(own.length > 0 ? table(own) : []),
  ];
}

function table(traps: readonly DeclaredTrap[]): string[] {
  const rows = traps.flatMap(({ id, when }) =>
    Object.entries(when).map(
      ([verdict, text], index) =>
        `| ${index === 0 ? `\`${id}\`` : ''} | ${verdict === 'confirmed' ? 'as it was' : verdict} | ${text} |`,
    ),
  );
  return [['| trap | verdict | when |', '| --- | --- | --- |', ...rows].join('\n')];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

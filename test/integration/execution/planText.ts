import { directive, unitDirective } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import type { Domain, InstanceDirectory } from '../../../src/model/facts';
import type { Plan, Section } from '../../../src/model/plan';
import type { ManualStep, Suspect } from '../../../src/model/suspect';
import { cellIn, cloudName } from './bench';

export const id = 'a-plan';

/** A plan on the demo cloud with these sections. */
export function planText(context: RunContext, ...sections: readonly string[]): string {
  const cells = context.cells.map(({ uuid }) => uuid);
  const times = { drafted: '2026-11-23T10:31:07Z', scanned: '2026-11-23T10:30:51Z' };
  const head = directive('plan', { version: 1, cloud: cloudName, cells, id, ...times, purpose: 'cleanup' });
  return [head, `SELECT IF(@openstack_zombies_run = '${id}', 'ok', ~0 + 1);`, ...sections].join('\n\n');
}

/** A section in which Nova is asked to do everything. */
export function apiSectionText(uuid: string, ...steps: readonly string[]): string {
  return sectionText(uuid, ...steps).replace('depth="complete"', 'depth="api"');
}

export function sectionText(uuid: string, ...steps: readonly string[]): string {
  const attributes = {
    uuid,
    name: 'a name',
    kind: 'stuck-deleting',
    verdict: 'confirmed',
    depth: 'complete',
  };
  return [directive('instance', attributes), ...steps].join('\n');
}

/** A unit in the first cell, behind the guard that the instance is live; its row is marked as deleted in the end. */
export function unitText(context: RunContext, uuid: string, ...changes: readonly string[]): string {
  return [
    unitDirective(cellIn(context, 'nova_cell1'), 'nova_cell1'),
    'START TRANSACTION;',
    `SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_cell1.instances WHERE uuid = '${uuid}' AND deleted = 0 FOR UPDATE;`,
    ...changes,
    '-- @expect rows=1',
    `UPDATE nova_cell1.instances SET deleted = id, cleaned = 0 WHERE uuid = '${uuid}';`,
    'COMMIT;',
  ].join('\n');
}

/** Removes the cached network info, which every live instance has. */
export function removeCache(uuid: string, expect = 1): string {
  return `-- @expect rows=${expect}\nDELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}';`;
}

/** A fresh look that bears the whole plan out, and then that all of it is gone. */
export function bearingOut(text: string, changes: Partial<Suspect> = {}): RunContext['look'] {
  const plan: Plan = parse(text);
  let looks = 0;
  return (uuids) => {
    looks += 1;
    const first = looks === 1;
    return Promise.resolve(
      new Map(uuids.map((uuid) => [uuid, first ? suspectOf(plan, uuid, changes) : undefined])),
    );
  };
}

function suspectOf(plan: Plan, uuid: string, changes: Partial<Suspect>): Suspect | undefined {
  const section = plan.sections.find((each) => each.uuid === uuid);
  return section && section.kind !== 'restore' && section.kind !== 'purge'
    ? { ...suspect(section, section.kind), ...changes }
    : undefined;
}

function suspect(section: Section, kind: Suspect['kind']): Suspect {
  const { uuid, name, verdict, depth, steps } = section;
  const domains = steps.flatMap((step): Domain[] =>
    step.step === 'domain'
      ? [{ host: step.host, uuid, name, state: step.state === 'running' ? 'running' : 'shut off', disks: [] }]
      : [],
  );
  const directories = steps.flatMap((step): InstanceDirectory[] =>
    step.step === 'directory'
      ? [
          {
            host: step.host,
            uuid,
            suffix: '',
            path: step.path,
            bytes: step.bytes,
            modifiedAt: '2026-11-01T00:00:00Z',
          },
        ]
      : [],
  );
  const manual = steps.flatMap((step): ManualStep[] =>
    step.step === 'api' ? [{ command: 'by hand', why: 'why', api: step.request }] : [],
  );
  const remedy = { wanted: true, depth, depths: [depth], domains, directories, manual };
  const lists = { evidence: [], cleared: [], missing: [], ladder: [], addresses: [], also: [] };
  return { uuid, subject: 'instance', name, kind, verdict, why: 'why', bytes: 0, remedy, ...lists };
}

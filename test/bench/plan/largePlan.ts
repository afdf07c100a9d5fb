import { draft, type DraftInput } from '../../../src/cleanup/draft';
import type { DraftSubject } from '../../../src/model/content';
import type { Evidence } from '../../../src/model/suspect';
import { apiContent, cellContent, inputOf, instance, mapping, suspect } from '../../unit/cleanup/subjects';

/**
 * The plan that the product drafts for instances that are removed completely, each with rows in thirteen tables and an
 * answer of every related host: 15 statements and 7.5 kB.
 */
export function largePlan(instances: number): string {
  return draft(largeInput(instances, 49)).text;
}

/** What such a plan is drafted from, with the answers of so many related hosts. */
export function largeInput(instances: number, hosts: number): DraftInput {
  const subjects = Array.from({ length: instances }, (_, index) => subjectOf(index + 1, hosts));
  return { ...inputOf(...subjects), depth: 'complete' };
}

/** Statements in the text of a plan that the product drafted. */
export function countStatements(text: string): number {
  return text.match(/^(?:SELECT|DELETE|UPDATE) /gm)?.length ?? 0;
}

function subjectOf(number: number, hosts: number): DraftSubject {
  const uuid = `${number.toString(16).padStart(8, '0')}-982c-4034-9713-566d58ced0c4`;
  const actions = [2 * number, 2 * number + 1];
  return {
    suspect: { ...suspect, uuid, name: `web-${number}`, evidence: evidenceOf(number, hosts) },
    contents: [
      { ...apiContent, mapping: { ...mapping, id: number } },
      {
        ...cellContent,
        ids: new Map([['instance_actions', actions]]),
        instance: { ...instance, uuid, id: number, displayName: `web-${number}` },
      },
    ],
  };
}

function evidenceOf(number: number, count: number): Evidence[] {
  const hosts = Array.from({ length: count }, (_, index) => `compute-${(number + index) % 1000}.example.org`);
  return [
    ...suspect.evidence,
    ...hosts.map((host) => ({
      source: `host:${host}`,
      text: 'libvirt has no such domain',
      at: '2026-11-23T10:30:52Z',
    })),
  ];
}

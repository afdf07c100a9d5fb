import type { DirectoryStep, Section } from '../model/plan';
import { deletionRemark, withFate, type DirectoryFate } from './directoryProse';
import { parse } from './parse';
import { stopRemark } from './prose';

/** A piece of text in place of another. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Edits after which every directory of some sections is quarantined, or deleted: the directive, the line above it, and
 * what the header says is irreversible. In the order of the text; empty when all of them are so already.
 */
export function directoryChoice(text: string, uuids: readonly string[], fate: DirectoryFate): Replacement[] {
  const { sections } = parse(text);
  const steps = sections
    .filter(({ uuid }) => uuids.includes(uuid))
    .flatMap((section) => section.steps)
    .filter((step) => step.step === 'directory')
    .filter(({ then }) => (then === 'quarantine' || then === 'delete') && then !== fate);
  return [
    ...headerEdits(text, sections, steps, fate),
    ...steps.flatMap((step) => stepEdits(text, step, fate)),
  ];
}

export function apply(text: string, edits: readonly Replacement[]): string {
  return edits
    .toReversed()
    .reduce((changed, { start, end, text: by }) => changed.slice(0, start) + by + changed.slice(end), text);
}

/** A bare `"` cannot stand inside a directive's JSON string, so `then="` is where the attribute begins. */
function stepEdits(text: string, { span, then }: DirectoryStep, fate: DirectoryFate): Replacement[] {
  const at = text.slice(span.start, span.end).search(new RegExp(`(?<= then=")${then}"`));
  const above = lineBefore(text, span.start);
  const changed = withFate(text.slice(above.start, above.end), fate);
  return [
    ...(changed === undefined ? [] : [{ ...above, text: changed }]),
    ...(at < 0 ? [] : [{ start: span.start + at, end: span.start + at + then.length, text: fate }]),
  ];
}

function headerEdits(
  text: string,
  sections: readonly Section[],
  steps: readonly DirectoryStep[],
  fate: DirectoryFate,
): Replacement[] {
  const head = text.slice(0, sections[0]?.span.start ?? 0);
  const lines = steps.map(deletionRemark);
  if (fate === 'delete') {
    const at = head.indexOf(stopRemark());
    const fresh = lines.filter((line) => !head.includes(line));
    return at < 0 || fresh.length === 0 ? [] : [{ start: at, end: at, text: `${fresh.join('\n')}\n` }];
  }
  return lines
    .map((line) => head.indexOf(line))
    .filter((start) => start >= 0)
    .toSorted((one, other) => one - other)
    .map((start) => ({ start, end: text.indexOf('\n', start) + 1, text: '' }));
}

function lineBefore(text: string, at: number): { start: number; end: number } {
  const end = at - (text.slice(0, at).endsWith('\r\n') ? 2 : 1);
  return { start: text.lastIndexOf('\n', end - 1) + 1, end };
}

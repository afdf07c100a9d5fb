import { directive } from '../cleanup/directives';
import type { DirectoryStep, DomainStep, Section } from '../model/plan';
import type { RunContext } from './context';
import { onHost } from './host';
import { leftScript } from './leftScript';

/** A step whose end nobody knows: was it done, and if not, how its line reads now. */
export interface Left {
  readonly done: boolean;
  readonly line?: string;
}

/** Asks the host how far a step came whose answer was lost. */
export async function leftOnHost(
  section: Section,
  step: DomainStep | DirectoryStep,
  run: string,
  context: RunContext,
): Promise<Left> {
  const name = step.step === 'directory' ? step.path.slice(step.path.lastIndexOf('/') + 1) : '';
  const origin = step.step === 'directory' ? (step.from?.split('/').at(-2) ?? run) : run;
  const planned =
    step.step === 'directory' ? { planned: step.path.slice(0, step.path.lastIndexOf('/')) } : {};
  const answer = await onHost(context, step.host, leftScript, [section.uuid, name, origin], planned);
  const [, here, kept, rest, state = ''] = /^(\S+) (\S+) (\S+) ?(.*)$/.exec(answer) ?? [];
  if (step.step === 'domain') {
    const { host, uuid } = step;
    if (state === '') return { done: true };
    return { done: false, line: directive('domain', { host, uuid, state, then: 'undefine' }) };
  }
  switch (step.then) {
    case 'restore':
      return { done: here === 'yes' && kept === 'no' };
    case 'quarantine':
      // What stands in the place of a directory that is in quarantine is another one.
      return { done: here === 'no' || kept === 'yes' };
    case 'delete':
      // A part of it that is left is finished by the same step.
      return { done: here === 'no' && rest === 'no' };
    case 'purge':
      // It goes on by itself, and is done where nothing is left.
      return { done: false };
  }
}

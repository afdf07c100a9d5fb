import * as l10n from '@vscode/l10n';
import { isActive } from '../model/domain';
import { OperatorError } from '../model/errors';
import type { DomainStep, Section } from '../model/plan';
import type { StepReport } from '../model/report';
import { isUuid } from '../model/uuid';
import type { RunContext } from './context';
import { copySuffix, quarantineFolder } from './directoryPath';
import { removeDomainScript, showDomainScript } from './domainScript';
import { numbersOf, onHost } from './host';
import type { Journal } from './journal';
import { requireNoLiveRow } from './liveRows';
import { nvramOf } from './nvram';

type Done = Pick<StepReport, 'detail' | 'irreversible' | 'byHand'>;

interface Shown {
  readonly xml: string;
  /** path of the NVRAM, or nothing */
  readonly nvram: string;
  /** the saved memory of a `virsh managedsave` goes with the definition */
  readonly managedSave: boolean;
  /** what libvirt knows of so many snapshots and checkpoints goes with it too; what they hold stays in the disks */
  readonly points: number;
}

/** Saves the domain's XML here and what belongs to it on the host, stops it, and removes its definition. No cancel interrupts it. */
export async function runDomain(
  section: Section,
  step: DomainStep,
  context: RunContext,
  journal: Journal,
): Promise<Done> {
  const shown = await show(section, step, context);
  const { xml, nvram, managedSave, points } = shown;
  const path = await journal.save('domains', `${fileName(step.host)}-${step.uuid}.xml`, xml);
  await requireNoLiveRow(section, step, context);
  const args = [step.uuid, activity(step), journal.run, nvram];
  const copied = await remove(section, step, context, journal, args);
  const notes = [
    l10n.t('XML saved as {0}', path),
    ...(copied > 0 ? [l10n.t('NVRAM and TPM kept in the quarantine on the host')] : []),
    ...(managedSave ? [l10n.t('its saved memory is gone')] : []),
    ...(points > 0 ? [l10n.t('what libvirt knew of {0} snapshots and checkpoints is gone', points)] : []),
  ];
  return { irreversible: loses(step, shown), byHand: true, detail: notes.join('; ') };
}

/** All checks of the step, without the step. */
export async function checkDomain(
  section: Section,
  step: DomainStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<Done> {
  const shown = await show(section, step, context, signal);
  await requireNoLiveRow(section, step, context, signal);
  return { irreversible: loses(step, shown) };
}

/** Gives the number of things that were copied, which a purge of the run finds in its journal. */
async function remove(
  section: Section,
  step: DomainStep,
  context: RunContext,
  journal: Journal,
  args: readonly string[],
): Promise<number> {
  const { host, uuid } = step;
  const answer = await onHost(context, host, removeDomainScript, args);
  const end = answer.indexOf(' ');
  const [copied = 0] = numbersOf(host, answer.slice(0, end), 1);
  const instances = answer.slice(end + 1);
  if (copied > 0) {
    const to = `${instances}/${quarantineFolder}/${journal.run}/${uuid}${copySuffix}`;
    const move = {
      section: section.uuid,
      name: section.name,
      host,
      path: `${instances}/${uuid}`,
      to,
      bytes: 0,
    };
    await journal.add({ event: 'copied', ...move });
  }
  return copied;
}

function loses(step: DomainStep, { managedSave, points }: Shown): boolean {
  return isActive(step) || managedSave || points > 0;
}

async function show(
  section: Section,
  step: DomainStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<Shown> {
  if (step.uuid !== section.uuid || !isUuid(step.uuid)) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The domain {0} does not belong to the instance {1}.', step.uuid, section.uuid),
      l10n.t('Draft the plan again, and leave the UUIDs as they are.'),
    );
  }
  const args = [step.uuid, activity(step)];
  const answer = await onHost(context, step.host, showDomainScript, args, signal ? { signal } : {});
  const end = answer.indexOf('\n');
  const [saved, points] = answer.slice(0, end).split(' ');
  const xml = `${answer.slice(end + 1)}\n`;
  return { xml, nvram: nvramOf(xml, step), managedSave: saved === 'yes', points: Number(points) };
}

function activity(step: DomainStep): 'active' | 'inactive' {
  return isActive(step) ? 'active' : 'inactive';
}

function fileName(host: string): string {
  return host.replace(/[^\w.-]/g, '_');
}

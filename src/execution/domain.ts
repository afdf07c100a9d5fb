import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { DomainStep, Section } from '../model/plan';
import type { StepReport } from '../model/report';
import { isUuid } from '../model/uuid';
import type { RunContext } from './context';
import { removeDomainScript, showDomainScript } from './domainScript';
import { onHost } from './host';
import type { Journal } from './journal';

type Done = Pick<StepReport, 'detail' | 'irreversible'>;

interface Shown {
  readonly xml: string;
  /** the saved memory of a `virsh managedsave` goes with the definition */
  readonly managedSave: boolean;
}

/** Saves the domain's XML here and what belongs to it on the host, stops it, and removes its definition. No cancel interrupts it. */
export async function runDomain(
  section: Section,
  step: DomainStep,
  context: RunContext,
  journal: Journal,
): Promise<Done> {
  const { xml, managedSave } = await show(section, step, context);
  const path = await journal.save('domains', `${fileName(step.host)}-${step.uuid}.xml`, xml);
  const args = [step.uuid, activity(step), journal.run, nvramOf(xml)];
  const copied = Number(await onHost(context, step.host, removeDomainScript, args));
  const notes = [
    l10n.t('XML saved as {0}', path),
    ...(copied > 0 ? [l10n.t('NVRAM and TPM kept in the quarantine on the host')] : []),
    ...(managedSave ? [l10n.t('its saved memory is gone')] : []),
  ];
  return { irreversible: isActive(step) || managedSave, detail: notes.join('; ') };
}

/** All checks of the step, without the step. */
export async function checkDomain(
  section: Section,
  step: DomainStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<Done> {
  const { managedSave } = await show(section, step, context, signal);
  return { irreversible: isActive(step) || managedSave };
}

/** A stopped domain can be defined and started again; what it had in memory is lost. */
export function isActive(step: Pick<DomainStep, 'state'>): boolean {
  return step.state !== 'shut off';
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
  return { managedSave: answer.slice(0, end) === 'yes', xml: `${answer.slice(end + 1)}\n` };
}

function activity(step: DomainStep): 'active' | 'inactive' {
  return isActive(step) ? 'active' : 'inactive';
}

/** `<nvram>` of libvirt's domain XML (formatdomain, "BIOS bootloader"); the path is libvirt's own choice. */
function nvramOf(xml: string): string {
  return /<nvram\b[^>]*>(\/[^<&]+)<\/nvram>/.exec(xml)?.[1] ?? '';
}

function fileName(host: string): string {
  return host.replace(/[^\w.-]/g, '_');
}

import * as l10n from '@vscode/l10n';
import type {
  ConfirmStep,
  DirectoryStep,
  DomainStep,
  ManualPlanStep,
  PlanHeader,
  Section,
} from '../model/plan';
import { apiDatabaseId, type DatabaseId } from '../model/schema';
import { families } from '../model/kindFamily';
import type { KindId } from '../model/kindId';
import type { Depth, Verdict } from '../model/suspect';
import { isUuid } from '../model/uuid';
import { planVersion } from './directives';
import { numberOf, textOf, textsOf, type Directive } from './readDirective';

/** What a directive says, or why it can't be. */
export type Read<T> = T | string;

/** Words of the model as a set that the compiler keeps complete. */
type Words<T extends string> = Readonly<Record<T, unknown>>;

const kinds: Words<KindId | 'restore' | 'purge'> = { ...families, restore: true, purge: true };
const verdicts: Words<Verdict> = { confirmed: true, suspected: true, unknown: true, legitimate: true };
const depths: Words<Depth> = {
  none: true,
  api: true,
  repair: true,
  'mark-deleted': true,
  purge: true,
  complete: true,
  archive: true,
};
const purposes: Words<PlanHeader['purpose']> = { cleanup: true, restore: true, purge: true, history: true };
const fates: Words<DirectoryStep['then']> = { quarantine: true, delete: true, restore: true, purge: true };
const answers: Words<'yes' | 'no'> = { yes: true, no: true };

export function readHeader(directive: Directive): Read<PlanHeader> {
  const purpose = oneOf(purposes, textOf(directive, 'purpose'));
  const run = textOf(directive, 'run');
  const version = numberOf(directive, 'version');
  if (version !== planVersion) {
    return l10n.t(
      'This is a plan of version {0}, and only version {1} is understood. Draft it again.',
      version,
      planVersion,
    );
  }
  if (!purpose) return l10n.t('The purpose of a plan is one of: {0}.', listed(purposes));
  if (purpose === 'restore' && run === '')
    return l10n.t('A plan that restores names the run that it takes back.');
  return {
    version,
    id: textOf(directive, 'id'),
    cloud: textOf(directive, 'cloud'),
    cells: textsOf(directive, 'cells'),
    drafted: textOf(directive, 'drafted'),
    scanned: textOf(directive, 'scanned'),
    purpose,
    ...(run === '' ? {} : { run }),
    span: directive.span,
  };
}

/** What an @instance line says of its section. */
export type SectionHead = Pick<Section, 'uuid' | 'name' | 'kind' | 'verdict' | 'depth' | 'span'>;

export function readInstance(directive: Directive): Read<SectionHead> {
  const uuid = textOf(directive, 'uuid');
  const kind = oneOf(kinds, textOf(directive, 'kind'));
  const verdict = oneOf(verdicts, textOf(directive, 'verdict'));
  const depth = oneOf(depths, textOf(directive, 'depth'));
  if (!isUuid(uuid)) return l10n.t('The uuid is no UUID in lower case.');
  if (!kind) return l10n.t('The kind is one of: {0}.', listed(kinds));
  if (!verdict) return l10n.t('The verdict is one of: {0}.', listed(verdicts));
  if (!depth) return l10n.t('The depth is one of: {0}.', listed(depths));
  return { uuid, name: textOf(directive, 'name'), kind, verdict, depth, span: directive.span };
}

export function readConfirm(directive: Directive, uuid: string): Read<ConfirmStep> {
  const type = textOf(directive, 'type');
  const word = uuid.slice(0, 8);
  if (type !== word) return l10n.t('The word to type is {0}, the beginning of the UUID.', word);
  return { step: 'confirm', type, typed: textOf(directive, 'typed'), span: directive.span };
}

export function readManual(directive: Directive): Read<ManualPlanStep> {
  const done = oneOf(answers, textOf(directive, 'done'));
  if (!done) return l10n.t('done is "yes" or "no".');
  return {
    step: 'manual',
    command: textOf(directive, 'command'),
    done: done === 'yes',
    span: directive.span,
  };
}

export function readDomain(directive: Directive, section: string): Read<DomainStep> {
  const uuid = textOf(directive, 'uuid');
  if (uuid !== section) return l10n.t('This domain is not the one of this section.');
  if (textOf(directive, 'then') !== 'undefine') return l10n.t('then is "undefine".');
  const host = textOf(directive, 'host');
  return { step: 'domain', host, uuid, state: textOf(directive, 'state'), span: directive.span };
}

export function readDirectory(directive: Directive, section: string): Read<DirectoryStep> {
  const then = oneOf(fates, textOf(directive, 'then'));
  const path = textOf(directive, 'path');
  const from = textOf(directive, 'from');
  if (!then) return l10n.t('then is one of: {0}.', listed(fates));
  if (!isInstanceDirectory(path, section))
    return l10n.t('This path is not a directory of the instance of this section.');
  if ((then === 'restore' || then === 'purge') !== isPath(from))
    return l10n.t('from is where a directory is quarantined, for then="restore" and then="purge" alone.');
  return {
    step: 'directory',
    host: textOf(directive, 'host'),
    path,
    bytes: numberOf(directive, 'bytes'),
    then,
    ...(from === '' ? {} : { from }),
    span: directive.span,
  };
}

/** The database and the schema of an @unit line. */
export interface UnitHead {
  readonly database: DatabaseId;
  readonly schema: string;
  readonly parentsMissing?: true;
}

export function readUnit(directive: Directive): Read<UnitHead> {
  const schema = textOf(directive, 'schema');
  const database = textOf(directive, 'database');
  const cell = textOf(directive, 'cell');
  const parents = textOf(directive, 'parents');
  if (schema === '') return l10n.t('The schema has no name.');
  if (!['', 'missing'].includes(parents)) return l10n.t('parents is "missing", or not said at all.');
  if (database === apiDatabaseId && cell === '' && parents === '') return { database, schema };
  return database === '' && isUuid(cell)
    ? { database: cell, schema, ...(parents === '' ? {} : { parentsMissing: true }) }
    : l10n.t('A unit is for cell="UUID" or for database="api".');
}

function isInstanceDirectory(path: string, uuid: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isPath(path) && [uuid, `${uuid}_resize`, `${uuid}_del`].includes(name);
}

/** An absolute path that says where it leads: no empty, . or .. step in it. */
function isPath(path: string): boolean {
  const [first, ...steps] = path.split('/');
  return (
    first === '' && steps.length > 0 && steps.every((step) => step !== '' && step !== '.' && step !== '..')
  );
}

function oneOf<T extends string>(words: Words<T>, text: string): T | undefined {
  return isOneOf(words, text) ? text : undefined;
}

function isOneOf<T extends string>(words: Words<T>, text: string): text is T {
  return Object.hasOwn(words, text);
}

function listed(words: Words<string>): string {
  return Object.keys(words).join(', ');
}

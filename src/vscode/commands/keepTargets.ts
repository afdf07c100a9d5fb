import * as vscode from 'vscode';
import type { KeepRequest } from '../../app/api';
import { isUuid } from '../../model/uuid';
import { input, pick } from '../ask';
import type { Parts } from '../parts';
import { UnsuspectedElement } from '../tree/lookUpElements';
import { HostElement } from '../tree/placeElements';
import { SuspectElement } from '../tree/suspectElement';
import { chooseBranch, elements } from './targets';

type Scope = KeepRequest['scope'];

export interface Target {
  readonly cloud: string;
  readonly scope: Scope;
  readonly id: string;
}

/** What is to be kept: the chosen hosts; of chosen instances what the operator picks; else what they type. */
export async function askTargets(parts: Pick<Parts, 'tree'>, args: readonly unknown[]): Promise<Target[]> {
  const hosts = elements(HostElement, args);
  if (hosts.length > 0) {
    return hosts.map(({ branch, host }) => ({ cloud: branch.name, scope: 'host', id: host }));
  }
  const ofTree = [
    ...elements(SuspectElement, args).flatMap(targetsOf),
    ...elements(UnsuspectedElement, args).map(instance),
  ];
  const scopes = new Set(ofTree.map(({ scope }) => scope));
  if (scopes.size === 1) return ofTree;
  if (scopes.size > 1) {
    const scope = await askScope([...scopes], ofTree);
    return distinct(ofTree.filter((target) => target.scope === scope));
  }
  const { name: cloud } = await chooseBranch(parts, args);
  const scope = await askScope(['instance', 'host', 'project'], []);
  return [{ cloud, scope, id: await askId(scope) }];
}

function targetsOf(element: SuspectElement): Target[] {
  const cloud = element.branch.name;
  const { host, projectId } = element.suspect ?? {};
  return [
    instance(element),
    ...(host === undefined ? [] : [{ cloud, scope: 'host', id: host } as const]),
    ...(projectId === undefined ? [] : [{ cloud, scope: 'project', id: projectId } as const]),
  ];
}

function instance({ branch, uuid }: Pick<SuspectElement, 'branch' | 'uuid'>): Target {
  return { cloud: branch.name, scope: 'instance', id: uuid };
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

async function askScope(scopes: readonly Scope[], targets: readonly Target[]): Promise<Scope> {
  const items = scopes.map((scope) => {
    const ids = new Set(targets.filter((target) => target.scope === scope).map(({ id }) => id));
    return { label: scopeWord(scope), description: scope === 'instance' ? '' : [...ids].join(', '), scope };
  });
  return (await pick(items, { placeHolder: vscode.l10n.t('What is to be kept?') })).scope;
}

async function askId(scope: Scope): Promise<string> {
  const text = await input({
    title: scopeWord(scope),
    prompt: idPrompt(scope),
    validateInput: (typed) => (idOf(scope, typed) === undefined ? vscode.l10n.t('This is none.') : undefined),
  });
  return idOf(scope, text) ?? '';
}

function idOf(scope: Scope, typed: string): string | undefined {
  const id = scope === 'instance' ? typed.trim().toLowerCase() : typed.trim();
  return id === '' || (scope === 'instance' && !isUuid(id)) ? undefined : id;
}

function idPrompt(scope: Scope): string {
  switch (scope) {
    case 'instance':
      return vscode.l10n.t('UUID of the instance');
    case 'host':
      return vscode.l10n.t('Name of the host, as Nova has it');
    case 'project':
      return vscode.l10n.t('Id of the project');
  }
}

function scopeWord(scope: Scope): string {
  switch (scope) {
    case 'instance':
      return vscode.l10n.t('The instance');
    case 'host':
      return vscode.l10n.t('Everything on the host');
    case 'project':
      return vscode.l10n.t('Everything of the project');
  }
}

import * as vscode from 'vscode';
import type { HostSummary } from '../app/api';
import type { CloudColor } from '../app/configurations';
import type { ErrorCode } from '../model/errors';
import type { Source } from '../model/source';
import type { Verdict } from '../model/suspect';
import { age } from './format';

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'confirmed':
      return vscode.l10n.t('confirmed');
    case 'suspected':
      return vscode.l10n.t('suspected');
    case 'unknown':
      return vscode.l10n.t('unknown');
    case 'legitimate':
      return vscode.l10n.t('legitimate');
  }
}

/** The icons differ in shape too: colour alone says nothing. */
export function verdictIcon(verdict: Verdict): vscode.ThemeIcon {
  switch (verdict) {
    case 'confirmed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'suspected':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'unknown':
      return new vscode.ThemeIcon('question');
    case 'legitimate':
      return new vscode.ThemeIcon('pass');
  }
}

/** How a host answered, in one word or two; no word when nothing about it calls for a look. */
export function hostState(host: HostSummary | undefined): {
  word: string;
  icon: vscode.ThemeIcon;
} {
  if (!host) {
    return { word: vscode.l10n.t('not looked at'), icon: new vscode.ThemeIcon('question') };
  }
  if (!host.source.complete) {
    return { word: silenceWord(host.source.gap?.code), icon: new vscode.ThemeIcon('debug-disconnect') };
  }
  if (host.missingDomains > 1 && host.missingDomains === host.expectedDomains) {
    const word = vscode.l10n.t('all {0} domains missing', host.missingDomains);
    return { word, icon: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')) };
  }
  if (!host.listed) {
    return { word: vscode.l10n.t('not listed by Nova'), icon: new vscode.ThemeIcon('vm-outline') };
  }
  return { word: '', icon: new vscode.ThemeIcon('server') };
}

function silenceWord(code: ErrorCode | undefined): string {
  switch (code) {
    case 'bad-configuration':
      return vscode.l10n.t('no SSH key');
    case 'refused-login':
      return vscode.l10n.t('refused the SSH login');
    case 'host-key-unknown':
    case 'host-key-changed':
      return vscode.l10n.t('its SSH key is not trusted');
    default:
      return vscode.l10n.t('did not answer');
  }
}

/** What was not read: hosts by their number when there are many, all else by name. */
export function unreadWords(sources: readonly Source[]): string[] {
  const unread = sources.filter(({ complete }) => !complete);
  const hosts = unread.filter(({ kind }) => kind === 'host');
  const others = unread.filter(({ kind }) => kind !== 'host').map(({ name }) => name);
  return hosts.length > 2
    ? [...others, vscode.l10n.t('{0} hosts', hosts.length)]
    : [...others, ...hosts.map(({ name }) => name)];
}

/** A name, or in its place the first part of the UUID. */
export function shortName(name: string, uuid: string): string {
  return name === '' ? uuid.slice(0, 8) : name;
}

export function ago(time: string, now: Date): string {
  const minutes = (now.getTime() - Date.parse(time)) / 60_000;
  return minutes < 1 ? vscode.l10n.t('just now') : vscode.l10n.t('{0} ago', age(time, now));
}

export function suspectCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 suspect') : vscode.l10n.t('{0} suspects', count);
}

export function domainCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 domain') : vscode.l10n.t('{0} domains', count);
}

export function instanceCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 instance') : vscode.l10n.t('{0} instances', count);
}

export function databaseCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 database') : vscode.l10n.t('{0} databases', count);
}

export function rowCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', count);
}

export function directoryCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 directory') : vscode.l10n.t('{0} directories', count);
}

/** The hour and minute of a time, as they are where the operator is. */
export function timeOfDay(time: string): string {
  return new Date(time).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

/** A cloud and its label: `demo PRODUCTION`. */
export function cloudTitle({ name, label }: { readonly name: string; readonly label?: string }): string {
  return label === undefined ? name : `${name} ${label}`;
}

/** Before the first source is read nobody knows how many there are. */
export function scanningWords(soFar: { readonly read: number; readonly known: number } | undefined): string {
  return soFar === undefined
    ? vscode.l10n.t('scanning…')
    : vscode.l10n.t('scanning… {0} of {1} sources', soFar.read, soFar.known);
}

export function cloudIcon(color: CloudColor | undefined, scanning: boolean): vscode.ThemeIcon {
  const themeColor = color === undefined ? undefined : new vscode.ThemeColor(`charts.${color}`);
  return new vscode.ThemeIcon(scanning ? 'loading~spin' : 'cloud', themeColor);
}

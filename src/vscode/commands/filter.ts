import * as vscode from 'vscode';
import { readFilter } from '../../app/filter';
import { kindTitle } from '../../app/kindTitle';
import { input } from '../ask';
import type { Handler, Parts } from '../parts';
import { MoreElement } from '../tree/suspectElement';
import { elements } from './targets';

export function filter({ tree }: Parts): Handler {
  return async () => {
    const text = await input({
      title: vscode.l10n.t('Filter Suspects'),
      prompt: vscode.l10n.t(
        'Fields: host, kind, verdict, project, name, age, ip. Addresses and subnets need no field.',
      ),
      placeHolder: 'host:compute-01 kind:leftover verdict:confirmed age:>7d 172.20.69.0/24',
      value: tree.filter?.text ?? '',
      validateInput: (value) => readFilter(value, kindTitle).problems[0],
    });
    tree.setFilter(text.trim() === '' ? undefined : readFilter(text, kindTitle));
  };
}

export function clearFilter({ tree }: Parts): Handler {
  return () => {
    tree.setFilter(undefined);
  };
}

export function showMore({ tree }: Parts): Handler {
  return (...args) => {
    for (const { parent, branch, place } of elements(MoreElement, args)) {
      branch.showMore(place);
      tree.refresh(parent);
    }
  };
}

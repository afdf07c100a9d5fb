import * as vscode from 'vscode';
import { directiveMeaning } from '../../app/planWords';
import type { Zombies } from '../../app/zombies';
import { tablesOf, type InstanceTable } from '../../model/instanceTables';
import { isUuid } from '../../model/uuid';
import { markdown } from '../format';
import type { Plans } from './plans';

/** What stands under the mouse in a plan: a directive, a table, the UUID of a cell. */
export class PlanHovers implements vscode.HoverProvider {
  constructor(
    private readonly zombies: Pick<Zombies, 'lastScan'>,
    private readonly plans: Plans,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position);
    const word = range && document.getText(range);
    const text = word === undefined ? undefined : await this.textOf(document, word);
    return text === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(text), range);
  }

  private async textOf(document: vscode.TextDocument, word: string): Promise<string | undefined> {
    if (word.startsWith('@')) {
      const meaning = directiveMeaning(word.slice(1));
      return meaning === undefined ? undefined : `**${markdown(word)}**  \n${meaning}`;
    }
    if (isUuid(word)) {
      const cloud = (await this.plans.read(document)).header?.cloud ?? '';
      const cell = this.zombies.lastScan(cloud)?.sources.find(({ id }) => id === `cell:${word}`);
      return cell && markdown(vscode.l10n.t('The cell {0}', cell.name));
    }
    return tableText(word);
  }
}

function tableText(word: string): string | undefined {
  const name = word.replace(/^shadow_/, '');
  const table = [...tablesOf('cell'), ...tablesOf('api')].find((each) => each.table === name);
  const title = `**${markdown(word)}**  \n`;
  if (name === 'instances') {
    return title + markdown(vscode.l10n.t('the row of the instance itself'));
  }
  if (!table) {
    return undefined;
  }
  const shadow = name === word ? [] : [vscode.l10n.t('the archive of such rows')];
  return title + [table.content, ...shadow, treatmentWord(table)].map(markdown).join('  \n');
}

function treatmentWord({ treatment }: InstanceTable): string {
  switch (treatment) {
    case 'delete':
      return vscode.l10n.t('Its rows go with the instance.');
    case 'detach':
      return vscode.l10n.t('Its rows stay: they are freed of the instance.');
    case 'keep':
      return vscode.l10n.t('Its rows stay.');
  }
}

import * as vscode from 'vscode';
import { kindTitle } from '../../app/kindTitle';
import type { Section, Step, UnitStep } from '../../model/plan';
import type { Span } from '../../model/span';
import { visible } from '../../model/text';
import { rangeOf, type Plans } from './plans';
import { isLarge } from './sight';

/**
 * The outline of a plan: instances, what is done about each, the statements of each transaction. Of a large plan the
 * instances alone.
 */
export class PlanOutline implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  constructor(private readonly plans: Plans) {}

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { sections } = await this.plans.read(document);
    const large = isLarge(sections.length);
    return sections.map((section) => sectionSymbol(document, section, large ? [] : section.steps));
  }

  async provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    const { sections } = await this.plans.read(document);
    const large = isLarge(sections.length);
    return sections.flatMap((section) => [
      folding(document, section.range),
      ...(large ? [] : units(section)).map(({ span }) => folding(document, span)),
    ]);
  }
}

function sectionSymbol(
  document: vscode.TextDocument,
  { uuid, name, kind, span, range }: Section,
  steps: readonly Step[],
): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    name === '' ? uuid : visible(name),
    kind === 'restore' || kind === 'purge' ? purposeTitle(kind) : kindTitle(kind),
    vscode.SymbolKind.Object,
    rangeOf(document, range),
    rangeOf(document, span),
  );
  symbol.children = steps.map((step) => stepSymbol(document, step));
  return symbol;
}

function purposeTitle(kind: 'restore' | 'purge'): string {
  return kind === 'restore' ? vscode.l10n.t('restore') : vscode.l10n.t('purge');
}

function stepSymbol(document: vscode.TextDocument, step: Step): vscode.DocumentSymbol {
  switch (step.step) {
    case 'confirm':
      return leaf(document, vscode.l10n.t('confirm'), step.type, vscode.SymbolKind.Key, step.span);
    case 'manual':
      return leaf(
        document,
        vscode.l10n.t('by hand'),
        visible(step.command),
        vscode.SymbolKind.Event,
        step.span,
      );
    case 'domain':
      return leaf(document, vscode.l10n.t('domain'), step.host, vscode.SymbolKind.Interface, step.span);
    case 'directory':
      return leaf(document, vscode.l10n.t('directory'), step.host, vscode.SymbolKind.File, step.span);
    case 'api':
      return leaf(document, vscode.l10n.t('API'), step.request.do, vscode.SymbolKind.Event, step.span);
    case 'unit':
      return unitSymbol(document, step);
  }
}

function unitSymbol(document: vscode.TextDocument, unit: UnitStep): vscode.DocumentSymbol {
  const symbol = leaf(document, unit.schema, '', vscode.SymbolKind.Namespace, unit.span);
  symbol.selectionRange = document.lineAt(symbol.range.start).range;
  symbol.children = unit.statements.map(({ kind, table, expect, span }) => {
    const rows = expect === undefined ? '' : String(expect);
    return leaf(document, [kind, table].filter(Boolean).join(' '), rows, vscode.SymbolKind.Field, span);
  });
  return symbol;
}

function leaf(
  document: vscode.TextDocument,
  name: string,
  detail: string,
  kind: vscode.SymbolKind,
  span: Span,
): vscode.DocumentSymbol {
  const range = rangeOf(document, span);
  return new vscode.DocumentSymbol(name, detail, kind, range, range);
}

/** A section reaches to where the next begins: the blank lines between them stay in sight. */
function folding(document: vscode.TextDocument, span: Span): vscode.FoldingRange {
  const { start, end } = rangeOf(document, span);
  let last = end.character === 0 ? end.line - 1 : end.line;
  while (last > start.line && document.lineAt(last).isEmptyOrWhitespace) last--;
  return new vscode.FoldingRange(start.line, last, vscode.FoldingRangeKind.Region);
}

function units({ steps }: Section): Step[] {
  return steps.filter(({ step }) => step === 'unit');
}

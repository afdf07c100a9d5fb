import ts from 'typescript';

/** A change of a source that takes one guard out of it. */
export interface Mutant {
  /** the file or the kind, and what is taken out */
  readonly name: string;
  readonly line?: number;
  readonly text: string;
}

/** One for each side of every && and ||, and one for every `if` that returns early. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const mutants: Mutant[] = [];
  const replace = (node: ts.Node, out: ts.Node, by = ''): void => {
    const { line } = source.getLineAndCharacterOfPosition(out.getStart());
    const gone = out.getText().replaceAll(/\s+/g, ' ');
    mutants.push({
      name: `${file}: without ${gone}`,
      line: line + 1,
      text: text.slice(0, node.getStart()) + by + text.slice(node.getEnd()),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isGuard(node.operatorToken.kind)) {
      replace(node, node.right, node.left.getText());
      if (!isGuarded(node.left)) replace(node, node.left, node.right.getText());
    }
    if (ts.isIfStatement(node) && !node.elseStatement && returns(node.thenStatement)) {
      replace(node, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

function isGuard(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

/** In `a && b && c` each of a and b is a side of the inner one. */
function isGuarded(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && isGuard(node.operatorToken.kind);
}

function returns(node: ts.Statement): boolean {
  const last = ts.isBlock(node) ? node.statements.at(-1) : node;
  return last !== undefined && ts.isReturnStatement(last);
}

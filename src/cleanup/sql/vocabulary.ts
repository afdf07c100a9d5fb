import * as l10n from '@vscode/l10n';
import { reservedWords } from '../reservedWords';
import type { Token } from './scan';

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Functions that only compute. All others refuse: some wait, lock, read files or call what is stored on the server. */
const functions = words(`
  ABS AVG CAST CHAR_LENGTH COALESCE CONCAT CONCAT_WS CONVERT COUNT DATE DATE_ADD DATE_FORMAT DATE_SUB DATEDIFF
  GREATEST GROUP_CONCAT HEX IF IFNULL INET_ATON INET_NTOA ISNULL JSON_EXTRACT JSON_UNQUOTE JSON_VALUE LEAST LEFT
  LENGTH LOWER MAX MD5 MIN MOD NOW NULLIF REPLACE RIGHT ROUND SHA1 SHA2 SUM TIMESTAMPDIFF UNHEX UNIX_TIMESTAMP
  UPPER UTC_DATE UTC_TIMESTAMP
`);

/** Keywords after which a parenthesis opens something else than the arguments of a function. */
const keywordsBeforeParenthesis = words(`
  ALL AND ANY AS BETWEEN BY CASE DISTINCT DIV ELSE EXCEPT EXISTS FROM HAVING IN INTERSECT INTERVAL JOIN LIKE NOT ON
  OR REGEXP RLIKE SELECT SET SOME STRAIGHT_JOIN THEN UNION USING VALUES WHEN WHERE XOR
`);

/** Keywords of clauses that do more than read or change rows. */
const refused = words('DUMPFILE DUPLICATE HANDLER INTO OUTFILE PROCEDURE RETURNING TABLE WITH');

const symbols = new Set('(),.=<>!+-*/%&|^~');

/** What is wrong with one token in any statement of a plan; `index` in the statement's tokens. */
export function refusal(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  if (!token) return undefined;
  const { kind, keyword, text } = token;
  if (kind === 'string' || kind === 'number') return undefined;
  if (kind === 'variable' || keyword === ':=') return l10n.t('A plan uses no variables.');
  if (kind === 'symbol') return symbols.has(keyword) ? undefined : l10n.t('{0} has no place here.', text);
  if (kind === 'word' && isKeyword(tokens, index - 1, '.') && reservedWords.has(keyword)) {
    return l10n.t('Put {0} into backticks: servers differ in how they read it here.', text);
  }
  if (refused.has(keyword) && !isInsertInto(tokens, index))
    return l10n.t('{0} has no place in a plan.', keyword);
  if (keyword === 'NEXT' && isKeyword(tokens, index + 1, 'VALUE'))
    return l10n.t('A plan does not draw from sequences.');
  return refusedCall(tokens, index);
}

function refusedCall(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  if (!token || (token.kind !== 'word' && token.kind !== 'name')) return undefined;
  if (!isKeyword(tokens, index + 1, '(') || isInsertTarget(tokens, index)) return undefined;
  const known = functions.has(token.keyword) || keywordsBeforeParenthesis.has(token.keyword);
  const qualified = isKeyword(tokens, index - 1, '.');
  return known && !qualified ? undefined : l10n.t('The function {0} has no place in a plan.', token.text);
}

function isInsertInto(tokens: readonly Token[], index: number): boolean {
  return index === 1 && isKeyword(tokens, 0, 'INSERT') && isKeyword(tokens, 1, 'INTO');
}

/** The table of INSERT INTO schema.table (columns) is the fifth token. */
function isInsertTarget(tokens: readonly Token[], index: number): boolean {
  return index === 4 && isInsertInto(tokens, 1) && isKeyword(tokens, 3, '.');
}

function isKeyword(tokens: readonly Token[], index: number, keyword: string): boolean {
  return tokens[index]?.keyword === keyword;
}

import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { expandTokens, type Expansion } from './tokens';

/** What a ProxyCommand may name: TOKENS in ssh_config(5). */
const tokensOfCommand = ['h', 'n', 'p', 'r'] as const;

/** Expands a ProxyCommand. What a shell could take for something else is not put into a command: CVE-2023-51385. */
export function proxyCommandFor(command: string, { tokens }: Expansion): string {
  const used = tokensOfCommand.filter((token) => command.replaceAll('%%', '').includes(`%${token}`));
  for (const value of used.map((token) => tokens[token] ?? '')) {
    if (/^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*$/.test(value)) continue;
    throw new OperatorError(
      'bad-configuration',
      l10n.t('"{0}" cannot be put into the ProxyCommand: a shell could take it for something else.', value),
      l10n.t('Reach the host by a jump, or by its plain name or address.'),
    );
  }
  return expandTokens(
    command,
    Object.fromEntries(used.map((token) => [token, tokens[token]])),
    'ProxyCommand',
  );
}

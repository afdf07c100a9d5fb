import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';

/** What tokens such as `%h` stand for: TOKENS in ssh_config(5). */
export type Tokens = Readonly<Partial<Record<string, string>>>;

export interface Expansion {
  readonly tokens: Tokens;
  readonly home: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
}

/** Expands `%h` and the like. Rejects a token that is not known here, as ssh does. */
export function expandTokens(text: string, tokens: Tokens, option: string): string {
  return text.replace(/%([^]?)/g, (token, letter: string) => {
    const value = letter === '%' ? '%' : Object.hasOwn(tokens, letter) ? tokens[letter] : undefined;
    if (value !== undefined) return value;
    throw wrong(l10n.t('{0} cannot stand in {1} of the SSH configuration.', token, option));
  });
}

/** Expands `~/`, `${VARIABLE}` and tokens in the path of a file. */
export function expandPath(text: string, { tokens, home, environment }: Expansion, option: string): string {
  const fromHome = text.startsWith('~/') ? `${home}${text.slice(1)}` : text;
  if (fromHome.startsWith('~')) {
    throw wrong(l10n.t('{0} of the SSH configuration names the home of another user: {1}', option, fromHome));
  }
  const parts = fromHome.split(/(\$\{[^}]*\})/);
  return parts
    .map((part) => {
      const name = /^\$\{(.*)\}$/s.exec(part)?.[1];
      if (name === undefined) return expandTokens(part, tokens, option);
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value !== undefined) return value;
      throw wrong(
        l10n.t('{0} of the SSH configuration needs the variable {1}, which is not set.', option, name),
      );
    })
    .join('');
}

function wrong(message: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    message,
    l10n.t('Mend it, or name another file, or "none", in ssh.configFile of the cloud.'),
  );
}

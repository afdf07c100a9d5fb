import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { DatabaseAddress } from './databaseUrl';

/** The errors that mysql2 makes of its own accord while it proves who we are (lib/commands/auth_switch.js). */
const codes: ReadonlySet<string> = new Set(['AUTH_SWITCH_PLUGIN_ERROR', 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED']);

/**
 * A way of logging in that is not supported, for the operator; undefined when the error is another. It is no refused
 * login: another password would not help.
 */
export function authError(
  { code, message }: { readonly code: string; readonly message: string },
  { account, user }: DatabaseAddress,
): OperatorError | undefined {
  if (!codes.has(code)) return undefined;
  const plugin = pluginOf(code, message);
  return new OperatorError(
    'bad-configuration',
    plugin === undefined
      ? l10n.t('The login as {0} failed: {1}', account, message)
      : l10n.t('The server asks {0} to log in by {1}, which is not supported.', account, plugin),
    l10n.t(
      'Let {0} log in by mysql_native_password, caching_sha2_password or sha256_password (ALTER USER), or use an account that does, or one that a unix socket lets in.',
      user,
    ),
    { cause: new Error(code) },
  );
}

/** mysql2 names the plugin in the text only. The server chose the name, so it is taken as a word and no more. */
function pluginOf(code: string, message: string): string | undefined {
  if (code === 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED') return 'mysql_clear_password';
  return /unknown plugin (\w{1,64})/.exec(message)?.[1];
}

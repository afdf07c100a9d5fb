import * as l10n from '@vscode/l10n';
import { TLSSocket } from 'node:tls';
import type { Connection as Driver } from 'mysql2';
import { OperatorError } from '../../model/errors';
import type { DatabaseAddress } from './databaseUrl';

/** Codes of OpenSSL's X509_verify_cert_error, as Node names them: certificates of the wrong time. */
const untimely: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Why Node rejected the server's certificate. mysql2 writes its own code over the one that Node gave the error. */
export function rejectionOf(driver: Driver): string | undefined {
  const stream: unknown = 'stream' in driver ? driver.stream : undefined;
  const why: unknown = stream instanceof TLSSocket ? stream.authorizationError : undefined;
  return typeof why === 'string' ? why : undefined;
}

/** An error of the TLS handshake for the operator; undefined when it is none. */
export function tlsError(
  { code, message }: { readonly code: string; readonly message: string },
  rejection: string | undefined,
  { account, host }: DatabaseAddress,
): OperatorError | undefined {
  const failed = (text: string, action: string): OperatorError =>
    new OperatorError('tls-failed', text, action, { cause: new Error(rejection ?? code) });
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return failed(
      l10n.t('The database server of {0} does not offer TLS, which is asked for. Nothing was sent.', account),
      l10n.t(
        'Turn TLS on at the server, or reach it over SSH (database.via); on a network that nobody else is on, database.tls.mode may be "off".',
      ),
    );
  }
  if (code !== 'HANDSHAKE_SSL_ERROR' && !code.startsWith('ERR_SSL_')) return undefined;
  if (rejection === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return failed(
      l10n.t('The certificate that {0} shows is not for the name {1}: {2}', account, host, message),
      l10n.t(
        'Use a name that stands in the certificate in the URL of the database. The mode "verify-ca" does not check the name.',
      ),
    );
  }
  if (rejection !== undefined && untimely.has(rejection)) {
    return failed(
      l10n.t('The certificate that {0} shows is not valid now: {1}', account, message),
      l10n.t('Renew the certificate of the server, and check the clock of this machine.'),
    );
  }
  if (rejection !== undefined) {
    return failed(
      l10n.t(
        'No authority that is trusted here vouches for the certificate that {0} shows: {1}',
        account,
        message,
      ),
      l10n.t(
        'Set database.tls.ca of the cloud to the certificate of the authority that signed it. If it is that already, somebody may stand between.',
      ),
    );
  }
  return failed(
    l10n.t('TLS with {0} failed: {1}', account, message),
    l10n.t(
      'Check that the server takes TLS 1.2 or newer, and that it trusts the client certificate in database.tls, if there is one.',
    ),
  );
}

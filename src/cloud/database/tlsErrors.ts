import * as l10n from '@vscode/l10n';
import { TLSSocket } from 'node:tls';
import type { Connection as Driver } from 'mysql2';
import { OperatorError } from '../../model/errors';
import type { DatabaseAddress } from './databaseUrl';

/** Codes of OpenSSL's X509_verify_cert_error, as Node names them: certificates of the wrong time. */
const untimely: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** What Node has against the certificate of a server. */
export interface Rejection {
  readonly code: string;
  readonly message: string;
}

/**
 * Why Node gave up a connection that had to be verified. mysql2 writes a code of its own over Node's, and hears of a
 * stream that is no socket only that it was closed.
 */
export function rejectionOf(driver: Driver): Rejection | undefined {
  const stream: unknown = 'stream' in driver ? driver.stream : undefined;
  if (!(stream instanceof TLSSocket)) return undefined;
  // The types say Error; it is the code (lib/_tls_wrap.js, onConnectSecure).
  const code: unknown = stream.authorizationError;
  return typeof code === 'string' ? { code, message: stream.errored?.message ?? code } : undefined;
}

/** An error of the TLS handshake for the operator; undefined when it is none. */
export function tlsError(
  { code, message }: { readonly code: string; readonly message: string },
  rejection: Rejection | undefined,
  address: DatabaseAddress,
): OperatorError | undefined {
  if (rejection) return certificateError(rejection, address);
  const { account } = address;
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return failed(
      code,
      l10n.t('The database server of {0} does not offer TLS, which is asked for. Nothing was sent.', account),
      l10n.t(
        'Turn TLS on at the server, or reach it over SSH (database.via); on a network that nobody else is on, database.tls.mode may be "off".',
      ),
    );
  }
  if (code !== 'HANDSHAKE_SSL_ERROR' && !code.startsWith('ERR_SSL_')) return undefined;
  return failed(
    code,
    l10n.t('TLS with {0} failed: {1}', account, message),
    l10n.t(
      'Check that the server takes TLS 1.2 or newer, and that it trusts the client certificate in database.tls, if there is one.',
    ),
  );
}

function certificateError({ code, message }: Rejection, { account, host }: DatabaseAddress): OperatorError {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return failed(
      code,
      l10n.t('The certificate that {0} shows is not for the name {1}: {2}', account, host, message),
      l10n.t(
        'Use a name that stands in the certificate in the URL of the database. The mode "verify-ca" does not check the name.',
      ),
    );
  }
  if (untimely.has(code)) {
    return failed(
      code,
      l10n.t('The certificate that {0} shows is not valid now: {1}', account, message),
      l10n.t('Renew the certificate of the server, and check the clock of this machine.'),
    );
  }
  return failed(
    code,
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

function failed(code: string, message: string, action: string): OperatorError {
  return new OperatorError('tls-failed', message, action, { cause: new Error(code) });
}

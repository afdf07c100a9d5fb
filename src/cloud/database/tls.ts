import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { SslOptions } from 'mysql2';
import { OperatorError, messageOf } from '../../model/errors';
import type { TlsConfiguration, TlsMode } from '../configuration';
import { expandHome } from '../home';
import type { DatabaseAddress } from './databaseUrl';
import type { TlsDemand, TlsProof } from './tlsArguments';

const proofByMode: Readonly<Record<Exclude<TlsMode, 'off'>, TlsProof>> = {
  required: 'none',
  'verify-ca': 'ca',
  'verify-identity': 'identity',
};

/**
 * What a connection has to ask of TLS; undefined for none. The settings stand above the URL, whose files are those
 * of a controller where it comes from Nova. A unix socket is no network, and has no name that could be checked.
 */
export function demandOf(
  settings: TlsConfiguration | undefined,
  { tls, socketPath }: Pick<DatabaseAddress, 'tls' | 'socketPath'>,
): TlsDemand | undefined {
  if (socketPath !== undefined) return undefined;
  if (settings === undefined) return tls;
  const { mode, ...files } = settings;
  return mode === 'off' ? undefined : { ...tls, ...files, verify: proofByMode[mode] };
}

/** Reads the files, each time anew: certificates are renewed. Rejects with `bad-configuration`. */
export async function loadTls({ verify, ca, cert, key }: TlsDemand): Promise<SslOptions> {
  const [caText, certText, keyText] = await Promise.all([
    read('ca', ca),
    read('cert', cert),
    read('key', key),
  ]);
  if ((certText === undefined) !== (keyText === undefined)) {
    throw unusable(l10n.t('A client certificate needs its key, and a key its certificate.'));
  }
  const files = {
    ...(caText === undefined ? {} : { ca: caText }),
    ...(certText === undefined ? {} : { cert: certText }),
    ...(keyText === undefined ? {} : { key: keyText }),
  };
  try {
    createSecureContext(files);
  } catch (error) {
    throw unusable(l10n.t('The files for TLS cannot be used: {0}', messageOf(error)));
  }
  if (caText?.includes('-----BEGIN CERTIFICATE-----') === false) {
    throw unusable(l10n.t('There is no certificate in {0}.', ca ?? ''));
  }
  return { ...files, rejectUnauthorized: verify !== 'none', verifyIdentity: verify === 'identity' };
}

async function read(what: 'ca' | 'cert' | 'key', path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(expandHome(path), 'latin1');
  } catch (error) {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('A file for TLS cannot be read: {0}', messageOf(error)),
      l10n.t(
        'Set database.tls.{0} of the cloud to a file of this machine. What a URL of Nova names lies on a controller.',
        what,
      ),
    );
  }
}

function unusable(message: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    message,
    l10n.t(
      'Name PEM files in database.tls of the cloud: ca, and cert with its key, which has no passphrase.',
    ),
  );
}

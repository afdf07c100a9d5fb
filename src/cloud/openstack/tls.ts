import { readFile } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../../model/errors';
import type { TlsFiles } from './openStackCloud';

export interface TlsOptions extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> {
  readonly rejectUnauthorized: boolean;
}

/** Reads the files that the settings of a cloud name. */
export async function readTls({ caFile, certFile, keyFile, verify }: TlsFiles): Promise<TlsOptions> {
  const [ca, cert, key] = await Promise.all([
    caFile === undefined ? undefined : read(caFile),
    certFile === undefined ? undefined : read(certFile),
    // as in python-requests: without a key file the certificate's file holds both
    certFile === undefined ? undefined : read(keyFile ?? certFile),
  ]);
  return {
    rejectUnauthorized: verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('{0} cannot be read: {1}', file, messageOf(error)),
      l10n.t('Check the paths cacert, cert and key of the cloud.'),
      { cause: error },
    );
  }
}

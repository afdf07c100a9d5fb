import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';

/** `silent`: no answer in time. `lost`: no connection, or it broke. `untrusted`: TLS failed. */
export type TransportFault = 'silent' | 'lost' | 'untrusted' | 'too-large';

/** No usable answer came. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly fault: TransportFault,
    said: string,
    /** the connection stood: the request may have arrived */
    readonly sent: boolean,
    /** an idle connection that the server had closed */
    readonly reused: boolean,
  ) {
    super(said);
  }
}

/** Says what it means for the operator that a request to `url` got no usable answer. */
export function transportError(
  { fault, message, sent, cause }: TransportError,
  service: string,
  url: URL,
  changes: boolean,
): OperatorError {
  const place = `${url.protocol}//${url.host}`;
  if (changes && sent) {
    return new OperatorError(
      'outcome-unknown',
      l10n.t('{0} at {1} did not say what came of a change: {2}', service, place, message || fault),
      l10n.t('It may have happened: look again before you repeat it.'),
      { cause },
    );
  }
  switch (fault) {
    case 'silent':
      return new OperatorError(
        'timed-out',
        l10n.t('{0} at {1} does not answer.', service, place),
        l10n.t('Check that the service runs, and that no firewall is between.'),
      );
    case 'untrusted':
      return new OperatorError(
        'unreachable',
        l10n.t('No trusted connection to {0} at {1}: {2}', service, place, message),
        l10n.t(
          'Name the authority of its certificate as cacert of the cloud; check cert and key if it asks for them.',
        ),
      );
    case 'too-large':
      return new OperatorError(
        'bad-answer',
        l10n.t('{0} at {1} answers with more than {2} bytes.', service, place, message),
        l10n.t('Check that this is the address of the service, and the size of its pages.'),
      );
    case 'lost':
      return new OperatorError(
        'unreachable',
        l10n.t('{0} at {1} cannot be reached, or the connection was lost: {2}', service, place, message),
        l10n.t(
          'Check the address in the catalogue or the settings of the cloud, the interface (public, internal, admin), and that no firewall is between.',
        ),
      );
  }
}

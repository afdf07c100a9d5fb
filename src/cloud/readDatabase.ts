import type { DatabaseConfiguration, TlsConfiguration, TlsMode } from './configuration';
import * as l10n from '@vscode/l10n';
import { anyText, oneOf, type Check, type Fields } from './fields';
import { sshName } from './sshName';

const modes: readonly TlsMode[] = ['off', 'required', 'verify-ca', 'verify-identity'];
const words: Check<readonly string[]> = (value, wrong) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const texts = list.filter((text) => typeof text === 'string' && text !== '');
  if (texts.length > 0 && texts.length === list.length) return texts as string[];
  wrong(l10n.t('This must be a list of a program and its arguments.'));
  return undefined;
};

const ways: readonly DatabaseConfiguration['via'][] = ['direct', 'ssh'];

/** Reads `database` of a cloud, whose controller is where an SSH login goes that names no other host. */
export function readDatabase(fields: Fields, controller: string | undefined): DatabaseConfiguration {
  const via = fields.optional('via', oneOf(ways)) ?? 'direct';
  const isNeeded = via === 'ssh' && controller === undefined;
  const sshHost = isNeeded ? fields.required('sshHost', sshName) : fields.optional('sshHost', sshName);
  const tls = fields.has('tls') ? readTls(fields.nested('tls')) : undefined;
  const passwordCommand = fields.optional('passwordCommand', words);
  const optionFile = fields.optional('optionFile', anyText);
  fields.refuseOthers();
  return {
    ...(passwordCommand === undefined ? {} : { passwordCommand }),
    ...(optionFile === undefined ? {} : { optionFile }),
    via,
    ...(tls === undefined ? {} : { tls }),
    ...(sshHost === undefined ? {} : { sshHost }),
  };
}

/** The mode has no default: what is not said must not turn out to be weaker, or stricter, than was meant. */
function readTls(fields: Fields): TlsConfiguration | undefined {
  const mode = fields.required('mode', oneOf(modes));
  const ca = fields.optional('ca', anyText);
  const cert = fields.has('key') ? fields.required('cert', anyText) : fields.optional('cert', anyText);
  const key = fields.has('cert') ? fields.required('key', anyText) : fields.optional('key', anyText);
  fields.refuseOthers();
  if (mode === undefined) return undefined;
  return {
    mode,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

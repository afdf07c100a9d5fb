import * as l10n from '@vscode/l10n';
import { posix, win32 } from 'node:path';
import type { Report } from './report';
import type { Interface, ResolvedCloud } from './resolvedCloud';
import { booleanOf, isEmpty, textOf, type Mapping, type Value } from './value';

type Tls = Pick<ResolvedCloud, 'verify' | 'caFile' | 'certFile' | 'keyFile'>;

/** `get_requests_verify_args` of openstack/config/cloud_region.py 0.101. */
export function tlsOf(settings: Mapping, home: string, report: Report): Tls {
  const verify = settings.get('verify');
  if (verify !== undefined && verify.data !== null && typeof verify.data !== 'boolean') {
    const message = l10n.t(
      'This must be true or false without quotes. Name a file of authorities in cacert.',
    );
    report.error(verify.origin, message);
  }
  const checked = verify?.data !== false && !booleanOf(settings.get('insecure'), report);
  const [caFile, certFile, keyFile] = ['cacert', 'cert', 'key'].map((key) => {
    const path = textOf(settings.get(key), report);
    return path ? expandHome(path, home) : undefined;
  });
  const unused = !checked && caFile !== undefined ? settings.get('cacert') : undefined;
  if (unused) report.warn(unused.origin, l10n.t('cacert has no effect: certificates are not checked.'));
  return {
    verify: checked,
    ...(checked && caFile !== undefined ? { caFile } : {}),
    ...(certFile === undefined ? {} : { certFile }),
    ...(certFile === undefined || keyFile === undefined ? {} : { keyFile }),
  };
}

export function interfaceOf(value: Value | undefined, report: Report): Interface {
  if (value === undefined || isEmpty(value)) return 'public';
  // the older names end in URL (ServiceCatalogV3.normalize_interface of keystoneauth1/access/service_catalog.py 5.0.0)
  const name = typeof value.data === 'string' ? value.data.replace(/URL$/, '') : undefined;
  if (name === 'public' || name === 'internal' || name === 'admin') return name;
  report.error(value.origin, l10n.t('This must be one of: {0}.', 'public, internal, admin'));
  return 'public';
}

/** Seconds that a request may take. */
export function timeoutOf(settings: Mapping, report: Report): number | undefined {
  const value = settings.get('api_timeout');
  const text = textOf(value, report);
  if (value === undefined || !text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  report.error(value.origin, l10n.t('This must be a number of seconds.'));
  return undefined;
}

/** `os.path.expanduser` for the user's own home folder. */
function expandHome(path: string, home: string): string {
  if (path === '~') return home;
  const paths = /^[A-Za-z]:\\/.test(home) ? win32 : posix;
  return /^~[/\\]/.test(path) ? paths.join(home, path.slice(2)) : path;
}

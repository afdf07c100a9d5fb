import type { ErrorCode } from './errors';

/** Where facts come from. A kind names what it needs in these words. */
export type SourceKind = 'api-database' | 'cell' | 'placement' | 'host' | ServiceKind;

/** The services whose APIs are asked, where the cloud has an entry of clouds.yaml; each is one source with this id. */
export type ServiceKind = 'keystone' | 'nova' | 'neutron' | 'cinder' | 'ironic';

const serviceKinds: readonly SourceKind[] = ['keystone', 'nova', 'neutron', 'cinder', 'ironic'];

export function isService(kind: SourceKind): boolean {
  return serviceKinds.includes(kind);
}

/** One source as it answered in one scan. Incomplete is not the same as empty: see `gap`. */
export interface Source {
  /** `api-database`, `cell:<uuid>`, `placement`, `host:<name>` or a ServiceKind */
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly complete: boolean;
  /** why it is not complete; present exactly when `complete` is false */
  readonly gap?: Gap;
  /** ISO 8601, UTC */
  readonly readAt: string;
}

export interface Gap {
  readonly code: ErrorCode;
  readonly message: string;
  /** what the operator can do */
  readonly action: string;
}

export const apiSourceId = 'api-database';
export const placementSourceId = 'placement';

export function cellSourceId(cell: string): string {
  return `cell:${cell}`;
}

export function hostSourceId(host: string): string {
  return `host:${host}`;
}

import * as l10n from '@vscode/l10n';
import type { ApiRequest, ApiVerb } from '../model/apiRequest';
import { directive } from './directives';
import { remark } from './prose';

/** What a plan may ask of the APIs, and the arguments of each. Nothing else is ever sent. */
export const apiArguments: Readonly<Record<ApiVerb, readonly string[]>> = {
  'delete-port': ['id'],
  'delete-attachment': ['id'],
  'delete-allocations': ['consumer'],
  'unset-allocation': ['consumer', 'provider'],
  'delete-server': ['id'],
  'force-delete-server': ['id'],
  'reset-state': ['id', 'state'],
};

/**
 * The request as it is sent: method, service and path; Compute API v2.1, Networking API v2.0, Block Storage API v3,
 * Placement API. The
 * generation of the consumer that is sent along makes Placement refuse when its allocations have changed meanwhile.
 */
export function requestText(request: ApiRequest): string {
  switch (request.do) {
    case 'delete-port':
      return `DELETE network /v2.0/ports/${request.id}`;
    case 'delete-attachment':
      return `DELETE block-storage /v3/attachments/${request.id}`;
    case 'delete-allocations':
      return `PUT placement /allocations/${request.consumer} {"allocations": {}}`;
    case 'unset-allocation':
      return l10n.t('PUT placement /allocations/{0} without {1}', request.consumer, request.provider);
    case 'delete-server':
      return `DELETE compute /v2.1/servers/${request.id}`;
    case 'force-delete-server':
      return `POST compute /v2.1/servers/${request.id}/action {"forceDelete": null}`;
    case 'reset-state':
      return `POST compute /v2.1/servers/${request.id}/action {"os-resetState": {"state": "${request.state}"}}`;
  }
}

/** An @api line with the request above it. */
export function apiLines(request: ApiRequest, why: string): string[] {
  return [
    remark(why),
    remark(l10n.t('irreversible: {0}', requestText(request))),
    directive('api', { ...request }),
  ];
}

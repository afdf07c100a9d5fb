/** Everything that a plan may ask of the OpenStack APIs. None of it can be taken back. */
export type ApiRequest =
  /** `id`: of the port, of the attachment */
  | { readonly do: 'delete-port' | 'delete-attachment'; readonly id: string }
  /** `consumer`: the instance */
  | { readonly do: 'delete-allocations'; readonly consumer: string }
  | { readonly do: 'unset-allocation'; readonly consumer: string; readonly provider: string }
  | ServerRequest;

/** `id`: of the instance */
export type ServerRequest =
  | { readonly do: 'delete-server' | 'force-delete-server'; readonly id: string }
  | { readonly do: 'reset-state'; readonly id: string; readonly state: 'error' };

export type ApiVerb = ApiRequest['do'];

/** These are about the instance itself, and stand in a section of their own: depth `api`. */
export function isServerRequest(request: ApiRequest): request is ServerRequest {
  return (
    request.do === 'delete-server' || request.do === 'force-delete-server' || request.do === 'reset-state'
  );
}

/** True when both ask for the same. */
export function isSameRequest(one: ApiRequest, other: ApiRequest): boolean {
  return idsOf(one).join() === idsOf(other).join();
}

function idsOf(request: ApiRequest): readonly string[] {
  switch (request.do) {
    case 'delete-port':
    case 'delete-attachment':
    case 'delete-server':
    case 'force-delete-server':
    case 'reset-state':
      return [request.do, request.id];
    case 'delete-allocations':
      return [request.do, request.consumer];
    case 'unset-allocation':
      return [request.do, request.consumer, request.provider];
  }
}

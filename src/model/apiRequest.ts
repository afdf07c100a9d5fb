/** Everything that a plan may ask of the OpenStack APIs. None of it can be taken back. */
export type ApiRequest =
  /** `id`: of the port, of the attachment */
  | { readonly do: 'delete-port' | 'delete-attachment'; readonly id: string }
  /** `consumer`: the instance */
  | { readonly do: 'delete-allocations'; readonly consumer: string }
  | { readonly do: 'unset-allocation'; readonly consumer: string; readonly provider: string };

export type ApiVerb = ApiRequest['do'];

/** True when both ask for the same. */
export function isSameRequest(one: ApiRequest, other: ApiRequest): boolean {
  return idsOf(one).join() === idsOf(other).join();
}

function idsOf(request: ApiRequest): readonly string[] {
  switch (request.do) {
    case 'delete-port':
    case 'delete-attachment':
      return [request.do, request.id];
    case 'delete-allocations':
      return [request.do, request.consumer];
    case 'unset-allocation':
      return [request.do, request.consumer, request.provider];
  }
}

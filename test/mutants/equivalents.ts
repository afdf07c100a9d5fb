/** Guards whose absence changes nothing, by file or kind and by what is taken out: why that is so. */
export const equivalents: Readonly<Record<string, string>> = {
  'src/zombies/hypervisor/domainOnAnotherHost.ts: without home === undefined':
    'for the compiler: a row that names no host is unknown already, and is asked for no remedy',
  'src/zombies/hypervisor/stuckMoving.ts: without since === undefined':
    'for the compiler: no time is older than anything',
  'src/zombies/hypervisor/domainGone.ts: without row.vmState === null':
    'for the compiler: NULL is none of the states in which a domain is due',
  'missing-allocation: without the trap placement-unread':
    'a Placement that was not read makes no finding; the trap tells that it was',
  'missing-allocation: without the trap service-unread':
    'a Placement that was not read makes no finding; the trap tells that it was',
};

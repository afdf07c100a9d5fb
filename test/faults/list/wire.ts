import type { Fault } from '../fault';

/** A COM_QUERY of COMMIT has 4 bytes of header and 7 of text; an OK packet has 11 with its header. */
export const cutWires: readonly Fault[] = [
  {
    what: 'the wire is cut in the midst of a statement',
    at: 'between two statements',
    way: 'undo',
    strike: ({ proxy }) => proxy.cut({ towards: 'server', after: 20, then: 'cut' }),
  },
  {
    what: 'the wire is cut in the answer to a statement',
    at: 'between two statements',
    way: 'go on',
    strike: ({ proxy }) => proxy.cut({ towards: 'client', after: 3, then: 'cut' }),
  },
  {
    what: 'the wire is cut at the login',
    at: 'between cell and API database',
    way: 'undo',
    strike: ({ proxy }) => proxy.cut({ towards: 'client', after: 10, then: 'cut' }),
  },
  ...(
    [
      ['COMMIT does not leave', 'server', 0],
      ['half of COMMIT arrives', 'server', 6],
      ['COMMIT arrives, its answer does not', 'client', 0],
      ['COMMIT arrives, half of its answer comes', 'client', 5],
    ] as const
  ).map(([what, towards, after]): Fault => ({
    what: `the wire is cut: ${what}`,
    at: 'between restore file and COMMIT',
    way: 'go on',
    strike: ({ proxy }) => proxy.cut({ towards, after, then: 'cut' }),
  })),
  {
    what: 'the wire is cut: COMMIT arrives, its answer does not',
    at: 'between restore file and COMMIT of the API database',
    way: 'undo',
    strike: ({ proxy }) => proxy.cut({ towards: 'client', after: 0, then: 'cut' }),
  },
];

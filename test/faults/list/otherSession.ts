import type { Fault } from '../fault';

export const otherSessions: readonly Fault[] = [];

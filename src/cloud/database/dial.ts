import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DatabaseAddress } from './databaseUrl';

/** Opens a stream of bytes to a server. Its `destroy` ends it at once, whatever the other side does. */
export type Dial = (address: DatabaseAddress, signal?: AbortSignal) => Promise<Duplex>;

/** From this machine. The stream is not connected yet: who logs in over it hears what goes wrong. */
export const dialDirect: Dial = ({ host, port, socketPath }) => {
  const socket = socketPath === undefined ? connect({ host, port }) : connect(socketPath);
  return Promise.resolve(socket.setNoDelay(true).setKeepAlive(true, 30_000));
};

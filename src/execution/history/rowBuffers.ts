/** A table's rows of one chunk, as a rule; what is larger is not kept. */
const firstBytes = 1024 * 1024;
const mostBytes = 16 * 1024 * 1024;
const mostFree = 8;

const free: Buffer[] = [];

/** Memory for the rows of a table. A run writes gigabytes of them: used again, it is no work for the garbage collector. */
export function takeBuffer(bytes: number): Buffer {
  const found = free.findIndex(({ length }) => length >= bytes);
  const [buffer] = found < 0 ? [] : free.splice(found, 1);
  return buffer ?? Buffer.allocUnsafeSlow(Math.max(bytes, firstBytes));
}

/** To be called when nothing reads it any more. */
export function giveBack(buffer: Buffer): void {
  if (buffer.length <= mostBytes && free.length < mostFree) free.push(buffer);
}

const nullMark = 0xfb;
const zero = 0x30;
const minus = 0x2d;
const isoLength = 20;

/** Reads the cells of a row as the server sent it, one after the other, and makes no value that nobody asks for. */
export class RowCells {
  private buffer: Buffer = Buffer.alloc(0);
  /** where the next cell begins */
  private next = 0;
  /** where the value of this one lies */
  private from = 0;
  private to = 0;
  private readonly iso = Buffer.from('0000-00-00T00:00:00Z', 'latin1');

  /** As `TakeRow` is called. */
  begin(buffer: Buffer, offset: number): void {
    this.buffer = buffer;
    this.next = offset;
  }

  text(): string | null {
    return this.advance() ? this.buffer.toString('utf8', this.from, this.to) : null;
  }

  integer(): number | null {
    if (!this.advance()) return null;
    const { buffer, from, to } = this;
    let value = 0;
    for (let at = from; at < to; at++) {
      const digit = buffer[at] ?? 0;
      if (digit !== minus) value = value * 10 + (digit - zero);
    }
    return buffer[from] === minus ? -value : value;
  }

  /** A DATETIME without fractions, which Nova writes in UTC, as ISO 8601; null for NULL and for MySQL's zero date. */
  time(): string | null {
    if (!this.advance()) return null;
    const { buffer, from, iso } = this;
    for (let at = 0; at < isoLength - 1; at++) {
      if (at !== 10) iso[at] = buffer[from + at] ?? zero;
    }
    const text = iso.toString('latin1', 0, isoLength);
    return text.startsWith('0000-00-00') ? null : text;
  }

  /** To the next cell; false when it is NULL. */
  private advance(): boolean {
    const { buffer, next } = this;
    const first = buffer[next] ?? 0;
    if (first === nullMark) {
      this.next = next + 1;
      return false;
    }
    if (first < nullMark) {
      this.from = next + 1;
      this.to = this.from + first;
    } else {
      const width = first === 0xfc ? 2 : first === 0xfd ? 3 : 6;
      // A length of eight bytes: the two that are left out would mean more than a packet holds.
      this.from = next + 1 + (width === 6 ? 8 : width);
      this.to = this.from + buffer.readUIntLE(next + 1, width);
    }
    this.next = this.to;
    return true;
  }
}

import { identifier } from '../../cleanup/literal';
import type { RawColumn } from '../../cloud/database/connection';
import { giveBack, takeBuffer } from './rowBuffers';

/** Less than any server's max_allowed_packet. */
const longStatement = 512 * 1024;
const quote = 0x27;
const backslash = 0x5c;
const letterE = 0x65;
const hexDigits = Buffer.from('0123456789abcdef', 'latin1');
const nullWord = Buffer.from('NULL', 'latin1');
const bytesBegin = Buffer.from("X'", 'latin1');
const textBegin = Buffer.from("CONVERT(X'", 'latin1');
const textEnd = Buffer.from("' USING utf8mb4)", 'latin1');
const fraction = Buffer.from('e0', 'latin1');
const nothing = Buffer.alloc(0);

/**
 * Makes INSERT statements of rows as the server sends them, a line for each statement: what `literalOf` would write, but
 * without a value for each cell. No value holds an end of line, as only printable ASCII stands there as it is.
 */
export class RowWriter {
  private buffer: Buffer = nothing;
  private at = 0;
  /** where the statement begins that is written */
  private start = 0;
  private readonly head: Buffer;
  private readonly kinds: readonly RawColumn['kind'][];
  rows = 0;

  /** @param table `schema.table`, quoted */
  constructor(table: string, columns: readonly RawColumn[]) {
    const names = columns.map(({ name }) => identifier(name)).join(', ');
    this.head = Buffer.from(`INSERT INTO ${table} (${names}) VALUES `);
    this.kinds = columns.map(({ kind }) => kind);
  }

  readonly take = (source: Buffer, offset: number): void => {
    if (this.at - this.start > longStatement) this.endStatement();
    if (this.at === this.start) this.copy(this.head, 0, this.head.length);
    else this.byte(0x2c);
    this.byte(0x28);
    let from = offset;
    for (const [index, kind] of this.kinds.entries()) {
      if (index > 0) this.byte(0x2c);
      const first = source[from] ?? 0;
      if (first === 0xfb) {
        from += 1;
        this.copy(nullWord, 0, nullWord.length);
        continue;
      }
      const width = first < 0xfb ? 0 : first === 0xfc ? 2 : first === 0xfd ? 3 : 6;
      const length = width === 0 ? first : source.readUIntLE(from + 1, width);
      // A length of eight bytes: the two that are left out would mean more than a packet holds.
      from += 1 + (width === 6 ? 8 : width);
      this.cell(source, from, from + length, kind);
      from += length;
    }
    this.byte(0x29);
    this.rows += 1;
  };

  /** All statements, each with its semicolon on a line of its own. */
  end(): Buffer {
    if (this.at > this.start) this.endStatement();
    return this.buffer.subarray(0, this.at);
  }

  /** Gives up its memory: the writer and its text are used up. */
  release(): void {
    giveBack(this.buffer);
    this.buffer = nothing;
  }

  private cell(source: Buffer, from: number, to: number, kind: RawColumn['kind']): void {
    switch (kind) {
      case 'number':
        return this.copy(source, from, to);
      case 'real':
        this.copy(source, from, to);
        // Without an exponent it would be read as a decimal, which has no -0.
        if (source.subarray(from, to).indexOf(letterE) < 0) this.copy(fraction, 0, fraction.length);
        return;
      case 'time':
        this.byte(quote);
        this.copy(source, from, to);
        return this.byte(quote);
      case 'binary':
        this.copy(bytesBegin, 0, bytesBegin.length);
        this.hex(source, from, to);
        return this.byte(quote);
      case 'text':
        return this.text(source, from, to);
    }
  }

  /** Printable ASCII without quote and backslash means the same in every sql_mode and character set. */
  private text(source: Buffer, from: number, to: number): void {
    this.reserve(to - from + 2);
    const { buffer, at } = this;
    let target = at;
    buffer[target++] = quote;
    for (let index = from; index < to; index++) {
      const byte = source[index] ?? 0;
      if (byte < 0x20 || byte >= 0x7f || byte === quote || byte === backslash) {
        this.copy(textBegin, 0, textBegin.length);
        this.hex(source, from, to);
        this.copy(textEnd, 0, textEnd.length);
        return;
      }
      buffer[target++] = byte;
    }
    buffer[target++] = quote;
    this.at = target;
  }

  private hex(source: Buffer, from: number, to: number): void {
    this.reserve(2 * (to - from));
    for (let index = from; index < to; index++) {
      const byte = source[index] ?? 0;
      this.buffer[this.at++] = hexDigits[byte >> 4] ?? 0;
      this.buffer[this.at++] = hexDigits[byte & 0xf] ?? 0;
    }
  }

  private copy(source: Buffer, from: number, to: number): void {
    this.reserve(to - from);
    this.at += source.copy(this.buffer, this.at, from, to);
  }

  private byte(value: number): void {
    this.reserve(1);
    this.buffer[this.at++] = value;
  }

  private endStatement(): void {
    this.byte(0x3b);
    this.byte(0x0a);
    this.start = this.at;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = takeBuffer(2 * (this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    giveBack(this.buffer);
    this.buffer = larger;
  }
}

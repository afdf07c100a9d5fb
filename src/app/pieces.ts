/** A text in pieces of at least so many code units, each of whole lines. */
export function* pieces(text: string, length: number): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start + length) + 1 || text.length;
    yield text.slice(start, end);
    start = end;
  }
}

// Controls, separators that end a line, marks that change the writing direction or show nothing, lone surrogates.
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of a tenant as one line in which nothing is hidden: what can't be seen is written as \uXXXX. */
export function visible(text: string): string {
  return text.replace(invisible, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

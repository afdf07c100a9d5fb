/** The text of a plan as it was before anything that it asks for was typed or marked as done. */
export function unanswered(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/^(-- @confirm .*\btyped=)"[^"]*"/gm, '$1""')
    .replace(/^(-- @manual .*\bdone=)"[^"]*"/gm, '$1"no"');
}

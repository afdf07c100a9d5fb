/** `*` and `?` are the only special characters: match_pattern() in match.c, OpenSSH 9.2. Never takes long. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next++;
      taken = at;
    } else if (pattern[next] === '?' || (next < pattern.length && pattern[next] === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(next));
}

/** Patterns with commas between. One with `!` that matches denies, whatever the others say: ssh_config(5), PATTERNS. */
export function matchesList(text: string, list: string): boolean {
  return matchesAny([text], list.split(','));
}

/** The same for something with several names: a denial of one name denies it. */
export function matchesAny(texts: readonly string[], patterns: readonly string[]): boolean {
  const matches = (pattern: string): boolean => texts.some((text) => matchesPattern(text, pattern));
  const isDenial = (pattern: string): boolean => pattern.startsWith('!');
  if (patterns.some((pattern) => isDenial(pattern) && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !isDenial(pattern) && matches(pattern));
}

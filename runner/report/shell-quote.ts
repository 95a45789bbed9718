/** Words for a POSIX shell. */

const safe = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** `word` as a shell reads it back; quoted only when it has to be. */
export function shellQuote(word: string): string {
  return safe.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

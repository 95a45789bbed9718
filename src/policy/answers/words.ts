/** Answers that are lists: words ended by NUL, and lines. */

/** Words that each end with NUL, as /proc/PID/cmdline and environ hold them; no text is no word. */
export function nulWords(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\0") ? text.slice(0, -1) : text).split("\0");
}

/** Lines without their ends; empty lines do not count. */
export function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

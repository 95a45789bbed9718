/** Colours for one stream, or none. */
import * as colors from "kleur/colors";

/** Puts a text into a style. */
export type Style = (text: string) => string;

/** The styles that reports use. */
export interface Paint {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
  readonly cyan: Style;
}

// kleur decides for the whole process; here every stream decides for itself.
colors.$.enabled = true;

const { bold, dim, red, green, yellow, cyan } = colors;
const coloured: Paint = { bold, dim, red, green, yellow, cyan };
const same: Style = (text) => text;
const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** Real styles when `color`, else styles that change nothing. */
export function paintFor(color: boolean): Paint {
  return color ? coloured : plain;
}

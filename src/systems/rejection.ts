/** How an operation refuses a request, in the words of the real program. */
import { QuietError } from "../quiet-error.ts";

/**
 * The upstream program refuses this request. `message` is upstream's exact text, a contract that goldens compare;
 * `code` is our own stable word for it.
 */
export class Rejection extends QuietError {
  override readonly name = "Rejection";
  /** Ours, stable, kebab-case: what kind of refusal it is. */
  readonly code: string;
  /** How upstream raised it (`panic`, `Failure`, ...); informational. */
  readonly class: string | undefined;

  constructor(code: string, message: string, kind?: string) {
    super(message);
    this.code = code;
    this.class = kind;
  }
}

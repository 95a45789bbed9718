/** A request or option that does not fit its type: refused before the operation starts. */
import { CupelError } from "../errors.ts";

/** Refused before the operation: `pointer` names the field (RFC 6901), below `/request` or `/options`. */
export class Misfit extends CupelError {
  override readonly name = "Misfit";
  readonly pointer: string;
  /** The message without the pointer. */
  readonly problem: string;

  constructor(pointer: string, problem: string) {
    super("misfit", `${pointer}: ${problem}`, { hint: "see the request types in src/systems" });
    this.pointer = pointer;
    this.problem = problem;
  }
}

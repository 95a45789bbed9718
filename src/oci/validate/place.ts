/** Where the validator stands, and where it leaves its findings. */
import { pointerOf } from "../../json/pointer.ts";
import { type FindingCode, findingCodes } from "../finding-codes.ts";
import type { Finding } from "../validate.ts";

/** A place in the config. Cheap to make: its pointer is only spelt out for a finding. */
export class Place {
  readonly #findings: Finding[];
  readonly #above: Place | undefined;
  readonly #key: string | number;

  constructor(findings: Finding[], above?: Place, key: string | number = "") {
    this.#findings = findings;
    this.#above = above;
    this.#key = key;
  }

  /** The place of a member. */
  at(key: string | number): Place {
    return new Place(this.#findings, this, key);
  }

  /** Records a finding about this place. */
  report(code: FindingCode, message: string): void {
    const parts: (string | number)[] = [];
    for (let place: Place = this; place.#above !== undefined; place = place.#above) parts.unshift(place.#key);
    this.#findings.push({ level: findingCodes[code].level, code, pointer: pointerOf(parts), message });
  }
}

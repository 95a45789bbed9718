/** The posture table as one JSON document. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { SystemPosture } from "../../../src/policy/posture/posture.ts";
import type { Shown } from "./shown.ts";

/** Everything: the wishes, every system with its request, config and answers, and every promise, none of them merged. */
export function postureDocument({ intent, wishes, systems, reference, sections }: Shown): Json {
  return {
    intent: intent.name,
    wishes: { ...wishes },
    against: { [reference.kind]: reference.name },
    systems: systems.map(systemDocument),
    promises: sections.flatMap(({ title, rows }) =>
      rows.map(({ rule, subjects, asked, cells }) => ({
        family: title,
        rule,
        subject: subjects[0] ?? "",
        asked,
        systems: Object.fromEntries(
          systems.map(({ name }, index) => {
            const { value = null, relation } = cells[index] ?? {};
            return [name, relation === undefined ? { value } : { value, relation }];
          }),
        ),
      })),
    ),
  };
}

function systemDocument(system: SystemPosture): JsonObject {
  const { name, upstream, revision, operation, request, options, config, answers, policies } = system;
  return {
    name,
    upstream,
    revision: { ...revision },
    operation,
    request,
    options,
    config: config as unknown as Json,
    wishes: Object.fromEntries(
      answers.map(({ wish, wished, granted, fixed, remark }) => [
        wish,
        {
          wished,
          granted,
          ...(fixed === undefined ? {} : { is: fixed.is, why: fixed.why }),
          ...(remark === undefined ? {} : { remark }),
        },
      ]),
    ),
    policies: Object.fromEntries(
      policies.map((policy) => {
        const lacks = policy.conditions.filter(({ holds }) => !holds);
        return [
          policy.name,
          {
            holds: lacks.length === 0,
            lacks: lacks.map(({ rule, subject, promised, wanted, at }) => ({ rule, subject, promised, wanted, at })),
          },
        ];
      }),
    ),
  };
}

/** Leaves out what is empty, as many serialisers do unless told otherwise. */
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import { changeConfig } from "../change-config.ts";

const isEmpty = (value: Json): boolean => isArray(value) && value.length === 0;

function withoutEmpty(value: Json): Json {
  if (isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutEmpty(member)]));
}

void changeConfig(withoutEmpty);

import { isExpression } from "../terraform/expression";
import type { Inspection } from "./inspection";
import { FLAG, isStruct, type Kind } from "./kind";
import type { Treatment } from "./precondition";
import { checkStruct, type Declaration, type Type, type Unknown } from "./properties";
import type { Rule, Size } from "./rule";

/** A string, which may be an expression. */
export function string(...rules: readonly Rule[]): Type {
  return checked({ rules }, (inspection, property, value, treatment) =>
    inspection.string(property, value, rules, treatment),
  );
}

/** A string that decides what is made, so that it must be known at synthesis. */
export function literal(...rules: readonly Rule[]): Type {
  return checked({ rules }, (inspection, property, value) => inspection.literal(property, value, ...rules));
}

/** True or false, known at synthesis. */
export const flag: Type = kindOf(FLAG);

/** A value that is no string. */
export function kindOf(kind: Kind): Type {
  return checked({ kind }, (inspection, property, value) => inspection.kind(property, value, kind));
}

/** An object that stands for a string, such as `ProviderType`; the rules are on its value. */
export function valueOf(kind: Kind, ...rules: readonly Rule[]): Type {
  return checked({ kind, rules }, (inspection, property, value, treatment) => {
    inspection.kind(property, value, kind, ...rules);
    if (kind.includes(value)) inspection.string(property, (value as { value: string }).value, rules, treatment);
  });
}

/** The same, where the list of values ages and nothing but AWS refuses others: an unknown literal is warned of. */
export function knownValueOf(kind: Kind, known: Rule, ...rules: readonly Rule[]): Type {
  return checked({ kind, rules: [known, ...rules] }, (inspection, property, value, treatment) => {
    inspection.kind(property, value, kind, known, ...rules);
    if (!kind.includes(value)) return;
    const { value: given } = value as { value: string };
    const isKnown = isExpression(given) ? [known] : [];
    inspection.string(property, given, [...isKnown, ...rules], treatment);
    // What is refused needs no warning.
    if (rules.every(({ must }) => must.accepts(given))) inspection.known(property, given, known);
  });
}

/** A whole number, which may be an expression. */
export function wholeNumber(size: Size): Type {
  return checked({ size }, (inspection, property, value, treatment) =>
    inspection.wholeNumber(property, value, size, treatment),
  );
}

/** Strings by their names. */
export const stringMap: Type = checked({}, (inspection, property, value) => inspection.stringMap(property, value));

/** A list of strings whose length is known at synthesis. */
export function strings(...rules: readonly Rule[]): Type {
  return checked({ rules }, (inspection, property, value) => inspection.each(property, value, ...rules));
}

/** The same, with at least one. `more` says what an empty list is mistaken for. */
export function someStrings(rules: readonly Rule[], more?: string): Type {
  return checked({ rules }, (inspection, property, value) =>
    inspection.notEmpty(property, value, more).each(property, value, ...rules),
  );
}

/** A list of strings of a limited length, known at plan at the latest. */
export function sizedList(size: Size, rule: Rule): Type {
  return checked({ size, rules: [rule] }, (inspection, property, value, treatment) =>
    inspection.list(property, value, size, rule, treatment),
  );
}

/** An object with properties of its own. A message shows the sample, or the names of the properties. */
export function struct(declare: (props: object) => Declaration, unknown: Unknown = "warning", sample?: string): Type {
  const properties = declare({});
  const sentence = sample === undefined ? `an object with ${namesOf(properties)}` : `an object, such as ${sample}`;
  return {
    properties,
    check: (inspection, property, value) => {
      if (isStruct(value)) return checkStruct(inspection, `${property}.`, value, declare, unknown);
      inspection.kind(property, value, {
        includes: isStruct,
        sentence: `must be ${sentence}`,
      });
      return value;
    },
  };
}

/** A list of objects, at least one. */
export function structs(declare: (props: object) => Declaration, unknown: Unknown = "warning"): Type {
  const each = struct(declare, unknown);
  const { properties = {} } = each;
  const sentence = `must be a list of at least one object with ${namesOf(properties)}`;
  return {
    properties,
    check: (inspection, property, value) => {
      if (!Array.isArray(value) || value.length === 0) {
        inspection.kind(property, value, { includes: () => false, sentence });
        return value;
      }
      return Array.from(value as readonly unknown[], (element, index) => {
        const name = `${property}[${index}]`;
        inspection.given(name, element);
        return element === undefined ? element : each.check(inspection, name, element, {});
      });
    },
  };
}

function checked(
  limits: Omit<Type, "check">,
  apply: (inspection: Inspection, property: string, value: unknown, treatment: Treatment) => unknown,
): Type {
  return {
    ...limits,
    check: (inspection, property, value, treatment) => {
      apply(inspection, property, value, treatment);
      return value;
    },
  };
}

/** The properties that must be given. */
function namesOf(properties: Declaration): string {
  return Object.keys(properties)
    .filter((name) => properties[name]?.isRequired)
    .join(", ");
}

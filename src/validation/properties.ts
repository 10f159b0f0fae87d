import type { IConstruct } from "constructs";
import { checkEngine } from "./engine";
import { Inspection } from "./inspection";
import { isStruct, type Kind } from "./kind";
import { misspelt, nearest } from "./nearest";
import type { Treatment } from "./precondition";
import type { Rule, Size } from "./rule";

/** What a property takes: how it is checked, and by which limits. */
export interface Type {
  /** Checks a value that was given, and returns it without what is null. */
  readonly check: (inspection: Inspection, property: string, value: unknown, treatment: Treatment) => unknown;
  /** The rules on a string, or on each string of a list. */
  readonly rules?: readonly Rule[];
  /** The bounds of a number, or of the number of a list's elements. */
  readonly size?: Size;
  readonly kind?: Kind;
  /** The properties of a struct, or of each struct of a list. */
  readonly properties?: Declaration;
}

/** A property as a struct declares it: whether it must be given, and what it takes. */
interface Property {
  readonly isRequired: boolean;
  readonly isArgument: boolean;
  readonly type: Type;
}
export interface RequiredProperty extends Property {
  readonly isRequired: true;
}
export interface OptionalProperty extends Property {
  readonly isRequired: false;
}

/** The declaration of a struct: the compiler refuses one that lacks a property, invents one, or calls it optional wrongly. */
export type Declared<Props> = {
  readonly [Name in keyof Required<Props>]: undefined extends Props[Name] ? OptionalProperty : RequiredProperty;
};

/** Any declaration. */
export interface Declaration {
  readonly [name: string]: Property;
}

/** A property that must be given. */
export function required(type: Type): RequiredProperty {
  return { isRequired: true, isArgument: false, type };
}

/** A property that can be left out. */
export function optional(type: Type): OptionalProperty {
  return { isRequired: false, isArgument: false, type };
}

/** The same, where the provider has an optional argument for it: a variable that is null leaves it out too. */
export function optionalArgument(type: Type): OptionalProperty {
  return { isRequired: false, isArgument: true, type };
}

/** Properties that were checked. */
export interface Checked<Props> {
  /** Without what is null. They are what their type says if the inspection found nothing. */
  readonly props: Props;
  readonly inspection: Inspection;
  /** Whether another construct had checked them before. */
  readonly wasChecked: boolean;
}

/** What to do about a property that is not declared and looks like none that is. */
export type Unknown = "error" | "warning";

/** What constructs of this library hand to each other was checked already: its conditions are kept beside it. */
const CHECKED = new WeakMap<object, Inspection>();

/** Marks properties as checked, for a construct that another one makes. */
export function alreadyChecked<Props extends object>(props: Props, inspection: Inspection): Props {
  CHECKED.set(props, inspection);
  return props;
}

/**
 * Checks the properties that a construct or value was given, where they come in: missing, misspelt, of the wrong kind, or
 * against a rule. Behind this, code trusts their types.
 *
 * @param declare the declaration, given what is there of the properties, since one can decide what another may be
 */
export function check<Props extends object>(
  scope: IConstruct | undefined,
  given: Props,
  declare: (props: Partial<Props>) => Declared<Props>,
  unknown: Unknown = "warning",
): Checked<Props> {
  if (scope !== undefined) checkEngine(scope);
  const known = CHECKED.get(given);
  if (known !== undefined) {
    return { props: given, inspection: new Inspection(scope).include(known), wasChecked: true };
  }
  const inspection = new Inspection(scope);
  const props = checkStruct(inspection, "", given, declare, unknown) as Props;
  return { props, inspection, wasChecked: false };
}

/** Checks a struct, whose properties are called by the prefix and their names, and returns it without what is null. */
export function checkStruct(
  inspection: Inspection,
  prefix: string,
  given: unknown,
  declare: (props: object) => Declaration,
  unknown: Unknown,
): object {
  const props = withoutNull(isStruct(given) ? given : {});
  const declared = declare(props);
  checkNames(inspection, prefix, props, declared, unknown);
  for (const [name, { isRequired, isArgument, type }] of Object.entries(declared)) {
    const value = props[name];
    if (isRequired) inspection.given(prefix + name, value);
    if (value !== undefined)
      props[name] = type.check(inspection, prefix + name, value, {
        orNull: isArgument,
        isOptional: !isRequired,
      });
  }
  return props;
}

interface Values {
  [name: string]: unknown;
}

/** What is given, by an object or by a class with accessors. */
function withoutNull(given: object): Values {
  const values: Values = {};
  for (const name of [...Object.keys(given), ...accessorsOf(given)]) {
    const value = (given as Values)[name];
    if (value !== undefined && value !== null) values[name] = value;
  }
  return values;
}

function accessorsOf(given: object): string[] {
  const prototype = Object.getPrototypeOf(given) as object | null;
  if (prototype === null || prototype === Object.prototype) return [];
  const accessors = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(
    ([, descriptor]) => descriptor.get !== undefined,
  );
  return [...accessors.map(([name]) => name), ...accessorsOf(prototype)];
}

function checkNames(
  inspection: Inspection,
  prefix: string,
  props: Values,
  declared: Declaration,
  unknown: Unknown,
): void {
  const names = Object.keys(declared);
  for (const name of Object.keys(props)) {
    if (names.includes(name)) continue;
    const missing = names.filter((each) => declared[each]?.isRequired && props[each] === undefined);
    // In a grant, an unknown property is an error anyway, so a distant guess can't do harm.
    const near = unknown === "error" ? nearest(name, names) : (misspelt(name, names) ?? nearest(name, missing));
    // Where that is given too, this is one that somebody added: a program's own properties may extend ours.
    const meant = near !== undefined && (unknown === "error" || props[near] === undefined) ? near : undefined;
    if (meant !== undefined) {
      inspection.fact(`${prefix}${name} is not a property. Did you mean ${prefix}${meant}?`, false);
    } else if (unknown === "error") {
      inspection.fact(`${prefix}${name} is not a property. There are: ${names.join(", ")}`, false);
    } else inspection.doubt(`${prefix}${name} is not a property here, so it has no effect`);
  }
}

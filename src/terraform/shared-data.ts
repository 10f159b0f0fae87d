/** The version of what the data look like: copies of this library that differ in it don't share. */
const VERSION = 1;

const KEYS = new Map<string, symbol>();

function keyOf(name: string): symbol {
  const key = KEYS.get(name) ?? Symbol.for(`cdktf-codestar-connections/${name}/${VERSION}`);
  KEYS.set(name, key);
  return key;
}

/**
 * Data on a stack or construct that all copies of this library in one app share, so that each thing is counted and told
 * once. It is plain data, since the copies are strangers to each other's classes.
 */
export function sharedData<Data extends object>(holder: object, name: string, initial: () => Data): Data {
  const data = sharedDataIfAny(holder, name);
  if (data !== undefined) return data as Data;
  const made = initial();
  // What lists the holder's properties does not find it.
  Object.defineProperty(holder, keyOf(name), { value: made });
  return made;
}

/** The same, where it was made already. */
export function sharedDataIfAny(holder: object, name: string): object | undefined {
  return (holder as { readonly [key: symbol]: object | undefined })[keyOf(name)];
}

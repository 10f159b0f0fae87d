/**
 * What goes wrong with a call on its way, besides what AWS refuses: AWS has too much to do or fails, the request is lost
 * before anything is done or the answer after it, or the answer takes long.
 */
export type Fault = "throttled" | "unavailable" | "lost request" | "lost answer" | "slow";

/** A call that has arrived, and was not looked at yet. */
export interface Arrival {
  /** Counts all requests to the account, from 1. */
  readonly number: number;
  /** Such as `codepipeline:CreatePipeline`. */
  readonly action: string;
  /** Counts the client's tries of this call, from 1. */
  readonly attempt: number;
}

/**
 * Says what goes wrong with a call, if anything. It is asked when the call arrives, so it can also do something at that
 * moment, such as to stop the caller.
 */
export type Faults = (arrival: Arrival) => Fault | undefined;

/** In milliseconds: longer than any call takes, shorter than any client waits. */
export const SLOW_MS = 1_500;

/** Lets the next calls of an operation go wrong, as many as it says. */
export function next(count: number, of: string, fault: Fault): Faults {
  let left = count;
  return ({ action }) => (action === of && left-- > 0 ? fault : undefined);
}

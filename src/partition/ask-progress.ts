import { TerritoryError } from "../model/error.js"
import { messageOf } from "../model/field-of.js"
import { issue, NOTHING, show } from "../model/issue.js"

type Listener<P> = ((progress: P) => unknown) | undefined

/**
 * Runs steps to their end in one go, telling `onProgress` of each.
 *
 * @throws TerritoryError for an `onProgress` that returns a promise: nothing could wait for it, and a rejection would
 * end the program long after the call; what `onProgress` throws itself passes as it is
 */
export function runAtOnce<P, T>(steps: Generator<P, T>, onProgress: Listener<P>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const answer = onProgress?.(step.value)
    if (isPromise(answer)) {
      throw new TerritoryError([
        issue("option-type", "onProgress", "must not return a promise where nothing waits for it", answer, "use the asynchronous form of this function, or leave out `async`"),
      ])
    }
  }
}

/**
 * Tells `onProgress` of a step, and waits for what it returns, or for an abort.
 *
 * @returns null where there is nothing to wait for
 * @throws (rejects) TerritoryError for a rejection, with its reason; what `onProgress` throws itself passes as it is
 */
export function tellProgress<P>(
  onProgress: Listener<P>,
  progress: P,
  signal: AbortSignal | undefined,
): Promise<unknown> | null {
  const answer = onProgress?.(progress)
  if (!isPromise(answer)) return null
  const done = answer.then(undefined, (reason: unknown) => {
    const rule = `could not be told: it returned a promise that rejects with ${show(messageOf(reason))}`
    throw new TerritoryError([issue("accessor-failed", "onProgress", rule, NOTHING, "catch what goes wrong inside of onProgress")])
  })
  if (signal === undefined) return done
  let stop = (): void => undefined
  const aborted = new Promise<void>((resolve) => {
    stop = resolve
    signal.addEventListener("abort", stop, { once: true })
  })
  return Promise.race([done, aborted]).finally(() => signal.removeEventListener("abort", stop))
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise
  } catch {
    return false // a proxy whose traps throw
  }
}

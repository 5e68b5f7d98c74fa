import { explainFailure } from "../model/guard-call.js"
import type { WatchedInput } from "../model/watch-input.js"

/**
 * The same steps; when the first of them is done that does not read the input, what was read has to be as it was when
 * the call began. Later the caller's program may do with it what it likes.
 *
 * @throws TerritoryError `changed-input`
 */
export function* checkWhenRead<P extends { readonly phase: string }, T>(
  steps: Generator<P, T>,
  watched: WatchedInput<unknown>,
): Generator<P, T> {
  let isReading = true
  for (;;) {
    let step: IteratorResult<P, T>
    try {
      step = steps.next()
    } catch (error) {
      throw isReading ? explainFailure(error, {}, watched) : error
    }
    if (isReading && (step.done === true || step.value.phase !== "read")) {
      isReading = false
      const change = watched.findChange()
      if (change !== null) throw change
    }
    if (step.done === true) return step.value
    yield step.value
  }
}

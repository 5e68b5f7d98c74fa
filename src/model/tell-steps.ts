/**
 * The same work, every pause telling how far the whole is: no further than when it began, as nobody knows how much of it is done. What
 * the work is told at a pause, how late it is, is what this is told; or what is answered by `lateness`.
 */
export function* tellSteps<P, T>(steps: Generator<unknown, T>, progress: P, lateness?: () => number): Generator<P, T> {
  let told: unknown = undefined
  for (;;) {
    const step = steps.next(lateness === undefined ? told : lateness())
    if (step.done === true) return step.value
    told = yield progress
  }
}

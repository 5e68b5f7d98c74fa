/**
 * The same work, every pause telling how far the whole is: no further than when it began, as nobody knows how much of it is done. How
 * late it is, which the work hears at each pause, comes from whoever runs this, or from `lateness`.
 */
export function* tellSteps<P, T>(steps: Generator<unknown, T>, progress: P, lateness?: () => number): Generator<P, T> {
  let told: unknown = undefined
  for (;;) {
    const step = steps.next(lateness === undefined ? told : lateness())
    if (step.done === true) return step.value
    told = yield progress
  }
}

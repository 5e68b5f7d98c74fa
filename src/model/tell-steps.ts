/** The same work, every pause telling how far the whole is: no further than when it began, as nobody knows how much of it is done. */
export function* tellSteps<P, T>(steps: Generator<unknown, T>, progress: P): Generator<P, T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    yield progress
  }
}

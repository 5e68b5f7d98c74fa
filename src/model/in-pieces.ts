/** So many rows are worked on between two pauses: a few ms where a row is a record of the caller's. */
export const PIECE: number = 1 << 13

/**
 * Work on rows 0 to n in pieces, with a pause between two of them: a loop over a million rows that lets timers, progress and an
 * abort have their turn. Few rows are worked on without a pause.
 *
 * @param work the loop itself, over the rows from `from` to `to`
 */
export function* inPieces(n: number, work: (from: number, to: number) => void): Generator<undefined, void> {
  for (let from = 0; from < n; from += PIECE) {
    if (from > 0) yield undefined
    work(from, Math.min(n, from + PIECE))
  }
}

/** The same work without the pauses: runs a generator to its end. */
export function finishSteps<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

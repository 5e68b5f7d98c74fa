import { LATE, TOO_LATE } from "../math/lateness.js"

/** Whether a time limit has passed; the one place of the library that looks at a clock, and only when asked to. */
export function createDeadline(timeLimitMs: number | undefined): () => boolean {
  // what is no number is refused where options are checked
  if (typeof timeLimitMs !== "number") return () => false
  const end = performance.now() + timeLimitMs
  return () => performance.now() >= end
}

/** Of what a limit may be overrun by, a tenth or 300 ms, this share is for making a plan; the rest for judging it. */
const GRACE = 0.3

/** How late it is, as of `math/lateness.ts`; without a limit never. */
export function createLateness(timeLimitMs: number | undefined): () => number {
  const isOver = createDeadline(timeLimitMs)
  const isLongOver = createDeadline(timeLimitMs === undefined ? undefined : timeLimitMs + GRACE * Math.max(0.1 * timeLimitMs, 300))
  return () => (isLongOver() ? TOO_LATE : isOver() ? LATE : 0)
}

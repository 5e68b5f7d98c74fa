/** Whether a time limit has passed; the one place of the library that looks at a clock, and only when asked to. */
export function createDeadline(timeLimitMs: number | undefined): () => boolean {
  // what is no number is refused where options are checked
  if (typeof timeLimitMs !== "number") return () => false
  const end = performance.now() + timeLimitMs
  return () => performance.now() >= end
}

/**
 * What a machine may be told at a pause (`const told: unknown = yield undefined`), where there is a time limit: from
 * LATE on what only makes a plan better ends, from TOO_LATE on also what makes one, with what it has. Without a limit
 * nothing is told, and nothing depends on a clock.
 */
export const LATE = 1
export const TOO_LATE = 2

export function isLate(told: unknown): boolean {
  return typeof told === "number" && told >= LATE
}

export function isTooLate(told: unknown): boolean {
  return typeof told === "number" && told >= TOO_LATE
}

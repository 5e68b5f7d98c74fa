import { TerritoryError } from "../../src/model/error.js"

/** The error that a call throws; fails when there is none, or another. */
export function caught(call: () => unknown): TerritoryError {
  try {
    call()
  } catch (error) {
    if (error instanceof TerritoryError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

import { throwIssues } from "../model/error.js"
import { issue } from "../model/issue.js"
import { tellProgress } from "./ask-progress.js"

/**
 * Work goes on for so long before timers, input and abort get their turn; a step may add its own time, some
 * milliseconds.
 */
const TURN_MS = 12

/**
 * Runs steps to their end, telling of each (an `onProgress` that returns a promise is waited for), and gives the event
 * loop a turn every 12 ms. A signal ends it with its reason, also before the first step, which is made only then.
 *
 * @throws (rejects) TerritoryError for a signal that is none, `signal.reason`, and what the steps or `onProgress` throw
 */
export async function runInTurns<P, T>(
  begin: () => Generator<P, T>,
  signal: AbortSignal | undefined,
  onProgress: ((progress: P) => unknown) | undefined,
): Promise<T> {
  if (signal !== undefined && !isSignal(signal)) throwIssues([issue("option-type", "signal", "must be an AbortSignal", signal)])
  signal?.throwIfAborted()
  const steps = begin()
  let turn = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const told = tellProgress(onProgress, step.value, signal)
    if (told !== null) await told
    signal?.throwIfAborted()
    if (performance.now() - turn >= TURN_MS) {
      await nextTurn()
      signal?.throwIfAborted()
      turn = performance.now()
    }
  }
}

/** What engines have beside timers, whose shortest wait, 1 to 4 ms, would cost a tenth of the work or more. */
interface Engine {
  readonly setImmediate?: (resume: () => void) => unknown
  readonly MessageChannel?: new () => { readonly port1: { onmessage: unknown; close(): void }; readonly port2: { postMessage(message: null): void } }
}

/** Gives the event loop one turn: timers, input and messages that wait are served first. */
function nextTurn(): Promise<void> {
  const { setImmediate: immediate, MessageChannel: Channel } = globalThis as unknown as Engine
  return new Promise((resolve) => {
    if (immediate !== undefined) immediate(resolve)
    else if (Channel === undefined) setTimeout(resolve, 0)
    else {
      const { port1, port2 } = new Channel()
      port1.onmessage = (): void => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    }
  })
}

function isSignal(signal: unknown): signal is AbortSignal {
  try {
    const { throwIfAborted, addEventListener, removeEventListener } = signal as AbortSignal
    return [throwIfAborted, addEventListener, removeEventListener].every((method) => typeof method === "function")
  } catch {
    return false // null, or a proxy whose traps throw
  }
}

/** Whether a signal among the options has ended the call. Never throws. */
export function isAborted(options: unknown): boolean {
  try {
    return (options as { readonly signal?: AbortSignal }).signal?.aborted === true
  } catch {
    return false
  }
}

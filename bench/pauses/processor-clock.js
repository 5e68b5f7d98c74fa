import { openSync, readSync } from "node:fs"

/**
 * Milliseconds of the processor that this program has used, all its threads together: what a clock on the wall would show on a machine
 * with nothing else to do, or a little more. On a busy machine the wall says nothing of a program.
 *
 * @returns {number}
 */
export function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/**
 * The same of the main thread alone, where the system tells (Linux: /proc/self/task/PID/schedstat, kept up to date every few milliseconds);
 * elsewhere of all threads. Collecting garbage beside the program, and compiling it, do not hold up its event loop.
 *
 * @returns {() => number}
 */
export function createThreadClock() {
  /** @type {number} */
  let file
  try {
    file = openSync(`/proc/self/task/${process.pid}/schedstat`, "r")
  } catch {
    return processorMs
  }
  const text = Buffer.alloc(64)
  return () => {
    readSync(file, text, 0, text.length, 0)
    return Number(text.toString("latin1", 0, text.indexOf(" "))) / 1e6
  }
}

/** From now on the library's time limits, and the turns that it gives the event loop, go by the processor's time. */
export function useProcessorClock(clock = processorMs) {
  Object.defineProperty(performance, "now", { value: clock, configurable: true })
}

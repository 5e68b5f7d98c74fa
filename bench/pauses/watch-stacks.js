import { Session } from "node:inspector/promises"

/** Microseconds between two looks at the stack. */
const EVERY = 1_000
/** Functions with fewer of the looks are not named. */
const LEAST_SHARE = 1 / 12

/**
 * What the program was doing when, by V8's sampling profiler.
 *
 * @typedef {object} Stacks
 * @property {(from: number, to: number, skip?: RegExp) => string} busiest the innermost functions that took most of the looks between two
 * times (of `clockMs`), outermost first: those below the last one that at least nine looks of ten share
 * @property {(from: number, to: number) => string} heaviest the functions in which at least a twelfth of the looks between two times fall,
 * callers included
 */

/** The monotonic clock that samples are stamped with, in milliseconds. */
export function clockMs() {
  return Number(process.hrtime.bigint()) / 1e6
}

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<{ value: T, stacks: Stacks }>}
 */
export async function watchStacks(work) {
  const session = new Session()
  session.connect()
  await session.post("Profiler.enable")
  await session.post("Profiler.setSamplingInterval", { interval: EVERY })
  await session.post("Profiler.start")
  const value = await work()
  const { profile } = await session.post("Profiler.stop")
  session.disconnect()
  const node = new Map(profile.nodes.map((one) => [one.id, one]))
  const above = new Map(profile.nodes.flatMap((one) => (one.children ?? []).map((child) => [child, one.id])))
  const { samples = [], timeDeltas = [] } = profile
  let at = profile.startTime
  const times = timeDeltas.map((delta) => (at += delta) / 1_000)

  /** @returns {string[]} from the outermost function to the innermost */
  function stackOf(id) {
    const names = []
    for (let one = id; one !== undefined; one = above.get(one)) {
      const name = node.get(one)?.callFrame.functionName ?? ""
      if (name !== "" && !/^\((root|program|idle)\)$/.test(name)) names.push(name)
    }
    return names.reverse()
  }

  function busiest(from, to) {
    const stacks = samples.flatMap((id, look) => (times[look] >= from && times[look] <= to ? [stackOf(id)] : []))
    if (stacks.length === 0) return "between two looks"
    // down the branch that most looks share, for as long as half of them do
    const path = []
    let inside = stacks
    for (let depth = 0; ; depth++) {
      const counts = new Map()
      for (const stack of inside) if (stack.length > depth) counts.set(stack[depth], (counts.get(stack[depth]) ?? 0) + 1)
      const [name, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["", 0]
      if (count < stacks.length / 2) break
      path.push(name)
      inside = inside.filter((stack) => stack[depth] === name)
    }
    return path.slice(-3).join(" > ")
  }

  function heaviest(from, to) {
    const counts = new Map()
    let looks = 0
    samples.forEach((id, look) => {
      if (times[look] < from || times[look] > to) return
      looks++
      for (const name of new Set(stackOf(id))) counts.set(name, (counts.get(name) ?? 0) + 1)
    })
    return [...counts].filter(([, count]) => count >= looks * LEAST_SHARE).sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${Math.round((100 * count) / looks)} %`).join(", ")
  }

  return { value, stacks: { busiest, heaviest } }
}

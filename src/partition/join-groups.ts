import { growAccountTree } from "../math/index/grow-account-tree.js"
import { changeProblem, weightAtHome, type Eligibility, type Homes, type TransportProblem } from "../math/transport/transport-problem.js"
import { NEEDS_TREE, type CompiledProblem } from "./compile-problem.js"
import type { FoundPlan } from "./search-plan.js"

/** What a search is to work on where some accounts have to stay together. */
export interface JoinedProblem {
  /** Every group stands as one account. What is by account in the caller's words is summed, and named after one member. */
  readonly compiled: CompiledProblem
  /** The found plan, by account of before. Its divided accounts are not told. */
  restore(found: FoundPlan): FoundPlan
}

/**
 * Groups as accounts: with the sum of their members' weights and activities, at their weighted mean place, at the costs of every
 * member's own way. Groups come first, then the others, each in order. O(n).
 *
 * @yields now and then
 */
export function* joinGroups(compiled: CompiledProblem): Generator<undefined, JoinedProblem> {
  const { groups, problem, searched } = compiled
  if (groups === null) return { compiled, restore: (found) => found }
  const unitOf = new Int32Array(problem.n).fill(-1)
  groups.forEach((members, u) => {
    for (const i of members) unitOf[i] = u
  })
  const units: (readonly number[])[] = [...groups]
  for (let i = 0; i < problem.n; i++) if (unitOf[i] < 0) unitOf[i] = units.push([i]) - 1
  const joined = yield* plant(joinProblem(problem, units, groups.length))
  const M = problem.measureCount
  const activities = new Float64Array(units.length * M)
  for (let i = 0; i < problem.n; i++) for (let m = 0; m < M; m++) activities[unitOf[i] * M + m] += compiled.activities[i * M + m]
  const { disruption } = compiled
  const weights = new Float64Array(units.length)
  disruption?.weights.forEach((weight, i) => (weights[unitOf[i]] += weight))
  // a group is named after the member that decides where it may go
  const speakers = units.map((members) => members.find((i) => compiled.isLocked[i] === 1) ?? members[0])
  return {
    compiled: {
      ...compiled,
      problem: joined,
      searched: searched === problem ? joined : yield* plant(joinProblem(searched, units, groups.length)),
      ids: speakers.map((i) => compiled.ids[i]),
      activities,
      disruption: disruption === null ? null : { ...disruption, weights },
      current: compiled.current === null ? null : Int32Array.from(speakers, (i) => (compiled.current as Int32Array)[i]),
      mayOwn: compiled.mayOwn === null ? null : (u, t) => units[u].every((i) => compiled.mayOwn?.(i, t) === true),
      apart: {
        places: problem,
        unitOf,
        lockedIds: (u) => units[u].flatMap((i) => (compiled.isLocked[i] === 1 ? [compiled.ids[i]] : [])),
        refusedIds: (u, t) => units[u].flatMap((i) => (compiled.mayOwn?.(i, t) === false ? [compiled.ids[i]] : [])),
      },
      groups: null,
    },
    restore: (found) => ({
      ...found,
      owner: unitOf.map((u) => found.owner[u]),
      allocation: { ...found.allocation, owner: unitOf.map((u) => found.allocation.owner[u]), splits: [], splitCount: found.allocation.splitCount },
    }),
  }
}

function* plant(problem: TransportProblem): Generator<undefined, TransportProblem> {
  return problem.n * problem.k < NEEDS_TREE ? problem : changeProblem(problem, { tree: yield* growAccountTree(problem) })
}

/** @param groupCount units before this stand for several */
function joinProblem(problem: TransportProblem, units: readonly (readonly number[])[], groupCount: number): TransportProblem {
  const { measureCount: M, dimension, points, weights, activities, lockedTo, eligibility, homes } = problem
  const n = units.length
  const joined = {
    points: new Float64Array(n * dimension),
    weights: new Float64Array(n),
    activities: new Float64Array(n * M),
    lockedTo: Int32Array.from(units, (members) => lockedTo[members[0]]),
  }
  const start = new Int32Array(n + 1)
  const memberPoints: number[] = []
  const memberWeights: number[] = []
  units.forEach((members, u) => {
    for (const i of members) joined.weights[u] += weights[i]
    for (const i of members) {
      const part = joined.weights[u] > 0 ? weights[i] / joined.weights[u] : 1 / members.length
      for (let d = 0; d < dimension; d++) joined.points[u * dimension + d] += part * points[i * dimension + d]
      for (let m = 0; m < M; m++) joined.activities[u * M + m] += activities[i * M + m]
      if (u >= groupCount) continue
      for (let d = 0; d < dimension; d++) memberPoints.push(points[i * dimension + d])
      memberWeights.push(weights[i])
    }
    start[u + 1] = memberWeights.length
  })
  return changeProblem(problem, {
    n,
    ...joined,
    eligibility: eligibility ? joinLists(eligibility, units) : null,
    homes: homes ? joinHomes(homes, units) : null,
    groups: { start, points: Float64Array.from(memberPoints), weights: Float64Array.from(memberWeights) },
    tree: undefined,
  })
}

/** Members of a group have the same list; where costs are given, their sums. */
function joinLists({ start, territories, costs }: Eligibility, units: readonly (readonly number[])[]): Eligibility {
  const joined = { start: new Int32Array(units.length + 1), territories: [] as number[], costs: [] as number[] }
  units.forEach((members, u) => {
    const from = start[members[0]]
    for (let at = from; at < start[members[0] + 1]; at++) {
      joined.territories.push(territories[at])
      if (costs !== null) joined.costs.push(members.reduce((sum, i) => sum + costs[start[i] + at - from], 0))
    }
    joined.start[u + 1] = joined.territories.length
  })
  return { start: joined.start, territories: Int32Array.from(joined.territories), costs: costs === null ? null : Float64Array.from(joined.costs) }
}

/** What of a group stays at home in a territory: the members whose home it is. */
function joinHomes(homes: Homes, units: readonly (readonly number[])[]): Homes {
  const joined = { start: new Int32Array(units.length + 1), territory: [] as number[], weight: [] as number[], total: new Float64Array(units.length) }
  units.forEach((members, u) => {
    const places = new Set<number>()
    for (const i of members) {
      joined.total[u] += homes.total[i]
      for (let at = homes.start[i]; at < homes.start[i + 1]; at++) places.add(homes.territory[at])
    }
    for (const t of [...places].sort((a, b) => a - b)) {
      joined.territory.push(t)
      joined.weight.push(members.reduce((sum, i) => sum + weightAtHome(homes, i, t), 0))
    }
    joined.start[u + 1] = joined.territory.length
  })
  return { ...homes, start: joined.start, territory: Int32Array.from(joined.territory), weight: Float64Array.from(joined.weight), total: joined.total }
}

import type { Field, IdentifiedAccount } from "../../model/account.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { findIdIssues } from "../../model/find-id-issues.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { ownOptions } from "../../model/own-options.js"
import { readField } from "../../model/read-field.js"
import { sumOf } from "../../math/stats/sum-of.js"
import { DEFAULT_EFFICIENCY_OPTIONS, EFFICIENCY_OPTION_KEYS, type EfficiencyOptions } from "./efficiency-options.js"
import type { EfficiencyResult, UnitEfficiency } from "./efficiency-result.js"
import { solveEnvelopment, type Technology } from "./solve-envelopment.js"

/** What is as good as nothing: of efficiencies, of slacks in shares of means, of weights of peers. */
const NEGLIGIBLE = 1e-7
/** Weights of amounts of this mean, or of one over it, are still plain numbers. */
const MAX_MEAN = 1e100
/** So many territories, the program has too many columns. */
const MOST_UNITS = 3500

/**
 * Measures territories by the best of their like: data envelopment analysis. Every territory is compared with mixtures of others that take no
 * more of anything and bring no less, each weighing inputs and outputs as it looks best; what is left is what it could not explain away.
 *
 * Read it as a question, not as a ranking: who is efficient may be so by being odd. With few territories nearly all seem efficient
 * (Alirezaee, Howland & van de Panne 1998); `isReliable` tells. Noise moves the frontier: judge by `comparePerformance` first.
 *
 * @param units unique, non-empty ids: territories, or reps
 * @param options see {@link EfficiencyOptions}
 * @returns in the order of the call: efficiency, peers, targets and weights of each
 * @throws TerritoryError with all issues: unusable units, numbers that are missing, negative or not finite, a unit without any input
 *   (`input-zero`), an unknown name in `assurance`, bounds that contradict each other, more than 3,500 units
 *
 * Deterministic. Two linear programs a unit of as many rows as inputs and outputs: 200 units in about a second. Where several mixtures are as
 * good, one of them is named.
 *
 * Source: see `solveEnvelopment`; in sales: Horsky & Nelson, Journal of Marketing Research 33, 1996; Pilling, Donthu & Henson 1999; the number
 * of units: Cooper, Seiford & Tone, Data Envelopment Analysis, 2nd ed. 2007, chapter 9.
 *
 * @example
 * const reps = [{ id: "A", hours: 2, sales: 1 }, { id: "B", hours: 3, sales: 3 }, { id: "C", hours: 4, sales: 3 }]
 * const { units } = measureEfficiency(reps, { inputs: { hours: "hours" }, outputs: { sales: "sales" }, returns: "constant", orientation: "input" })
 * units.map(({ id, efficiency }) => `${id} ${efficiency?.toFixed(2)}`) // ["A 0.50", "B 1.00", "C 0.75"]
 */
export function measureEfficiency<U extends IdentifiedAccount>(units: readonly U[], options: EfficiencyOptions<U>): EfficiencyResult {
  return guardCall({ units, options }, (own) => measureEfficiencyUnguarded(own.units, own.options))
}

function measureEfficiencyUnguarded<U extends IdentifiedAccount>(
  units: readonly U[],
  options: EfficiencyOptions<U>,
): EfficiencyResult {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { inputs: { hours: \"hours\" }, outputs: { sales: \"sales\" } }", options)])
  const own = ownOptions(options)
  checkKeys(own, EFFICIENCY_OPTION_KEYS, "", issues)
  const idIssues = findIdIssues(units).map(({ code, path, message }) => ({ code, path: path.replace(/^accounts/, "units"), message: message.replace(/\baccounts\b/g, "units").replace(/\baccount\b/g, "unit") }))
  if (idIssues.length > 0) throwIssues([...issues, ...idIssues])
  const { returns = DEFAULT_EFFICIENCY_OPTIONS.returns, orientation = DEFAULT_EFFICIENCY_OPTIONS.orientation } = own
  if (returns !== "constant" && returns !== "variable") issues.push(issue("option-type", "returns", 'must be "constant" or "variable"', returns))
  if (orientation !== "input" && orientation !== "output") issues.push(issue("option-type", "orientation", 'must be "input" or "output"', orientation))
  if (units.length > MOST_UNITS) issues.push(issue("too-many-units", "units", `must be at most ${MOST_UNITS}`, units.length, "compare within regions"))
  const inputs = readFactors(units, own.inputs, "inputs", issues)
  const outputs = readFactors(units, own.outputs, "outputs", issues)
  const names = [...inputs, ...outputs].map(({ name }) => name)
  for (const { name } of outputs) if (inputs.some((one) => one.name === name)) issues.push(issue("name-duplicate", `outputs.${name}`, "is also an input", NOTHING, "give it another name"))
  const conditions = readAssurance(own.assurance, names, [...inputs, ...outputs].map(({ mean }) => mean), issues)
  if (issues.length === 0) units.forEach(({ id }, i) => {
    if (inputs.length > 0 && inputs.every(({ values }) => values[i] === 0)) issues.push(issue("input-zero", `units[${i}]`, `${show(id)} has nothing of any input`, NOTHING, "leave it out"))
  })
  throwIssues(issues)

  const scaled = ({ values, mean }: Factor): Float64Array => values.map((value) => value / mean)
  const technology: Technology = { n: units.length, inputs: inputs.map(scaled), outputs: outputs.map(scaled), conditions, isVariable: returns === "variable", isInput: orientation === "input" }
  const results = units.map((unit, i) => measure(unit.id, i))
  const neededCount = Math.max(inputs.length * outputs.length, 3 * names.length)
  return { units: results, efficientCount: results.filter(({ isEfficient }) => isEfficient).length, isReliable: units.length >= neededCount, neededCount, warnings: warn(results, neededCount, conditions.length > 0) }

  function measure(id: string, i: number): UnitEfficiency {
    const isIdle = outputs.every(({ values }) => values[i] === 0)
    const found = isIdle ? null : solveEnvelopment(technology, i)
    if (found === null) return { id, efficiency: null, isEfficient: false, peers: [], targets: {}, weights: {} }
    // it is among those that it is measured by: what exceeds 1 is rounding
    const efficiency = found.efficiency >= 1 - NEGLIGIBLE ? 1 : found.efficiency
    const isEfficient = efficiency === 1 && found.slacks.every((slack) => slack <= NEGLIGIBLE)
    const peers = Array.from(found.lambdas, (weight, j) => ({ id: units[j].id, weight })).filter(({ weight }) => weight > NEGLIGIBLE)
    const factors = [...inputs, ...outputs]
    const targets = factors.map(({ name, values, mean }, r) => {
      const isIn = r < inputs.length
      const radial = (isIn ? orientation === "input" : orientation === "output") ? values[i] * (isIn ? efficiency : 1 / efficiency) : values[i]
      return [name, radial + (isIn ? -1 : 1) * found.slacks[r] * mean] as const
    })
    return {
      id,
      efficiency,
      isEfficient,
      peers: peers.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)),
      targets: Object.fromEntries(targets.map(([name, value]) => [name, Math.max(0, value)])),
      weights: Object.fromEntries(factors.map(({ name, mean }, r) => [name, found.weights[r] / mean])),
    }
  }

  function warn(results: readonly UnitEfficiency[], needed: number, isBounded: boolean): Warning[] {
    const warnings: Warning[] = []
    if (results.length < needed) warnings.push({ code: "too-few-units", path: "units", message: `units: ${results.length} are too few for ${formatCount(inputs.length, "input")} and ${formatCount(outputs.length, "output")}: with less than ${needed} nearly all seem efficient` })
    const unmeasured = results.filter(({ efficiency }) => efficiency === null)
    const isIdle = new Set(units.flatMap(({ id }, i) => (outputs.every(({ values }) => values[i] === 0) ? [id] : [])))
    const idle = unmeasured.filter(({ id }) => isIdle.has(id))
    const unsolved = unmeasured.filter(({ id }) => !isIdle.has(id))
    if (unsolved.length > 0) warnings.push({ code: "unsolved", path: "units", message: `units: ${formatCount(unsolved.length, "program", "programs")} could not be solved, since amounts are too far apart; not measured: ${unsolved.slice(0, 5).map(({ id }) => show(id)).join(", ")}` })
    if (idle.length > 0) warnings.push({ code: "no-output", path: "units", message: `units: ${idle.length} bring nothing, and are not measured: ${idle.slice(0, 5).map(({ id }) => show(id)).join(", ")}` })
    const blind = results.filter(({ isEfficient, weights }) => isEfficient && Object.values(weights).some((weight) => weight === 0))
    if (blind.length > 0 && !isBounded) warnings.push({ code: "zero-weight", path: "assurance", message: `assurance: ${formatCount(blind.length, "unit seems", "units seem")} efficient with a weight of 0 on something: ${blind.slice(0, 5).map(({ id }) => show(id)).join(", ")}; bounds on ratios of weights would tell more` })
    return warnings
  }
}

interface Factor {
  readonly name: string
  readonly values: Float64Array
  /** > 0. */
  readonly mean: number
}

function readFactors<U>(units: readonly U[], factors: unknown, path: "inputs" | "outputs", issues: Issue[]): Factor[] {
  if (!isPlainObject(factors) || Object.keys(factors).length === 0) {
    issues.push(issue("option-type", path, `must be an object of one or more fields by name, such as { ${path === "inputs" ? "hours: \"hours\"" : "sales: \"sales\""} }`, isPlainObject(factors) ? NOTHING : factors))
    return []
  }
  return Object.entries(factors).map(([name, field]) => {
    if (typeof field !== "string" && typeof field !== "function") {
      issues.push(issue("option-type", `${path}.${name}`, "must be the name of a field or a function of the unit", field))
      return { name, values: new Float64Array(units.length), mean: 1 }
    }
    const values = readField(units, field as Field<U>, "units", `${path}.${name}`, { noun: path === "inputs" ? "input" : "output", minimum: 0 }, issues)
    const mean = sumOf(values) / values.length
    if (mean > MAX_MEAN || (mean > 0 && mean < 1 / MAX_MEAN)) issues.push(issue(`${path === "inputs" ? "input" : "output"}-range`, `${path}.${name}`, `must have a mean from ${1 / MAX_MEAN} to ${MAX_MEAN}`, mean, `use a ${mean > 1 ? "larger" : "smaller"} unit`))
    return { name, values, mean: mean > 0 && Number.isFinite(mean) ? mean : 1 }
  })
}

/** Weights that differ by more are as good as unbounded. */
const MAX_RATIO = 1e100

/** Conditions in weights of scaled factors: v_a - max v_b <= 0 and min v_b - v_a <= 0. */
function readAssurance(assurance: unknown, names: readonly string[], means: readonly number[], issues: Issue[]): Float64Array[] {
  if (assurance === undefined) return []
  if (!Array.isArray(assurance)) {
    issues.push(issue("option-type", "assurance", "must be an array of { of: [a, b], min, max }", assurance))
    return []
  }
  return assurance.flatMap((one: unknown, c) => {
    const path = `assurance[${c}]`
    const pair: unknown = isPlainObject(one) ? one.of : undefined
    if (!isPlainObject(one) || !Array.isArray(pair) || pair.length !== 2) {
      issues.push(issue("option-type", path, "must be an object such as { of: [\"revenue\", \"newCustomers\"], min: 0.1, max: 10 }", one))
      return []
    }
    checkKeys(one, ["of", "min", "max"], path, issues)
    const places = pair.map((name: unknown, p) => {
      const place = typeof name === "string" ? names.indexOf(name) : -1
      if (place < 0) issues.push(issue("name-unknown", `${path}.of[${p}]`, "is no input and no output", name, typeof name === "string" ? suggestName(name, names) : ""))
      return place
    })
    if (places[0] === places[1] && places[0] >= 0) issues.push(issue("option-range", `${path}.of`, "must name two", pair[0]))
    for (const key of ["min", "max"] as const) if (one[key] !== undefined && !(typeof one[key] === "number" && one[key] > 1 / MAX_RATIO && one[key] < MAX_RATIO)) {
      issues.push(issue("option-range", `${path}.${key}`, `must be a number above 0, from ${1 / MAX_RATIO} to ${MAX_RATIO}`, one[key], "leave it out where there is no bound"))
    }
    if (typeof one.min === "number" && typeof one.max === "number" && one.min > one.max) issues.push(issue("option-range", `${path}.min`, `must not be above max, ${one.max}`, one.min))
    if (places.some((place) => place < 0)) return []
    const [a, b] = places
    const rows: Float64Array[] = []
    // weights of scaled factors are weights x means
    const ratio = means[a] / means[b]
    const push = (ofA: number, ofB: number): void => {
      const row = new Float64Array(names.length)
      row[a] = ofA
      row[b] = ofB
      rows.push(row)
    }
    if (typeof one.max === "number") push(1, -one.max * ratio)
    if (typeof one.min === "number") push(-1, one.min * ratio)
    return rows
  })
}

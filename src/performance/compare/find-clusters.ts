import { clusterEffect } from "../../math/stats/cluster-effect.js"
import { clusterOption, fieldsOf, readIdValues } from "./id-fields.js"

/** A field of the records that looks like the id of something that several rows of a territory are of. */
export interface FoundClusters {
  readonly field: string
  /** How to name it as `cluster`. */
  readonly option: string
  readonly kpi: string
  /** How much more the KPI varies by chance than its rows say. */
  readonly effect: number
  /** Rows that were looked at, and different values of the field among them. */
  readonly rowCount: number
  readonly valueCount: number
}

/** One KPI's rows, ascending, and their two numbers. */
interface Columns {
  readonly name: string
  readonly rows: Int32Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

interface Groups {
  readonly groupOf: Int32Array
  readonly count: number
  readonly sizes: Int32Array
}

/** Rows from which on no further territory is looked at; territories are taken whole, evenly from all. */
const MOST_ROWS = 20_000
/** Of the values of an id at least this share lies within one territory; categories (stage, product, month) occur in several. */
const NESTED = 0.9
/** Values a territory, at least: fewer are names of the territories themselves, or of what contains some. */
const VALUES_A_GROUP = 2
/** Of the rows at least this share has its value in common with another row. */
const SHARED = 0.2
/** Smaller effects do not change a verdict; and what chance does once in a hundred times is no sign. */
const LEAST_EFFECT = 1.1
const SURE = 2.326

/**
 * Looks for rows that go together without being said to: fields whose values repeat within territories as ids do, and not across as categories
 * do, and which move a KPI by the design effect of {@link clusterEffect}. An id is a text field, or whole numbers under a name such as
 * `accountId` or `customer_no`; at least nine of ten values occur in one territory alone, there are more than two values a territory, and at
 * least a fifth of the rows shares its value. Of several fields the one with the largest effect; ties: text, then the name. Never throws: a
 * field that cannot be read is passed over. O(rows x fields), of 20,000 rows or one territory's at most.
 *
 * @param known fields that are something else already: territory, segment, numbers of the KPIs
 * @returns null where no field is one
 */
export function findClusters(records: readonly unknown[], groups: Groups, kpis: readonly Columns[], known: ReadonlySet<string>): FoundClusters | null {
  const { sample, groupCount } = sampleGroups(groups)
  if (groupCount < 2) return null
  let found: (Omit<FoundClusters, "option"> & { readonly isText: boolean }) | null = null
  for (const field of fieldsOf(records, sample)) {
    if (known.has(field)) continue
    const values = readIdValues(records, sample, field)
    const clusters = values && nested(values, sample, groups.groupOf, groupCount)
    if (values === null || clusters === null) continue
    for (const kpi of kpis) {
      const { effect, z } = effectOn(kpi, sample, groups, clusters)
      if (!(effect >= LEAST_EFFECT && z >= SURE)) continue
      const isText = typeof values[0] === "string"
      const isBetter = found === null || effect > found.effect * (1 + 1e-9) || (effect >= found.effect * (1 - 1e-9) && isText && !found.isText)
      if (isBetter) found = { field, kpi: kpi.name, effect, rowCount: sample.length, valueCount: clusters.count, isText }
    }
  }
  if (found === null) return null
  const { field, kpi, effect, rowCount, valueCount } = found
  return { field, option: clusterOption(records, sample, field, "record"), kpi, effect, rowCount, valueCount }
}

/** Records of some territories, evenly from all by id; the same for every order of the records but for their own. */
function sampleGroups({ groupOf, count, sizes }: Groups): { readonly sample: Int32Array; readonly groupCount: number } {
  let all = 0
  for (let g = 0; g < count; g++) all += sizes[g]
  const step = Math.max(1, Math.ceil(all / MOST_ROWS))
  const isTaken = new Uint8Array(count)
  let [rows, groupCount] = [0, 0]
  for (let offset = 0; offset < step && (rows < MOST_ROWS || groupCount < 2); offset++) {
    for (let g = offset; g < count && (rows < MOST_ROWS || groupCount < 2); g += step) {
      if (sizes[g] === 0) continue
      isTaken[g] = 1
      rows += sizes[g]
      groupCount++
    }
  }
  const sample = new Int32Array(rows)
  let at = 0
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] !== -1 && isTaken[groupOf[i]] === 1) sample[at++] = i
  return { sample, groupCount }
}

interface NestedValues {
  /** Of each sampled record: which value, -1 for none. */
  readonly clusterOf: Int32Array
  readonly count: number
}

function nested(values: readonly (string | number | null)[], sample: Int32Array, groupOf: Int32Array, groupCount: number): NestedValues | null {
  const placeOf = new Map<string | number, number>()
  const clusterOf = new Int32Array(values.length).fill(-1)
  const groups: number[] = []
  const rows: number[] = []
  values.forEach((value, at) => {
    if (value === null) return
    const group = groupOf[sample[at]]
    let place = placeOf.get(value)
    if (place === undefined) {
      place = groups.length
      placeOf.set(value, place)
      groups.push(group)
      rows.push(0)
    }
    // in a second territory it is in several for good
    if (groups[place] !== group) groups[place] = -1
    rows[place]++
    clusterOf[at] = place
  })
  const count = groups.length
  const isNested = groups.filter((group) => group !== -1).length >= NESTED * count
  const shared = rows.reduce((sum, own) => sum + (own > 1 ? own : 0), 0)
  return isNested && count > VALUES_A_GROUP * groupCount && shared >= SHARED * values.length ? { clusterOf, count } : null
}

function effectOn({ rows, numerators, denominators }: Columns, sample: Int32Array, { groupOf, count }: Groups, { clusterOf }: NestedValues): { readonly effect: number; readonly z: number } {
  const starts = new Int32Array(count + 1)
  // both ascend
  const pairs: { readonly row: number; readonly cluster: number; readonly group: number }[] = []
  for (let at = 0, j = 0; at < sample.length && j < rows.length; ) {
    if (rows[j] < sample[at]) j++
    else if (rows[j] > sample[at]) at++
    else {
      const group = groupOf[sample[at]]
      pairs.push({ row: j++, cluster: clusterOf[at++], group })
      starts[group + 1]++
    }
  }
  pairs.sort((a, b) => a.group - b.group)
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  const take = (numbers: Float64Array): Float64Array => Float64Array.from(pairs, ({ row }) => numbers[row])
  return clusterEffect(take(numerators), take(denominators), starts, Int32Array.from(pairs, ({ cluster }) => cluster))
}

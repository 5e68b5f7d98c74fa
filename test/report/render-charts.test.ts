import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { comparePerformance, renderCaterpillar, renderFunnel, renderReport, renderSlope, type CaterpillarOptions, type FunnelOptions, type PerformanceResult, type SlopeRow } from "../../src/index.js"
import type { KpiVerdict } from "../../src/performance/performance-result.js"
import { textWidth } from "../../src/report/text-width.js"
import { deepFreeze, HOSTILE, sample, TRICKY_IDS } from "./sample.js"
import { reachesOut, readDocument } from "./well-formed.js"

const count = (svg: string, piece: string): number => svg.split(piece).length - 1
const wordsOf = (svg: string): string => readDocument(svg).texts.filter((text) => text.trim() !== "").join("|")

/** A chart that can be read: well formed, named, without a number that is none and without anything fetched. */
function sound(svg: string): string {
  const document = readDocument(svg)
  const [root] = document.elements
  expect(root.name).toBe("svg")
  expect(root.attributes.get("role")).toBe("img")
  const ids = document.elements.flatMap((element) => element.attributes.get("id") ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of (root.attributes.get("aria-labelledby") ?? "none").split(" ")) expect(ids).toContain(id)
  expect(reachesOut(document)).toEqual([])
  expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object|native code/)
  return svg
}

const verdictOf = (value: number | null, more: Partial<KpiVerdict> = {}): KpiVerdict => ({
  value, numerator: 1, denominator: 20, n: 20, clusterCount: null, interval: null, intervalMethod: null, atLeast: null, flag: null, cautions: [], likeForLike: null, deviation: null, pValue: null, adjustedPValue: null, shrunken: null, rank: null, funnel: null, neededRows: null, verdict: "consistent with chance", comparedWith: null, ...more,
})

/** Territories t00, t01, ... with these figures. */
function resultOf(verdicts: readonly KpiVerdict[], all: number | null = 10, kpi = "speed", idOf = (t: number): string => `t${String(t).padStart(2, "0")}`): PerformanceResult {
  const record = <V>(value: V): Record<string, V> => Object.fromEntries([[kpi, value]])
  return { territories: verdicts.map((verdict, t) => ({ id: idOf(t), rowCount: 20, kpis: record(verdict) })), kpis: record({ ...verdictOf(all), kind: "ratio" as const, better: "higher" as const, overDispersion: null, spread: null, designEffect: 1 }), segments: [], regions: [], warnings: [], seed: 0 }
}

/** A figure with limits and an interval of its own about the target. */
const measured = (value: number, error: number, target: number, more: Partial<KpiVerdict> = {}): KpiVerdict => verdictOf(value, {
  denominator: 1 / error, interval: { low: value - 2 * error, high: value + 2 * error }, shrunken: { value: (value + target) / 2, low: value - error, high: value + error }, rank: { low: 1, high: 3, topQuarterChance: 0.2 },
  funnel: { z: (value - target) / error, adjustedZ: (value - target) / error, limits95: { low: target - 1.959963984540054 * error, high: target + 1.959963984540054 * error }, limits998: { low: target - 3.090232306167813 * error, high: target + 3.090232306167813 * error } }, ...more,
})

const deals = ["a", "b", "c", "d", "e"].flatMap((territory, t) => Array.from({ length: 60 + 90 * t }, (_, i) => ({ territory, won: i % (t === 4 ? 2 : 5) === 0 ? 1 : 0, amount: 100 + ((i * 37) % 90) + 9 * t })))
const real = deepFreeze(comparePerformance(deals, { territory: "territory", kpis: { rate: { numerator: "won", kind: "proportion" }, amount: { numerator: "amount" } } }))
/** As if b were below. */
const bothWays: PerformanceResult = { ...real, territories: real.territories.map((one) => (one.id === "b" ? { ...one, kpis: { ...one.kpis, rate: { ...one.kpis.rate, verdict: "below" as const } } } : one)) }
const lowerIsBetter = (result: PerformanceResult): PerformanceResult => ({ ...result, kpis: Object.fromEntries(Object.entries(result.kpis).map(([kpi, value]) => [kpi, { ...value, better: "lower" as const }])) })

/** Boxes of the labels of a chart, by their anchors. */
function labelBoxes(svg: string, group: RegExp, size: number): { left: number; right: number; y: number; text: string }[] {
  const inside = group.exec(svg)?.[1] ?? ""
  return [...inside.matchAll(/<text x="([-0-9.]+)" y="([-0-9.]+)"([^>]*)>([^<]*)</g)].map(([, x, y, attributes, text]) => {
    const width = textWidth(text) * size
    const left = attributes.includes("end") ? Number(x) - width : group.source.includes("middle") ? Number(x) - width / 2 : Number(x)
    return { left, right: left + width, y: Number(y), text }
  })
}

const isApart = (boxes: ReturnType<typeof labelBoxes>, height: number): boolean =>
  boxes.every((a, i) => boxes.slice(i + 1).every((b) => a.right <= b.left || b.right <= a.left || Math.abs(a.y - b.y) >= height))

describe("the funnel", () => {
  test("of a proportion has curves over the denominator, a mark for each territory, names for those apart, and says what it is", () => {
    const svg = sound(renderFunnel(bothWays, { kpi: "rate", title: "Win rate" }))
    expect(real.territories.map(({ kpis }) => kpis.rate.verdict)).toEqual([...Array.from({ length: 4 }, () => "consistent with chance"), "above"])
    // one more of each in the legend
    expect(count(svg, "eq-above") + count(svg, "eq-below") + count(svg, "eq-open")).toBe(8)
    expect(count(svg, 'class="eq-limit"')).toBe(4)
    const words = wordsOf(svg)
    for (const part of ["Win rate", "rows that count", "95% limits", "99.8% limits", "all together: 0.305", "above, better than chance explains: 1", "Funnel plot of rate"]) expect(words).toContain(part)
    for (const id of ["b", "e"]) expect(words).toContain(`|${id}|`)
    expect(wordsOf(renderFunnel(real, { kpi: "rate", labels: "none" }))).not.toContain("|e|")
  })

  test("marks stand where value and size are: twice the size, twice as far", () => {
    const svg = renderFunnel(resultOf([measured(10, 1, 10), measured(12, 0.5, 10), measured(8, 0.25, 10)]), { kpi: "speed", size: "denominator" })
    const places = [...svg.matchAll(/class="eq-open" cx="([0-9.]+)" cy="([0-9.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)])
    // the last one is the legend's
    expect(places).toHaveLength(4)
    expect((places[2][0] - places[1][0]) / (places[1][0] - places[0][0])).toBeCloseTo(2, 1)
    expect((places[2][1] - places[0][1]) / (places[0][1] - places[1][1])).toBeCloseTo(1, 1)
  })

  test("of money each territory has its own limits, and lines only against the error", () => {
    expect(wordsOf(renderFunnel(real, { kpi: "amount" }))).toContain("standard error of amount")
    expect(wordsOf(renderFunnel(real, { kpi: "rate" }))).not.toContain("standard error")
    const svg = renderFunnel(real, { kpi: "amount", size: "denominator" })
    expect(wordsOf(svg)).toContain("a territory&#39;s own 95% limits")
    const bars = /class="eq-limit" d="([^"]*)"/.exec(svg)?.[1] ?? ""
    expect(bars.match(/^(M[-0-9.]+,[-0-9.]+V[-0-9.]+){5}$/)).not.toBeNull()
    // a straight line needs its ends only
    const line = /class="eq-limit" d="([^"]*)"/.exec(renderFunnel(real, { kpi: "amount", size: "error" }))?.[1] ?? ""
    expect(line.match(/^M[-0-9.]+,[-0-9.]+L[-0-9.]+,[-0-9.]+$/)).not.toBeNull()
  })

  test("a territory without a place is named below, with the reason", () => {
    const result = resultOf([measured(10, 1, 10), measured(12, 2, 10), verdictOf(null, { flag: "no-denominator" }), verdictOf(15, { flag: "too-few-rows", verdict: "too little data" })])
    const words = wordsOf(sound(renderFunnel(result, { kpi: "speed" })))
    expect(words.replaceAll("|", " ")).toContain("Without a place in the funnel: t02 (no value, nothing to divide by), t03 (15, too few rows).")
    const none = sound(renderFunnel(resultOf([verdictOf(null), verdictOf(3)]), { kpi: "speed" }))
    expect(wordsOf(none).replaceAll("|", " ")).toContain("No territory has a place in the funnel")
    expect(wordsOf(none)).toContain("t01")
  })

  test("names of many that stand apart cover neither each other nor a mark", () => {
    const crowd = resultOf(Array.from({ length: 60 }, (_, t) => measured(10 + ((t * 7) % 30) / 10, 0.1 + (t % 9) / 10, 10, { verdict: t % 3 === 0 ? "above" : "consistent with chance" })))
    const svg = sound(renderFunnel(crowd, { kpi: "speed" }))
    const boxes = labelBoxes(svg, /text-anchor="middle" fill="#111"[^>]*>(.*?)<\/g>/, 12)
    expect(boxes.length).toBeGreaterThan(4)
    expect(isApart(boxes, 12)).toBe(true)
    expect(Number(/no room for (\d+) name/.exec(svg)?.[1] ?? 0) + boxes.length).toBe(20)
  })

  test("sizes that differ a thousandfold stand on a logarithmic scale", () => {
    const words = wordsOf(sound(renderFunnel(resultOf([measured(10, 1, 10), measured(11, 0.02, 10), measured(9, 0.001, 10)]), { kpi: "speed", size: "denominator" })))
    expect(words).toContain("logarithmic scale")
    for (const tick of ["|1|", "|10|", "|100|", "|1,000|"]) expect(words).toContain(tick)
  })
})

describe("the caterpillar", () => {
  test("has a row for each territory, the best first, with interval, shrunken estimate and ranks", () => {
    const svg = sound(renderCaterpillar(resultOf([9, 12, 11].map((value) => measured(value, 1, 10))), { kpi: "speed", names: { t01: "North" } }))
    expect(count(svg, "eq-open")).toBe(4)
    expect(count(svg, "eq-shrunken")).toBe(4)
    expect(/class="eq-ranges" d="((M[-0-9.]+,[-0-9.]+H[-0-9.]+)+)"/.exec(svg)?.[1].split("M")).toHaveLength(4)
    const words = wordsOf(svg)
    expect(words.indexOf("|North|")).toBeLessThan(words.indexOf("|t02|"))
    expect(words.indexOf("|t02|")).toBeLessThan(words.indexOf("|t00|"))
    expect(words).toContain("|1 to 3|")
  })

  test("the best is the first: of costs the smallest; what has no value is named with what is known", () => {
    const costs = resultOf([measured(9, 1, 10), measured(12, 1, 10), verdictOf(null, { flag: "no-denominator", atLeast: 30 })])
    const [higher, lower] = [costs, lowerIsBetter(costs)].map((one) => wordsOf(renderCaterpillar(one, { kpi: "speed" })))
    expect(higher.indexOf("|t01|")).toBeLessThan(higher.indexOf("|t00|"))
    expect(lower.indexOf("|t00|")).toBeLessThan(lower.indexOf("|t01|"))
    expect(higher).toContain("Not drawn: t02 (no value, nothing to divide by, at least 30).")
  })

  test("an interval that would flatten the rest is cut with an arrow", () => {
    const wide = resultOf([measured(9, 1, 10), measured(11, 400, 10)])
    const line = /class="eq-ranges" d="([^"]*)"/.exec(sound(renderCaterpillar(wide, { kpi: "speed" })))?.[1] ?? ""
    expect(count(line, "L")).toBe(4)
  })

  test("200 territories have 200 readable names, and low rows fewer, those apart first", () => {
    const many = resultOf(Array.from({ length: 200 }, (_, t) => measured(t / 10, 1, 10, { verdict: t % 50 === 7 ? "above" : "consistent with chance" })), 10, "speed", (t) => `T${t}`)
    const named = (svg: string): number => (wordsOf(svg).match(/\|T\d+(?=\|)/g) ?? []).length
    const svg = sound(renderCaterpillar(many, { kpi: "speed" }))
    expect(named(svg)).toBe(200)
    expect(svg.length).toBeLessThan(130_000)
    const low = sound(renderCaterpillar(many, { kpi: "speed", rowHeight: 6 }))
    expect(named(low)).toBeGreaterThan(90)
    expect(named(low) + Number(/no room for (\d+) names/.exec(low)?.[1])).toBe(200)
    for (const t of [7, 57, 107, 157]) expect(wordsOf(low)).toContain(`|T${t}|`)
  })
})

describe("the slope chart", () => {
  const rows: readonly SlopeRow[] = deepFreeze([
    { id: "n", before: 1, after: 3, group: "treated", verdict: "above" },
    { id: "s", before: 2, after: 1.5, group: "control" },
    { id: "w", before: null, after: 2.5, group: "control" },
    { id: "x", before: null, after: null },
  ])

  test("joins both sides, tells groups by color and dash, and shows a missing side as a ring", () => {
    const svg = sound(renderSlope(rows, { beforeLabel: "2020", afterLabel: "2021", title: "Speed", names: { n: "North" } }))
    expect(count(svg, 'class="eq-slope"')).toBe(2)
    expect(count(svg, "eq-alone")).toBe(2)
    expect(count(svg, "eq-above")).toBe(2)
    const looks = [...svg.matchAll(/class="eq-slope" d="[^"]*" stroke="([^"]+)" stroke-width="[^"]+"( stroke-dasharray="[^"]+")?/g)].map(([, color, dash]) => [color, dash])
    expect(looks[0][0]).not.toBe(looks[1][0])
    expect(looks[0][1]).not.toBe(looks[1][1])
    const words = wordsOf(svg)
    for (const part of ["2020", "2021", "Speed", "North\u20021.00", "3.00\u2002North", "treated: 1", "control: 2", "one side only", "1 up, 1 down, 0 unchanged, 1 with a value on one side only", "Without a value on either side: x."]) expect(words).toContain(part)
  })

  test("what is highlighted is colored, the rest pale", () => {
    const colors = (svg: string): string[] => [...svg.matchAll(/class="eq-slope" d="[^"]*" stroke="([^"]+)"/g)].map(([, color]) => color)
    const plain = colors(renderSlope(rows))
    const chosen = colors(renderSlope(rows, { highlight: ["treated"] }))
    expect(chosen).toContain("#a3acb8")
    expect(plain).not.toContain("#a3acb8")
    expect(chosen.at(-1)).not.toBe("#a3acb8")
  })

  test("labels do not cover each other on either side, however close the values are", () => {
    const close = Array.from({ length: 60 }, (_, i) => ({ id: `territory ${i}`, before: 5 + (i % 7) / 100, after: i === 9 ? 100 : 5 + (i % 3) / 100 }))
    const svg = sound(renderSlope(close))
    const groups = [...svg.matchAll(/<g font-size="12">(?=<(?:path|text))(.*?)<\/g>/g)].map(([whole]) => labelBoxes(whole, /<g font-size="12">(.*?)<\/g>/, 12)).filter((boxes) => boxes.length === 60)
    expect(groups).toHaveLength(2)
    for (const boxes of groups) expect(isApart(boxes, 13.9)).toBe(true)
  })

  test("of a long name the end is cut, never the value", () => {
    const long = "a name that is by far too long for the side of any chart whatever".repeat(3)
    const words = wordsOf(sound(renderSlope([{ id: "a", before: 12.5, after: 14.25, group: "g" }], { names: { a: long }, width: 300, highlight: ["g"] })))
    expect(words).toMatch(/\|a name[^|]*\u2026\u200212\.5\|/)
    expect(words).toMatch(/\|14\.3\u2002a name[^|]*\u2026/)
  })

  test("of more labels than a picture holds, those of the largest changes are written and the rest counted", () => {
    const many = Array.from({ length: 700 }, (_, i) => ({ id: `t${i}`, before: 0, after: i }))
    const svg = sound(renderSlope(many))
    const words = wordsOf(svg)
    expect(words).toContain("699\u2002t699")
    expect(words).not.toContain("|0\u2002t0|")
    expect(words).toMatch(/no room for \d+ labels/)
    expect(Number(readDocument(svg).elements[0].attributes.get("height"))).toBeLessThan(4200)
  })

  test("rows that are none are told by their place", () => {
    const bad = (wrong: unknown): (() => string) => () => renderSlope(wrong as SlopeRow[])
    expect(bad("x")).toThrow("rows: must be an array")
    expect(bad([{ id: "a", before: NaN, after: 1 }])).toThrow("rows[0].before: must be a finite number, or null for none, got NaN")
    expect(bad([{ id: "a", before: 1, after: 1 }, { id: "a", before: 1, after: 1 }])).toThrow("rows[1].id: is the id of rows[0] already")
    expect(bad([{ id: 3, before: 1, after: 1 }])).toThrow("rows[0].id: must be a string")
    expect(bad([{ id: "a", before: 1, after: 1, group: 4 }])).toThrow("rows[0].group: must be a string")
    expect(() => renderSlope(rows, { highlight: ["treatd"] })).toThrow('highlight[0]: is the group of no row: "treatd" (did you mean "treated"?)')
    expect(() => renderSlope(rows, { names: { q: "Q" } })).toThrow('names["q"]: is the id of no row')
    expect(() => renderSlope(rows, { better: "more" } as never)).toThrow('better: must be "higher" or "lower", got "more"')
    expect(() => renderSlope(rows, { beforeLabel: 1 } as never)).toThrow("beforeLabel: must be a string")
  })
})

describe("all charts", () => {
  const charts: readonly (readonly [string, (result: PerformanceResult, options: FunnelOptions & CaterpillarOptions) => string])[] = [["funnel", renderFunnel], ["caterpillar", renderCaterpillar]]

  test.each(charts)("%s: the color of good follows what is better, the shape what is larger", (_, render) => {
    const fills = (svg: string): string => [...svg.matchAll(/class="eq-(above|below)" d="[^"]*" fill="([^"]+)"/g)].map(([, shape, fill]) => `${shape} ${fill}`).sort().join()
    const higher = fills(render(bothWays, { kpi: "rate" }))
    const lower = fills(render(lowerIsBetter(bothWays), { kpi: "rate" }))
    expect(higher).toContain("above #1f7a4d")
    expect(lower).toContain("above #b3382c")
    expect(lower).toContain("below #1f7a4d")
    expect(render(lowerIsBetter(bothWays), { kpi: "rate" })).toContain("above, worse than chance explains: 1")
  })

  test.each(charts)("%s: figures of any size give a picture or a sentence", (_, render) => {
    const edge = fc.constantFrom(0, 1e-300, -1e-300, 1e290, -1e290, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 3, 1 + 2 ** -52)
    const figure = fc.tuple(fc.option(edge), edge, fc.boolean()).map(([value, error, isPlaced]) => {
      if (value === null || !isPlaced) return verdictOf(value)
      const [size, low, high] = [Math.abs(error) || 1, Math.max(-Number.MAX_VALUE, value - Math.abs(error)), Math.min(Number.MAX_VALUE, value + Math.abs(error))]
      return verdictOf(value, { denominator: size, interval: { low, high }, shrunken: { value, low, high }, funnel: { z: 1, adjustedZ: 1, limits95: { low, high }, limits998: { low, high } } })
    })
    fc.assert(fc.property(fc.array(figure, { maxLength: 4 }), fc.option(edge), fc.constantFrom("auto", "denominator", "numerator", "rows", "error"), (figures, all, size) => {
      sound(render(resultOf(figures, all), { kpi: "speed", ...(render === renderFunnel ? { size } : {}) } as never))
    }), { numRuns: 120 })
    fc.assert(fc.property(fc.array(fc.tuple(fc.option(edge), fc.option(edge)), { maxLength: 4 }), (pairs) => {
      sound(renderSlope(pairs.map(([before, after], i) => ({ id: `t${i}`, before, after }))))
    }), { numRuns: 60 })
  })

  test("equal figures, one territory and none are clear", () => {
    const equal = resultOf(Array.from({ length: 3 }, () => measured(10, 1, 10)))
    for (const [, render] of charts) sound(render(equal, { kpi: "speed" }))
    expect(wordsOf(sound(renderCaterpillar(resultOf([measured(4, 1, 4)]), { kpi: "speed" })))).toContain("|t00|")
    expect(wordsOf(sound(renderCaterpillar(resultOf([]), { kpi: "speed" })))).toContain("No territory has a value.")
    expect(wordsOf(sound(renderSlope([])))).toContain("No territory has a value.")
  })

  test("hostile and tricky words stay words", () => {
    const ids = [`${HOSTILE}1`, ...TRICKY_IDS, "a\u202eb", "\u0000"]
    const hostile = resultOf(ids.map((_, t) => measured(t, 1 / (t + 1), 2, { verdict: HOSTILE as never })), 2, HOSTILE, (t) => ids[t])
    for (const [, render] of charts) {
      const svg = sound(render(hostile, { kpi: HOSTILE, title: HOSTILE, names: { [ids[0]]: HOSTILE } }))
      expect(svg).not.toContain("<img")
      expect(svg).not.toContain("\u202e")
    }
    const slopes = ids.map((id, i) => ({ id, before: i, after: 3, group: id, verdict: HOSTILE }))
    const svg = sound(renderSlope(slopes, { title: HOSTILE, beforeLabel: HOSTILE, afterLabel: "a\u202eb", highlight: [ids[0], "__proto__"] }))
    expect(svg).not.toMatch(/<img|\u202e/)
    for (const id of TRICKY_IDS) expect(wordsOf(svg)).toContain(id)
  })

  test("the same bytes in whatever order territories and rows stand", () => {
    const turned = { ...real, territories: [...real.territories].reverse() }
    for (const [, render] of charts) for (const kpi of ["rate", "amount"]) expect(render(turned, { kpi })).toBe(render(real, { kpi }))
    const rows = Array.from({ length: 30 }, (_, i) => ({ id: `t${i}`, before: i % 4, after: i % 3, group: `g${i % 9}` }))
    expect(renderSlope([...rows].reverse())).toBe(renderSlope(rows))
  })

  test.each(charts)("%s: what cannot be drawn is refused with what could be", (_, render) => {
    expect(() => render(real, { kpi: "rat" })).toThrow('kpi: is no figure of this result, got "rat" (did you mean "rate"? known: "rate", "amount")')
    expect(() => render(real, {} as never)).toThrow('kpi: is no figure of this result, got undefined (known: "rate", "amount")')
    expect(() => render(real, { kpi: "toString" })).toThrow("is no figure of this result")
    expect(() => render(sample().coverage as never, { kpi: "rate" })).toThrow("result: must be what comparePerformance returns")
    expect(() => render({ ...real, territories: [{ id: "a", rowCount: 1, kpis: { rate: { value: "1" } } }] } as never, { kpi: "rate" })).toThrow("result.territories[0].kpis.rate.value: must be a finite number or null")
    expect(() => render(real, { kpi: "rate", names: { f: "F" } })).toThrow('names["f"]: is no territory of the result')
    expect(() => render(real, { kpi: "rate", width: 10 })).toThrow("width: must be a number from 240 to 8000, got 10")
    expect(() => render(real, { kpi: "rate", colour: "red" } as never)).toThrow("colour: is not an option")
    expect(() => render(real, { kpi: "rate", idPrefix: "1" })).toThrow("idPrefix: must be letters")
    expect(() => render(real, null as never)).toThrow("options: must be an object")
    expect(() => renderFunnel(real, { kpi: "rate", size: "n" as never })).toThrow('size: must be "auto", "denominator", "numerator", "rows" or "error", got "n"')
    expect(() => renderCaterpillar(real, { kpi: "rate", rowHeight: 2 })).toThrow("rowHeight: must be a number from 6 to 60, got 2")
  })
})

describe("on the page", () => {
  const { accounts, plan, verdict } = sample()
  const chartsOf = (result: PerformanceResult): number => readDocument(renderReport({ accounts, plan, verdict: [{ title: "a", result }, { title: "b", result: verdict }] })).elements.filter((element) => element.attributes.get("class") === "chart").length

  test("each figure has a funnel and a caterpillar with ids of their own; many territories have a funnel only, few data none", () => {
    const page = renderReport({ accounts, plan, verdict: [{ title: "a", result: verdict }, { title: "b", result: verdict }] })
    const ids = readDocument(page).elements.flatMap((element) => element.attributes.get("id") ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(chartsOf(verdict)).toBe(4)
    expect(chartsOf(resultOf(Array.from({ length: 200 }, (_, t) => measured(t, 1 + t / 9, 100))))).toBe(3)
    expect(chartsOf(resultOf([verdictOf(null), verdictOf(1)]))).toBe(2)
  })

  test("where less is better, the table calls below good, as the charts do", () => {
    const { accounts, plan } = sample()
    const words = (result: PerformanceResult): string => renderReport({ accounts, plan, verdict: result })
    expect(words(bothWays)).toContain('<b class="good">above</b>')
    expect(words(lowerIsBetter(bothWays))).toContain('<b class="bad">above</b>')
    expect(words(lowerIsBetter(bothWays))).toContain('<b class="good">below</b>')
  })
})

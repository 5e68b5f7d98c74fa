import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { acos, asin } from "../../../src/math/exact/asin.js"
import { atan, atan2 } from "../../../src/math/exact/atan2.js"
import { cos } from "../../../src/math/exact/cos.js"
import { exp } from "../../../src/math/exact/exp.js"
import { exponentOf, powerOfTwo, scaleByPower } from "../../../src/math/exact/float-words.js"
import { hypot } from "../../../src/math/exact/hypot.js"
import { log } from "../../../src/math/exact/log.js"
import { log10 } from "../../../src/math/exact/log10.js"
import { log1p } from "../../../src/math/exact/log1p.js"
import { log2 } from "../../../src/math/exact/log2.js"
import { pow } from "../../../src/math/exact/pow.js"
import { powerOfTen } from "../../../src/math/exact/power-of-ten.js"
import { sin } from "../../../src/math/exact/sin.js"
import { tan } from "../../../src/math/exact/tan.js"
import * as precise from "../../helpers/high-precision.js"

const { fixedOf, ulpsFrom, LOG_TWO_FIXED, LOG_TEN_FIXED } = precise
const TINY = 5e-324
const LEAST_NORMAL = 2.2250738585072014e-308

/** Park & Miller's generator: integers, the same in every engine. */
function createDraw(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

function drawPoints(count: number, seed: number, make: (draw: () => number) => number[]): number[][] {
  const draw = createDraw(seed)
  return Array.from({ length: count }, () => make(draw))
}

/** Of any size: m 2^e, by products alone. */
function ofAnySize(draw: () => number, least = -1060, most = 1020): number {
  return (1 + draw()) * powerOfTwo(Math.floor(least + (most - least) * draw()))
}

interface Checked {
  readonly name: string
  readonly run: (...args: number[]) => number
  readonly truth: (...args: bigint[]) => bigint
  /** Largest distance from the truth that the docstring states, in units of the last place. */
  readonly ulps: number
  readonly points: readonly (readonly number[])[]
}

const near = (x: number): number[][] => [[x], [x * (1 + 2 ** -52)], [x * (1 - 2 ** -53)]]
const angles = [
  ...drawPoints(30, 1, (draw) => [8 * draw() - 4]), ...drawPoints(10, 2, (draw) => [1e6 * draw()]), ...drawPoints(15, 3, (draw) => [ofAnySize(draw)]),
  ...near(Math.PI), ...near(Math.PI / 2), ...near(Math.PI / 4), ...near(3 * Math.PI / 4), ...near(100 * Math.PI), ...near(1647099), [1e22], [1.7976931348623157e308],
  // the double that is closest to a multiple of pi / 2 for its size (Kahan's example)
  [6381956970095103 * powerOfTwo(797)], [1e-9], [TINY], [-2.5], [710.5 * Math.PI],
]
const shares = [...drawPoints(40, 4, (draw) => [2 * draw() - 1]), ...near(0.5).filter(([x]) => x <= 1), [1 - 2 ** -53], [-1 + 2 ** -53], [1], [-1], [1e-5], [1e-300], [0.975], [-0.51]]
const positives = [...drawPoints(25, 5, (draw) => [3 * draw()]), ...drawPoints(25, 6, (draw) => [ofAnySize(draw)]), ...near(1), ...near(2), ...near(Math.SQRT2), [TINY], [LEAST_NORMAL], [1e-310], [Number.MAX_VALUE], [10], [1000]]
const checked: readonly Checked[] = [
  { name: "sin", run: sin, truth: precise.sinOf, ulps: 1, points: angles },
  { name: "cos", run: cos, truth: precise.cosOf, ulps: 1, points: angles },
  { name: "tan", run: tan, truth: (a) => precise.ratioOf(precise.sinOf(a), precise.cosOf(a)), ulps: 2, points: angles.slice(0, 60) },
  { name: "asin", run: asin, truth: precise.asinOf, ulps: 1, points: shares },
  { name: "acos", run: acos, truth: precise.acosOf, ulps: 1, points: shares.filter(([x]) => x < 1) },
  { name: "atan", run: atan, truth: precise.atanOf, ulps: 1, points: [...drawPoints(30, 7, (draw) => [6 * draw() - 3]), ...drawPoints(15, 8, (draw) => [ofAnySize(draw)]), ...near(0.4375), ...near(0.6875), ...near(1.1875), ...near(2.4375)] },
  {
    name: "atan2", run: atan2, truth: precise.angleOf, ulps: 1,
    points: [...drawPoints(40, 9, (draw) => [2 * draw() - 1, 2 * draw() - 1]), ...drawPoints(15, 10, (draw) => [ofAnySize(draw, -100, 100), -ofAnySize(draw, -100, 100)]), [1, -1e-17], [-1, -1e17], [1e-200, -1], [3, 1e300]],
  },
  { name: "exp", run: exp, truth: precise.expOf, ulps: 1, points: [...drawPoints(30, 11, (draw) => [4 * draw() - 2]), ...drawPoints(25, 12, (draw) => [1400 * draw() - 700]), ...near(0.5 * Math.LN2), [709.782712893384], [-745.1], [-744.44], [-708.5], [-720.25], [1e-20], [TINY]] },
  { name: "log", run: log, truth: precise.logOf, ulps: 1, points: positives },
  { name: "log1p", run: log1p, truth: (a) => precise.logOf(a + fixedOf(1)), ulps: 1, points: [...drawPoints(40, 13, (draw) => [4 * draw() - 1]), ...drawPoints(15, 14, (draw) => [ofAnySize(draw, -80, 1000)]), ...near(Math.SQRT2 - 1), ...near(Math.SQRT1_2 - 1), [-1 + 2 ** -53], [1e-17], [-1e-17], [Number.MAX_VALUE], [1e16]] },
  { name: "log2", run: log2, truth: (a) => precise.ratioOf(precise.logOf(a), LOG_TWO_FIXED), ulps: 1, points: positives },
  { name: "log10", run: log10, truth: (a) => precise.ratioOf(precise.logOf(a), LOG_TEN_FIXED), ulps: 1, points: positives },
  {
    name: "pow", run: pow, truth: precise.powOf, ulps: 1,
    points: [
      ...drawPoints(30, 15, (draw) => [100 * draw(), 6 * draw() - 3]), ...drawPoints(15, 16, (draw) => [ofAnySize(draw, -300, 300), 3 * draw()]), ...drawPoints(10, 17, (draw) => [1 + draw() / 1e6, 1e8 * draw()]),
      [1 + 2 ** -52, 1e18], [1 - 2 ** -53, 6e18], [0.9, 300], [0.9, 7000], [TINY, 0.3], [TINY, -0.9], [1.5, 1700], [2, -1073.5], [2, 1023.9], [10, -5], [10, 22], [1.7320508075688772, 3], [1.2247448713915892, 5], [7, 3], [0.7, 1.5],
    ],
  },
  { name: "hypot", run: hypot, truth: precise.lengthOf, ulps: 1, points: [...drawPoints(40, 18, (draw) => [50 * draw() - 25, 50 * draw() - 25]), ...drawPoints(15, 19, (draw) => [ofAnySize(draw), ofAnySize(draw)]), [3e-320, 4e-320], [1e308, 1e308], [1e-141, 1e-139], [3, 4]] },
  { name: "hypot of three", run: hypot, truth: precise.lengthOf, ulps: 1.25, points: drawPoints(40, 20, (draw) => [50 * draw() - 25, draw() - 0.5, 3 * draw()]) },
]

describe("elementary functions from exact operations", () => {
  it.each(checked)("$name is as near to the true value as it says, by integers of 2,500 bits", ({ run, truth, ulps, points }) => {
    expect(points.length).toBeGreaterThanOrEqual(40)
    for (const args of points) expect(ulpsFrom(run(...args), truth(...args.map(fixedOf))), args.join(", ")).toBeLessThanOrEqual(ulps)
  })

  it("the oracle itself knows what is known: pi, e, log 2, sin of 1, and one unit beside them", () => {
    const known = [[Math.PI, precise.PI_FIXED], [Math.E, precise.expOf(fixedOf(1))], [Math.LN2, LOG_TWO_FIXED], [Math.LN10, LOG_TEN_FIXED], [0.8414709848078965, precise.sinOf(fixedOf(1))], [5, precise.lengthOf(fixedOf(3), fixedOf(4))]] as const
    for (const [value, truth] of known) {
      expect(ulpsFrom(value, truth)).toBeLessThanOrEqual(0.5)
      expect(ulpsFrom(value * (1 + 2 ** -51), truth)).toBeGreaterThan(1)
    }
    // 50 digits of pi, as anyone may look them up
    expect((precise.PI_FIXED * 10n ** 50n) >> 2500n).toBe(314159265358979323846264338327950288419716939937510n)
  })

  it("zeros, infinities, NaN and what lies outside: as ECMAScript has it", () => {
    const special = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, TINY, -TINY, 1e-310, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity, NaN, 1e21, 2 ** 53 - 1, 4503599627370497.5]
    const one = { sin, cos, tan, asin, acos, atan, exp, log, log1p, log2, log10 }
    // Math is not exact, but right in kind: the same class and sign, and within two units
    const isAlike = (own: number, known: number): boolean =>
      Object.is(own, known) || (Number.isFinite(own) && Number.isFinite(known) && own !== 0 && known !== 0 && Math.abs(own - known) <= 4 * 2 ** -53 * Math.abs(known) + TINY)
    for (const [name, run] of Object.entries(one)) for (const x of special) expect(isAlike(run(x), Math[name as keyof typeof one](x)), `${name}(${x}) = ${run(x)}`).toBe(true)
    const two = { atan2, pow, hypot: (x: number, y: number): number => hypot(x, y) }
    for (const [name, run] of Object.entries(two)) {
      for (const x of special) for (const y of special) expect(isAlike(run(x, y), Math[name as keyof typeof two](x, y)), `${name}(${x}, ${y}) = ${run(x, y)}`).toBe(true)
    }
    expect(hypot(NaN, 1, Infinity)).toBe(Infinity)
    expect(hypot(NaN, 1, 2)).toBeNaN()
  })

  it("powers and logarithms of 2 and 10 are exact, and so are scales", () => {
    let power = 1
    for (let k = 0; k <= 1074; k++, power /= 2) {
      expect([powerOfTwo(-k), pow(2, -k), log2(power)]).toEqual([power, power, 0 - k])
      if (k <= 1022) expect(exponentOf(power)).toBe(0 - k)
    }
    power = 1
    for (let k = 0; k <= 1023; k++, power *= 2) expect([powerOfTwo(k), pow(2, k), log2(power), exponentOf(power * (2 - 2 ** -52))]).toEqual([power, power, k, k])
    expect([powerOfTwo(1024), powerOfTwo(-1075), pow(2, 1024), pow(2, -1076)]).toEqual([Infinity, 0, Infinity, 0])
    // below 1e-307 the digits of a power of ten are too few for its logarithm to be whole
    for (let k = -307; k <= 308; k++) expect([log10(Number(`1e${k}`)), powerOfTen(k)]).toEqual([k, Number(`1e${k}`)])
    for (let k = 0; k <= 22; k++) expect(pow(10, k)).toBe(Number(`1e${k}`))
    // rounded once, also where the result is subnormal: 1.5 x 2^-1075 lies between 0 and 1 unit, 0.75 of it
    expect(scaleByPower(1.5, -1075)).toBe(TINY)
    expect(scaleByPower(1 + 2 ** -52, -1074)).toBe(TINY)
    expect(scaleByPower(1.75, 1023)).toBe(1.75 * powerOfTwo(1023))
    expect([scaleByPower(1, 1024), scaleByPower(0.5, 1024), scaleByPower(2, -1200)]).toEqual([Infinity, powerOfTwo(1023), 0])
  })

  it("squares and roots are the engine's own, rounded once", () => {
    for (const [x] of drawPoints(200, 21, (draw) => [ofAnySize(draw, -400, 400)])) expect([pow(x, 2), pow(x, 1), pow(x, 0.5), pow(x, -1), x ** 2]).toEqual([x * x, x, Math.sqrt(x), 1 / x, x * x])
  })

  it("every engine computes these bits: 13 functions at 2,000 points", () => {
    const draw = createDraw(22)
    const values = Array.from({ length: 2000 }, () => {
      const [a, b, c] = [draw(), draw(), draw()]
      return [
        sin(20 * a - 10), cos(20 * b - 10), sin(1e9 * a), tan(c), asin(2 * a - 1), acos(2 * b - 1), atan(5 * c), atan2(a - 0.5, b - 0.5), exp(80 * a - 40), log(b), log1p(c), log2(50 * a), log10(1e6 * b),
        pow(10 * a, 4 * c - 2), hypot(a, b, c),
      ]
    })
    // a number in JSON is its shortest decimal form, which tells all doubles apart
    expect(createHash("sha256").update(JSON.stringify(values)).digest("hex")).toBe("cf1a2a250d582a625588aace68ac8bd3e8e01f9ff9d61d9820f0d5fa9aa392ef")
  })
})

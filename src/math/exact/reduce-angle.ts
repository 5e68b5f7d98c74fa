import { exponentOf, powerOfTwo } from "./float-words.js"

/**
 * pi / 2 in parts of 33 bits, each with what all of them leave: a multiple of a part by an integer of 20 bits is
 * exact.
 */
const FIRST = 1.57079632673412561417
const SECOND = 6.07710050630396597660e-11
const SECOND_REST = 2.02226624879595063154e-21
const THIRD = 2.02226624871116645580e-21
const THIRD_REST = 8.47842766036889956997e-32
const TWO_OVER_PI = 6.36619772367581382433e-1

/** Largest angle whose number of quarter turns has 20 bits. */
const LARGEST_BY_PARTS = 1647099
/** What is left is smaller than this share of the angle: too many digits have cancelled for two parts. */
const CANCELLED = 8.881784197001252e-16

/** 2 / pi times 2^1200 and pi / 2 times 2^128, rounded down (by Machin's formula in integers). */
const TWO_OVER_PI_BITS =
  "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee8"
  + "8235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f"
  + "669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b"
const HALF_PI_BITS = "0x1921fb54442d18469898cc51701b839a2"

/** Where an angle lies: `high` + `low` = angle - quarter x pi / 2, at most about pi / 4. */
export interface ReducedAngle {
  /** Number of quarter turns taken off, from 0 to 3. */
  readonly quarter: number
  readonly high: number
  readonly low: number
}

/**
 * Takes the nearest whole number of quarter turns off a finite angle, with about 2^-70 of the angle left as error.
 *
 * Source: W. J. Cody & W. Waite, Software Manual for the Elementary Functions (1980), with the parts of FDLIBM 5.3,
 * e_rem_pio2.c; for angles beyond a million the product with 2 / pi in integers (M. Payne & R. Hanek, 1983).
 */
export function reduceAngle(angle: number): ReducedAngle {
  if (Math.abs(angle) > LARGEST_BY_PARTS) return reduceLargeAngle(angle)
  const turns = Math.floor(angle * TWO_OVER_PI + 0.5)
  const first = angle - turns * FIRST
  let rest = first - turns * SECOND
  let small = turns * SECOND_REST - ((first - rest) - turns * SECOND)
  let high = rest - small
  if (Math.abs(high) < CANCELLED * Math.abs(angle)) {
    const before = rest
    rest = before - turns * THIRD
    small = turns * THIRD_REST - ((before - rest) - turns * THIRD)
    high = rest - small
  }
  return { quarter: turns & 3, high, low: (rest - high) - small }
}

function reduceLargeAngle(angle: number): ReducedAngle {
  // the angle is an integer of 53 bits times a power of two
  const shift = exponentOf(angle) - 52
  const product = BigInt(angle * powerOfTwo(-shift)) * BigInt(TWO_OVER_PI_BITS)
  const turns = shift >= 0 ? product << BigInt(shift) : product >> BigInt(-shift)
  const whole = (turns + (1n << 1199n)) >> 1200n
  const rest = ((turns - (whole << 1200n)) * BigInt(HALF_PI_BITS)) >> 1072n
  const high = Number(rest)
  return {
    quarter: Number(whole & 3n),
    high: high * powerOfTwo(-256),
    low: Number(rest - BigInt(high)) * powerOfTwo(-256),
  }
}

import { cos } from "./cos.js"
import { sin } from "./sin.js"

/** The tangent of an angle in radians, within 2 ulp, with the same bits in every engine: sine over cosine. */
export function tan(angle: number): number {
  return sin(angle) / cos(angle)
}

import type { LeastSquares } from "./least-squares.js"
import { tailBothSides } from "./student-t.js"

/** A row against the line through all other rows. */
export interface Deletion {
  /** outcome - what the others predict for it. */
  readonly residual: number
  /** Standard error of that difference; 0 where the others lie on their line. */
  readonly error: number
  /** How probable so large a difference is by chance, both sides; null without a degree of freedom left. */
  readonly pValue: number | null
}

/** A row with more leverage leaves the others no line: without it they do not tell all coefficients. */
const ALONE = 1 - 1e-9
/** Of the degrees, what is left by rounding when the row's part is taken out. */
const NEGLIGIBLE = 1e-12

/**
 * What the line would say of each row had it been drawn without it, from one fit: residual e / (1 - h), whose variance is s_(i)^2 / (1 - h)
 * with s_(i)^2 = (sum of squares - e^2 / (1 - h)) / (degrees - 1). The quotient is Student's t with `degrees` - 1 degrees (externally
 * studentized), since the row has no part in what it is measured by. O(n).
 *
 * Source: Cook & Weisberg, Residuals and Influence in Regression, 1982, sections 2.2.1 and 2.2.2; Belsley, Kuh & Welsch 1980, section 2.1.
 *
 * @returns by row; null where a row alone determines a coefficient
 */
export function deletionResiduals({ residuals, leverages, degrees, residualError }: LeastSquares): (Deletion | null)[] {
  return Array.from(residuals, (own, i) => {
    if (leverages[i] > ALONE) return null
    const rest = 1 - leverages[i]
    const residual = own / rest
    // in units of the residual error, whose square may be out of range
    const left = residualError === 0 ? 0 : degrees - (own / residualError) * (residual / residualError)
    const error = degrees > 1 && left > NEGLIGIBLE * degrees ? residualError * Math.sqrt(left / (degrees - 1) / rest) : 0
    if (degrees === 1) return { residual, error, pValue: null }
    return { residual, error, pValue: residual === 0 ? 1 : error === 0 ? 0 : tailBothSides(residual / error, degrees - 1) }
  })
}

/**
 * sin(x + tail) for |x| <= pi / 4, within 1 ulp; `tail` is what x alone cannot hold.
 *
 * Coefficients: FDLIBM 5.3, k_sin.c (Sun Microsystems, 1993), by Remez.
 */
export function sineKernel(x: number, tail: number): number {
  const z = x * x
  const v = z * x
  const r = 8.33333333332248946124e-3 + z * (-1.98412698298579493134e-4 + z * (2.75573137070700676789e-6
    + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)))
  return x - ((z * (0.5 * tail - v * r) - tail) - v * -1.66666666666666324348e-1)
}

/** cos(x + tail) for |x| <= pi / 4, within 1 ulp. Coefficients: FDLIBM 5.3, k_cos.c. */
export function cosineKernel(x: number, tail: number): number {
  const z = x * x
  const r = z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * (2.48015872894767294178e-5
    + z * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11)))))
  const half = 0.5 * z
  const whole = 1 - half
  return whole + (((1 - whole) - half) + (z * r - x * tail))
}

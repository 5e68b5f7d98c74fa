/**
 * How processor seconds grow with the accounts: the slope of log seconds over log n by least squares, for every series and
 * algorithm with two sizes or more. Where k = n / 1,000, work of n log k alone has a slope of about 1.24.
 *
 * @param {readonly import("./measure-apart.js").BenchRow[]} rows
 * @param {readonly import("./cases/index.js").BenchCase[]} cases
 */
export function growthExponents(rows, cases) {
  const names = [...new Set(cases.flatMap((one) => one.series ?? []))]
  return names.flatMap((series) => {
    const members = new Set(cases.filter((one) => one.series?.includes(series)).map((one) => one.name))
    const solved = rows
      .filter((row) => members.has(row.case) && row.cpuSeconds !== null)
      .map(({ algorithm, n, k, cpuSeconds }) => ({ algorithm, n: Number(n), k: Number(k), cpuSeconds: Number(cpuSeconds) }))
    return [...new Set(solved.map((row) => row.algorithm))].flatMap((algorithm) => {
      const points = solved.filter((row) => row.algorithm === algorithm).sort((a, b) => a.n - b.n)
      if (points.length < 2) return []
      return [{
        series,
        algorithm,
        n: points.map((row) => row.n).join(", "),
        cpuSeconds: points.map((row) => row.cpuSeconds).join(", "),
        exponent: round(slope(points.map((row) => Math.log(row.n)), points.map((row) => Math.log(row.cpuSeconds)))),
        linearLog: round(slope(points.map((row) => Math.log(row.n)), points.map((row) => Math.log(row.n * Math.log(row.k))))),
      }]
    })
  })
}

function slope(x, y) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(x), mean(y)]
  return x.reduce((sum, value, p) => sum + (value - a) * (y[p] - b), 0) / x.reduce((sum, value) => sum + (value - a) ** 2, 0)
}

function round(value) {
  return Number(value.toFixed(2))
}

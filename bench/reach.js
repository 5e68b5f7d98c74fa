/** By how much figures may exceed their limit before they count as missed: rounding of a printed reference. */
const ROUNDING = 1e-9

/**
 * What a case is to reach and a row does not, in words. On a shared machine a run waits for others: the seconds that count are the
 * lesser of those on the wall and those of the processor.
 *
 * @param {import("./measure-apart.js").BenchRow} row
 * @param {import("./cases/index.js").BenchCase["reach"]} reach
 * @returns {string[]}
 */
export function findMissed(row, reach) {
  if (reach === undefined) return []
  if (row.cost === null) return ["no plan that was judged"]
  const figures = { ...row, seconds: row.seconds === null || row.cpuSeconds === null ? null : Math.min(row.seconds, row.cpuSeconds) }
  return Object.entries(reach).flatMap(([name, most]) => {
    const figure = figures[name]
    if (figure === null) return [`${name} unknown`]
    return figure > most + ROUNDING * Math.abs(most) ? [`${name} ${Number(figure.toPrecision(3))}, not ${most}`] : []
  })
}

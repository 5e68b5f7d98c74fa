const HEIGHT = 230
const TOP = 40
const FOOT = 64

/**
 * A bar for each year: sales with a place, and on top those without. Years without verdicts are pale, a part of a year is hatched.
 * @param {readonly { year: string, sales: number, unplaced: number, share: number, isJudged: boolean, isPart: boolean }[]} years
 * @param {number} width
 */
export function drawYears(years, width) {
  const most = Math.max(...years.map(({ sales }) => sales))
  const step = (width - 16) / years.length
  const bar = step * 0.72
  const size = width < 500 ? 10 : 12
  const round = (value) => Number(value.toFixed(1))
  const pattern = `part${width}`
  const bars = years.map(({ year, sales, unplaced, share, isJudged, isPart }, y) => {
    const x = 8 + y * step + (step - bar) / 2
    const tall = (amount) => (amount / most) * HEIGHT
    const [top, cut, foot] = [TOP + HEIGHT - tall(sales), TOP + HEIGHT - tall(sales - unplaced), TOP + HEIGHT]
    const fill = isPart ? `url(#${pattern})` : isJudged ? "#0b5fa5" : "#b9c6d3"
    const middle = round(x + bar / 2)
    const below = isPart ? (width < 500 ? "part" : "Jan-Oct") : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
    return `<rect x="${round(x)}" y="${round(cut)}" width="${round(bar)}" height="${round(foot - cut)}" fill="${fill}"/><rect x="${round(x)}" y="${round(top)}" width="${round(bar)}" height="${round(cut - top)}" fill="#b84a00"/>
<text x="${middle}" y="${round(top - 5)}" text-anchor="middle">${Math.round(sales / 1e6)}</text><text x="${middle}" y="${foot + 16}" text-anchor="middle" font-weight="600">${width < 500 ? `\u2019${year.slice(2)}` : year}</text><text x="${middle}" y="${foot + 32}" text-anchor="middle" fill="${isPart ? "#444" : "#b84a00"}">${below}</text>`
  })
  const unjudged = years.filter(({ isJudged }) => !isJudged).length
  const edge = round(8 + unjudged * step)
  const entries = [["#b84a00", "without a place"], ["#b9c6d3", "placed, no verdict"], ["#0b5fa5", "placed, judged"], [`url(#${pattern})`, "part of a year"]]
  const columns = width < 500 ? 1 : 4
  const legend = entries.map(([fill, text], e) => {
    const [x, y] = [8 + (e % columns) * ((width - 16) / columns), TOP + HEIGHT + FOOT + Math.floor(e / columns) * 18]
    return `<rect x="${round(x)}" y="${y - 10}" width="12" height="12" fill="${fill}"/><text x="${round(x + 17)}" y="${y}">${text}</text>`
  })
  const total = TOP + HEIGHT + FOOT + Math.ceil(entries.length / columns) * 18
  const words = years.map(({ year, sales, share }) => `${year}: ${Math.round(sales / 1e6)} million, ${(100 * share).toFixed(1)} % without a place`).join("; ")
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img" aria-label="${words}" font-family="system-ui, sans-serif" font-size="${size}" fill="#222">
<defs><pattern id="${pattern}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#dce8f3"/><rect width="3" height="7" fill="#0b5fa5"/></pattern></defs><rect width="${width}" height="${total}" fill="#fff"/>
<path d="M${edge},12V${TOP + HEIGHT + 38}" stroke="#888" stroke-dasharray="4 4"/><text x="${edge - 6}" y="20" text-anchor="end" fill="#555">no verdict</text><text x="${edge + 6}" y="20" fill="#555">judged</text>
${bars.join("\n")}${legend.join("")}</svg>`
}

/**
 * Census tracts as JSON: { k, n, lon[], lat[], pop[], geoid[], edges }. Every district has from ceil(0.995 P / k) to
 * floor(1.005 P / k) people; the cost is the sum of people * (km to the district's central tract)^2, in millions.
 *
 * @param {string} text
 */
export function readDistricts(text) {
  const { k, lon, lat, pop, geoid } = JSON.parse(text)
  for (const [name, list] of Object.entries({ lon, lat, pop, geoid })) {
    if (!Array.isArray(list) || list.length === 0 || list.length !== geoid.length) throw new Error(`"${name}" is to be a list, as long as "geoid"`)
  }
  if (!(k >= 1 && k <= geoid.length)) throw new Error(`"k" is to be a number of districts, up to that of the tracts, not ${k}`)
  const people = pop.reduce((sum, count) => sum + count, 0)
  return {
    accounts: geoid.map((id, i) => ({ id, longitude: lon[i], latitude: lat[i], population: pop[i] })),
    options: {
      territories: k,
      measures: { population: { value: "population", min: Math.ceil((0.995 * people) / k), max: Math.floor((1.005 * people) / k) } },
      centers: /** @type {const} */ ("account"),
    },
    publishedCost: ({ cost }) => cost / 1e6,
  }
}

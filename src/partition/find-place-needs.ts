import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { statedCenter } from "../model/stated-center.js"
import type { PartitionOptions } from "./partition-options.js"

/** What options ask of accounts of which none has a place, and what cannot be had without. O(k). */
export function findPlaceNeeds<A>(
  { centers, certificate, compactness, maxDistance, territories }: PartitionOptions<A>,
  issues: Issue[],
): void {
  const need = (path: string, rule: string): void => {
    const remedy = "give longitude and latitude, or x and y, to all accounts, or leave the option out"
    issues.push(issue("place-missing", path, `${rule}, and no account has one`, NOTHING, remedy))
  }
  if (centers === "account") need("centers", '"account" needs places')
  if (certificate === "all-centers") need("certificate", '"all-centers" needs places')
  if (compactness?.distance !== undefined) return // a center may be what a distance is reckoned from
  if (maxDistance !== undefined) need("maxDistance", "needs places")
  if (typeof territories === "number") return
  territories.forEach((spec, t) => {
    if (statedCenter(spec) !== undefined) need(`territories[${t}].center`, "needs accounts with places")
  })
}

import type { PlanTerritory } from "../partition/partition-result.js"

/** Names to show instead of ids, by territory id: `{ t01: "Des Moines" }`. */
export type Names = Readonly<Record<string, string>>

/** The name to show for a territory: the caller's, else the plan's, else its id. */
export function namer(names: Names | undefined, territories: readonly PlanTerritory[]): (territoryId: string) => string {
  const planned = new Map(territories.map((territory) => [territory.id, territory.name]))
  return (id) => {
    const given = names !== undefined && Object.hasOwn(names, id) ? names[id] : planned.get(id)
    return typeof given === "string" && given !== "" ? given : id
  }
}

/** What events make of `current`. */
export interface EventEffects {
  /**
   * By a territory's id in `current`: the ids of the territories where its accounts are at home after the events, ascending; none
   * where it was removed. Territories that are not in the map are what they were.
   */
  readonly homesOf: ReadonlyMap<string, readonly string[]>
  /** Accounts whose rows in `current` no longer count. */
  readonly closed: ReadonlySet<string>
  /** Ids that name no territory any more; no new one gets them. */
  readonly goneIds: readonly string[]
}

/** Nothing happened. */
export const NO_EFFECTS: EventEffects = Object.freeze({ homesOf: new Map<string, readonly string[]>(), closed: new Set<string>(), goneIds: Object.freeze([]) })

/** Where accounts of a territory of `current` are at home after the events. */
export function homesAfter({ homesOf }: EventEffects, territoryId: string): readonly string[] {
  return homesOf.get(territoryId) ?? [territoryId]
}

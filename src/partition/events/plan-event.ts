/**
 * What happened between `current` and this call. The call's own accounts and territories are the world after all events;
 * `current` is the world before them. Events happen in the order given, so that a territory that was split may lose a part.
 *
 * Territories are followed by their ids. With listed territories every id that events make has to be listed, and none that they
 * take away; with a number of territories, ids that events make are those of today.
 * @example
 * const events: PlanEvent[] = [
 *   { type: "territory-removed", territoryId: "Kim" },
 *   { type: "territory-split", territoryId: "north", into: ["north", "coast"] },
 *   { type: "accounts-closed", accountIds: ["A17"] },
 * ]
 */
export type PlanEvent =
  /** Its rep leaves: its accounts have nobody to stay with, so that their new owner is no disruption. */
  | { readonly type: "territory-removed"; readonly territoryId: string }
  /** One more in the list of territories. */
  | { readonly type: "territory-added"; readonly territoryId: string }
  /** The same territory under another id: who stays in it does not move. */
  | { readonly type: "territory-renamed"; readonly territoryId: string; readonly to: string }
  /** Several become one, a new one or one of them: accounts of each are at home there. */
  | { readonly type: "territories-merged"; readonly territoryIds: readonly string[]; readonly into: string }
  /** One becomes several, of which it may be one itself: its accounts are at home in each of them. */
  | { readonly type: "territory-split"; readonly territoryId: string; readonly into: readonly string[] }
  /** New accounts, which nobody owned. */
  | { readonly type: "accounts-opened"; readonly accountIds: readonly string[] }
  /** Accounts that are no longer; they may stand in `current`. */
  | { readonly type: "accounts-closed"; readonly accountIds: readonly string[] }

/** What a field of an event holds: one id, or a list of at least so many. */
type FieldForm = "id" | { readonly least: number }

const SOME: FieldForm = Object.freeze({ least: 1 })

/** The fields of every type of event, beside `type`. */
export const EVENT_FIELDS: Readonly<Record<PlanEvent["type"], Readonly<Record<string, FieldForm>>>> = Object.freeze({
  "territory-removed": Object.freeze({ territoryId: "id" }),
  "territory-added": Object.freeze({ territoryId: "id" }),
  "territory-renamed": Object.freeze({ territoryId: "id", to: "id" }),
  "territories-merged": Object.freeze({ territoryIds: SOME, into: "id" }),
  "territory-split": Object.freeze({ territoryId: "id", into: Object.freeze({ least: 2 }) }),
  "accounts-opened": Object.freeze({ accountIds: SOME }),
  "accounts-closed": Object.freeze({ accountIds: SOME }),
})

/** How much of the usual effort a repair is worth, from what came of the earlier ones of the same search. */
export interface RepairEffort {
  /** From 1 downwards, never 0. */
  share(): number
  /** Tells of a repair: whether it brought every territory inside its bounds that can be. */
  record(isDone: boolean): void
}

/** A repair in vain leaves this share of the effort for the next one, down to the least share. */
const AFTER_VAIN = 0.5
const LEAST_SHARE = 1 / 32

/**
 * The effort of the repairs of one search. Where bounds cannot be met by whole accounts, which nothing tells
 * beforehand, every allocation would be repaired at full length, and all of them in vain: repairs get shorter with
 * each that fails, and have their full length again after one that succeeds. So the repairs of a search that all fail
 * take about as long as two.
 */
export function createRepairEffort(): RepairEffort {
  let share = 1
  return {
    share: () => share,
    record(isDone) {
      share = isDone ? 1 : Math.max(LEAST_SHARE, AFTER_VAIN * share)
    },
  }
}

/** What whoever called asked for cannot be done: told in one line, without the stack of a fault of ours. */
export class UsageError extends Error {}

/** What an error says, whatever was thrown. */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error))

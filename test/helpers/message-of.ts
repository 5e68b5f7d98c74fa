/** What a call's error says; "no error" where there is none. */
export function messageOf(call: () => unknown): string {
  try {
    call()
    return "no error"
  } catch (error) {
    return (error as Error).message
  }
}

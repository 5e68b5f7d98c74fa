import { MAX_ISSUES, type Issue } from "./error.js"

/** Stands for an issue that no error carries. */
const COUNTED: Issue = Object.freeze({ code: "not-listed", path: "", message: "" })

/**
 * Adds the issue of one row of many to those that will be thrown. An error carries the first 1,000, so beyond these an issue is only
 * counted: a million bad rows cost no gigabyte of messages. Not for lists that are handed out as they are.
 *
 * @param make words the issue
 */
export function addIssue(issues: Issue[], make: () => Issue): void {
  issues.push(issues.length < MAX_ISSUES ? make() : COUNTED)
}

import { addIssue } from "../model/add-issue.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue } from "../model/issue.js"

/** Nothing can be read from what is no row: these issues are thrown at once, with those found before. @throws TerritoryError */
export function checkRecords(records: unknown, issues: Issue[]): void {
  const before = issues.length
  if (records === undefined || records === null) issues.push(issue("input-missing", "records", "must be an array of records", records))
  else if (!Array.isArray(records)) issues.push(issue("input-type", "records", "must be an array of records", records))
  else if (records.length === 0) issues.push(issue("no-records", "records", "must have at least one record", records))
  else {
    for (let i = 0; i < records.length; i++) {
      const record: unknown = records[i]
      if (typeof record !== "object" || record === null || Array.isArray(record)) addIssue(issues, () => issue("record-type", `records[${i}]`, "must be an object", record))
    }
  }
  if (issues.length > before) throwIssues(issues)
}

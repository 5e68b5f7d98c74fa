import { partitionAccounts } from "equiterra"

/** @type {import("./index.js").Algorithm} */
export default function (accounts, options) {
  return partitionAccounts(accounts, options)
}

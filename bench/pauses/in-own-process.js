import { spawnSync } from "node:child_process"

/**
 * Runs a script again for one of its cases, in a process of its own, and reads the JSON that it prints.
 *
 * @param {string} script its path
 * @param {readonly string[]} args
 * @param {number} limitSeconds of the clock; then it is ended
 * @param {readonly string[]} [flags] of Node
 * @returns {Record<string, any>} what it printed, or `message`
 */
export function inOwnProcess(script, args, limitSeconds, flags = []) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, script, ...args], { encoding: "utf8", timeout: 1_000 * limitSeconds, killSignal: "SIGKILL", maxBuffer: 1 << 26 })
  if (status === 0) return JSON.parse(stdout)
  return { message: signal === "SIGKILL" ? `did not end in ${limitSeconds} s` : (stderr.match(/^\w*Error.*$/m)?.[0] ?? `ended with ${status ?? signal}`) }
}

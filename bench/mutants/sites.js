import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import ts from "typescript"

/**
 * One change of one expression or statement that is run. `from` and `until` are the token's place, `around` is the node that becomes "changed or as it was",
 * `key` finds the change again after lines above it have moved.
 *
 * @typedef {{ room: string, file: string, line: number, kind: string, from: number, until: number, around: [number, number], form: "expression" | "statement" | "exit",
 *   constant: string | null, was: string, to: string, key: string }} Site
 */

const BOUNDARIES = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" }
const NEGATIONS = { "===": "!==", "!==": "===" }
const ARITHMETIC = { "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "++": "--", "--": "++" }
const LOGIC = { "&&": "||", "||": "&&", "??": "&&" }

/** Every change of the files of a room, in the order of files and places. Types, messages and comments are left alone, and what compiles to the same program. */
export function sitesOfRoom(root, room) {
  const folder = join(root, "src", room)
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).sort()
  return names.flatMap((name) => sitesOfFile(root, room, join(folder, name)))
}

/** @returns {Site[]} */
function sitesOfFile(root, room, path) {
  const text = readFileSync(path, "utf8")
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const file = relative(root, path)
  /** @type {Site[]} */
  const found = []
  /** @type {import("typescript").Node[]} */
  const open = [source]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { kind, target, to } of isNameOfProperty(node) ? [] : changesOf(node)) {
      const from = target.getStart(source)
      const until = target.getEnd()
      const line = text.slice(0, from).split("\n").length
      const begin = text.lastIndexOf("\n", from - 1) + 1
      const whole = text.slice(begin, text.indexOf("\n", from) < 0 ? text.length : text.indexOf("\n", from))
      const column = from - begin - (whole.length - whole.trimStart().length)
      const was = text.slice(from, until)
      const around = ["arithmetic", "logic", "boundary", "comparison", "extremes"].includes(kind) ? target.parent : target
      const form = kind === "exit" ? "exit" : ts.isExpressionStatement(around.parent) ? "statement" : "expression"
      found.push({ room, file, line, kind, from, until, around: [around.getStart(source), around.getEnd()], form, constant: constantOf(around), was, to, key: `${file} | ${whole.trim()} | ${column}: ${was.replace(/\s+/g, " ")} -> ${to}` })
    }
    if (!ts.isTypeNode(node) && !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node) && !isOfMessage(node)) node.forEachChild((child) => void open.push(child))
  }
  found.sort((a, b) => a.from - b.from || (a.to < b.to ? -1 : 1))
  /** @type {Map<string, number>} */
  const seen = new Map()
  for (const site of found) {
    const before = seen.get(site.key) ?? 0
    seen.set(site.key, before + 1)
    if (before > 0) site.key += ` (${before + 1})`
  }
  return found
}

/** Whether a change compiles to the same program. */
export function isNoChange(root, { file, from, until, to }) {
  const text = readFileSync(join(root, file), "utf8")
  return compile(text) === compile(text.slice(0, from) + to + text.slice(until))
}

const compile = (text) => ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true } }).outputText

const isNameOfProperty = (node) => node.parent !== undefined && ts.isPropertyAssignment(node.parent) && node === node.parent.name

/** The constant of the module whose value a change is part of: it is computed before any test runs. */
function constantOf(node) {
  let upper = node
  while (upper.parent !== undefined && !ts.isFunctionLike(upper)) {
    if (ts.isVariableDeclaration(upper) && ts.isSourceFile(upper.parent.parent.parent)) return upper.name.getText()
    upper = upper.parent
  }
  return null
}

/** The words of an error: tests look at its code and path, and wording is free. */
const isOfMessage = (node) => ts.isTemplateExpression(node) && ts.isPropertyAssignment(node.parent) && ["message", "remedy", "got"].includes(node.parent.name.getText())

/** @returns {{ kind: string, target: import("typescript").Node, to: string }[]} */
function changesOf(node) {
  const { parent } = node
  if (parent === undefined) return []
  if (ts.isBinaryExpression(parent) && node === parent.operatorToken) {
    const operator = node.getText()
    const one = (kind, table) => (operator in table ? [{ kind, target: node, to: table[operator] }] : [])
    return [...one("boundary", BOUNDARIES), ...one("comparison", NEGATIONS), ...one("arithmetic", ARITHMETIC), ...one("logic", LOGIC)]
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [{ kind: "negation", target: node, to: `!!${node.operand.getText()}` }]
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken && !ts.isNumericLiteral(node.operand)) return [{ kind: "negation", target: node, to: `+${node.operand.getText()}` }]
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ kind: "boolean", target: node, to: "false" }]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ kind: "boolean", target: node, to: "true" }]
  if (ts.isNumericLiteral(node)) return [{ kind: "constant", target: node, to: String(Number(node.text.replaceAll("_", "")) + 1) }]
  if (ts.isIdentifier(node) && ts.isPropertyAccessExpression(parent) && node === parent.name && parent.expression.getText() === "Math") {
    const swapped = { min: "max", max: "min", floor: "ceil", ceil: "floor" }[node.text]
    return swapped === undefined ? [] : [{ kind: "extremes", target: node, to: swapped }]
  }
  if ((ts.isIfStatement(node) || ts.isConditionalExpression(node)) && !isBinaryComparison(conditionOf(node))) {
    return [{ kind: "condition", target: conditionOf(node), to: `!(${conditionOf(node).getText()})` }]
  }
  if (isEarlyExit(node)) return [{ kind: "exit", target: node, to: ";" }]
  return []
}

const conditionOf = (node) => (ts.isIfStatement(node) ? node.expression : node.condition)

/** These are changed at their operator. */
const isBinaryComparison = (node) => ts.isBinaryExpression(node) && [BOUNDARIES, NEGATIONS, LOGIC].some((table) => node.operatorToken.getText() in table)

/** A `return`, `break` or `continue` under an `if`, after which there is something that would run. */
function isEarlyExit(node) {
  if (!(ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node))) return false
  const branch = ts.isBlock(node.parent) ? node.parent : node
  return ts.isIfStatement(branch.parent) && (branch === branch.parent.thenStatement || branch === branch.parent.elseStatement)
}

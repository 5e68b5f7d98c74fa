import ts from "typescript"

/**
 * A file that holds all of its changes at once (mutant schemata, Untch, Offutt and Harrold 1993): `__mutant(17) ? changed : asItWas` in place of every changed expression.
 * A constant of the module is changed where it is used. Every loop and function also begins with `__tick()`, which ends what runs too long.
 *
 * @param {string} text
 * @param {{ id: number, site: import("./sites.js").Site }[]} changes
 */
export function writeSchemata(text, changes) {
  const source = ts.createSourceFile("schemata.ts", text, ts.ScriptTarget.Latest, true)
  /** @type {{ from: number, until: number, wrap: (inner: string) => string }[]} */
  // ticks first: of edits in the same place they are the outer ones
  const edits = ticksOf(source)
  for (const { id, site } of changes) {
    const [from, until] = site.around
    const changed = text.slice(from, site.from) + site.to + text.slice(site.until, until)
    const uses = site.constant === null ? null : usesOf(source, site.constant)
    if (uses !== null) {
      const initial = text.slice(uses.initial[0], site.from) + site.to + text.slice(site.until, uses.initial[1])
      for (const use of uses.places) edits.push({ from: use.from, until: use.until, wrap: (inner) => `${use.isShorthand ? `${site.constant}: ` : ""}(__mutant(${id}) ? (${initial}) : ${use.isShorthand ? site.constant : inner})` })
    } else if (site.form === "exit") edits.push({ from, until, wrap: (inner) => `{ if (!__mutant(${id})) { ${inner} } }` })
    else edits.push({ from, until, wrap: (inner) => `${site.form === "statement" ? "void " : ""}(__mutant(${id}) ? (${changed}) : (${inner}))` })
  }
  edits.sort((a, b) => a.from - b.from || b.until - a.until)
  return render(text, 0, text.length, edits, { next: 0 })
}

/** Whether a change can be switched on while the program runs; else it needs a process of its own. */
export function isSwitchable(text, { constant }) {
  return constant === null || usesOf(ts.createSourceFile("schemata.ts", text, ts.ScriptTarget.Latest, true), constant) !== null
}

/** Where a constant of the module is used, if it is not exported, computed without calls of ours, and used in functions alone. */
function usesOf(source, name) {
  /** @type {{ from: number, until: number, isShorthand: boolean }[]} */
  const places = []
  let initial = null
  let isOutside = false
  const visit = (node, inFunction) => {
    if (ts.isTypeNode(node)) return
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === name && node.initializer !== undefined && ts.isSourceFile(node.parent.parent.parent)) {
      const isExported = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0
      if (!isExported && !/[a-z]\w*\(|=>|\[|\{/.test(node.initializer.getText(source).replaceAll(/Math\.\w+\(/g, ""))) initial = [node.initializer.getStart(source), node.initializer.getEnd()]
      return
    }
    if (ts.isIdentifier(node) && node.text === name && !(ts.isPropertyAccessExpression(node.parent) && node === node.parent.name)) {
      if (!inFunction) isOutside = true
      places.push({ from: node.getStart(source), until: node.getEnd(), isShorthand: ts.isShorthandPropertyAssignment(node.parent) })
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)))
  }
  visit(source, false)
  return initial === null || isOutside || places.length === 0 ? null : { initial, places }
}

function ticksOf(source) {
  const found = []
  const tick = (at) => ({ from: at, until: at, wrap: () => " __tick();" })
  const visit = (node) => {
    const body = ts.isIterationStatement(node, false) ? node.statement : ts.isFunctionLike(node) ? /** @type {any} */ (node).body : undefined
    if (body !== undefined && ts.isBlock(body)) found.push(tick(body.getStart(source) + 1))
    else if (body !== undefined && ts.isIterationStatement(node, false)) found.push({ from: body.getStart(source), until: body.getEnd(), wrap: (inner) => `{ __tick(); ${inner} }` })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The text from `from` until `until` with the edits from `state.next` on that lie in it. */
function render(text, from, until, edits, state) {
  let written = ""
  let at = from
  while (state.next < edits.length && edits[state.next].from >= from && edits[state.next].until <= until) {
    const edit = edits[state.next++]
    written += text.slice(at, edit.from) + edit.wrap(edit.from === edit.until ? "" : render(text, edit.from, edit.until, edits, state))
    at = edit.until
  }
  return written + text.slice(at, until)
}

import { describe, expect, it } from "vitest"
import { ABC_LEVELS, checkCoverage, estimateWorkload, partitionAccounts, scoreAccounts } from "../../src/index.js"

/** A row as an object mapper makes it: state is private, fields are getters of the class. */
class Customer {
  readonly segment = "retail"
  readonly #columns: Readonly<Record<string, unknown>>
  constructor(columns: Readonly<Record<string, unknown>>) {
    this.#columns = columns
  }
  get id(): string {
    return this.#columns.id as string
  }
  get x(): number {
    return this.#columns.x as number
  }
  get y(): number {
    return 0
  }
  get sales(): number {
    return this.#columns.sales as number
  }
  get orders(): never {
    throw new Error("not loaded")
  }
  label(): string {
    return `customer ${this.id}`
  }
}

const customers = Array.from({ length: 6 }, (_, i) => new Customer({ id: `c${i}`, x: i, sales: i + 1 }))
const factors = { sales: { value: "sales" } }

describe("rows that are instances of a class", () => {
  it("keep what the class's getters answer, its methods and its own fields, and gain the score", () => {
    const { accounts, warnings } = scoreAccounts(customers, { factors })
    const [first] = accounts
    expect([first.id, first.x, first.y, first.sales, first.segment, first.score]).toEqual(["c0", 0, 0, 1, "retail", 0])
    expect(first.label()).toBe("customer c0")
    expect(first).toBeInstanceOf(Customer)
    expect(() => first.orders).toThrow()
    expect(JSON.parse(JSON.stringify(first))).toEqual({ segment: "retail", id: "c0", x: 0, y: 0, sales: 1, score: 0 })
    expect(warnings).toEqual([])
    expect("score" in customers[0]).toBe(false)
  })

  it("go through all stages, one after the other", () => {
    const scored = scoreAccounts(customers, { factors, tiers: { method: "value-share", value: "sales", levels: ABC_LEVELS } })
    const worked = estimateWorkload(scored.accounts, { visits: 12, hoursPerVisit: 1 })
    expect(worked.accounts.map((account) => [account.id, account.workload, account.score])).toEqual(customers.map((customer, i) => [customer.id, 12, 20 * i]))
    const plan = partitionAccounts(worked.accounts, { territories: 2, measures: { workload: { value: "workload" } } })
    expect(checkCoverage(worked.accounts, plan.alignment)).toMatchObject({ complete: true, exclusive: true })
  })

  it("may have a getter, or a frozen class a field, of the name that the stage sets: it is overwritten, with a warning", () => {
    class Scored extends Customer {
      get score(): number {
        return -1
      }
    }
    const rows = [new Scored({ id: "a", sales: 1 }), new Scored({ id: "b", sales: 2 })]
    const { accounts, warnings } = scoreAccounts(rows, { factors })
    expect(accounts.map((account) => account.score)).toEqual([0, 100])
    expect(warnings.map((warning) => `${warning.code} ${warning.path}`)).toEqual(["field-overwritten accounts.score"])
    expect(rows[0].score).toBe(-1)
    const frozen = Object.create(Object.freeze({ workload: 3, region: "north" }), { id: { value: "a" } }) as { id: string; workload: number; region: string }
    expect(estimateWorkload([frozen], { visits: 2, hoursPerVisit: 1 }).accounts[0]).toMatchObject({ id: "a", region: "north", workload: 2 })
  })

  it("are copied past the setters of their class", () => {
    let set = 0
    class Guarded {
      declare readonly level: number
      constructor(readonly id: string) {
        Object.defineProperty(this, "level", { value: 7, enumerable: true })
      }
    }
    Object.defineProperty(Guarded.prototype, "level", { get: () => 0, set: () => void set++ })
    const { accounts } = scoreAccounts([new Guarded("a"), new Guarded("b")], { factors: { one: { value: () => 1 } } })
    expect(accounts.map((account) => account.level)).toEqual([7, 7])
    expect(set).toBe(0)
  })
})

it("rows that are plain objects give plain objects", () => {
  const bare: { id: string; sales: number } = Object.assign(Object.create(null) as object, { id: "b", sales: 2 })
  const { accounts } = scoreAccounts([{ id: "a", sales: 1 }, bare], { factors })
  expect(accounts).toStrictEqual([{ id: "a", sales: 1, score: 0 }, { id: "b", sales: 2, score: 100 }])
})

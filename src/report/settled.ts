/** Options with the defaults for what is not given; a key whose value is undefined is not given. No prototype, as `ownOptions` makes them. */
export function settled<D extends object, O extends object>(defaults: D, options: O): O & D {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.assign(Object.create(null) as object, defaults, Object.fromEntries(given)) as O & D
}

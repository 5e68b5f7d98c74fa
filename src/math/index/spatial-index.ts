/** Points that can be asked which of them lie near a place. */
export interface SpatialIndex {
  /**
   * The points at most `radius` away, the border included: their indices, in no particular order.
   *
   * @param first degrees east on the globe, x on a plane
   * @param second degrees north on the globe, y on a plane
   * @param radius >= 0, km along the sphere on the globe, the unit of x and y on a plane
   */
  within(first: number, second: number, radius: number): number[]
}

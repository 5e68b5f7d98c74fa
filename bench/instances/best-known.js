// Best known costs of published problems: facts, with where they come from. "optimum" is proven, "best known" is not.
// The problems themselves are not part of this project; their files are read from a folder of the user's.

const optimum = (value) => ({ value, kind: "optimum" })
const bestKnown = (value) => ({ value, kind: "best known" })
/** The published problem asks for contiguity as well: without it a plan may cost less. */
const contiguous = (value) => ({ value, kind: "optimum if contiguous" })
const contiguousFound = (value) => ({ value, kind: "found if contiguous" })

/**
 * Cost by folder and file. The unit is the publication's: see the readers in this folder.
 *
 * @type {Record<string, Record<string, { value: number, kind: string }>>}
 */
export const BEST_KNOWN = {
  // Validi, Buchanan & Lykhovyd, "Imposing contiguity constraints in political districting models", Operations Research 70, 2022,
  // computational tables: without contiguity. Their distances are projected ones: great circles agree to about 0.2 %.
  hess: {
    tract_10: optimum(2297.33),
    tract_44: optimum(228.42),
    tract_33: optimum(2688.28),
    tract_16: optimum(53916.36),
    tract_23: optimum(7716.04),
    tract_54: optimum(11801.26),
    tract_35: optimum(31598.1),
    tract_31: optimum(21983.14),
    tract_49: optimum(22035.37),
    tract_05: optimum(15563.52),
    tract_20: optimum(22784.49),
    tract_19: optimum(18172.01),
    tract_09: optimum(1422.13),
    tract_40: optimum(19107.72),
    tract_01: bestKnown(13510.26),
    tract_27: optimum(24220.16),
    tract_24: optimum(5084.32),
    tract_34: bestKnown(2291.51),
    tract_17: bestKnown(16067.49),
  },
  // OR-Library (Beasley 1990; Osman & Christofides 1994) for cpmpNN; Lorena & Senne (2004) for SJC and p3038;
  // Stefanello, de Araújo & Müller (2015) for lin318, u724 and fnl4461; values as collected in the literature up to 2025.
  cpmp: {
    cpmp01: optimum(713),
    cpmp02: optimum(740),
    cpmp03: optimum(751),
    cpmp04: optimum(651),
    cpmp05: optimum(664),
    cpmp11: optimum(1006),
    cpmp12: optimum(966),
    cpmp13: optimum(1026),
    SJC1: optimum(17288.99),
    SJC2: optimum(33270.94),
    SJC3a: optimum(45335.16),
    lin318_005: optimum(180281.2),
    lin318_015: optimum(88901.56),
    lin318_040: optimum(47988.38),
    lin318_070: optimum(32198.64),
    lin318_100: optimum(22942.69),
    u724_030: optimum(95034.01),
    u724_075: bestKnown(54735.05),
    u724_125: bestKnown(38976.76),
    u724_200: bestKnown(28079.97),
    p3038_600: bestKnown(122710.58),
    fnl4461_0100: bestKnown(548909.01),
  },
  // Negreiros & Palhano (2006) for the problems; values as collected by Muritiba et al. (2022), Doni1 improved by us since.
  cccp: {
    TA25: bestKnown(1251.448),
    TA50: bestKnown(4474.516),
    TA60: bestKnown(5356.584),
    TA70: bestKnown(6240.675),
    TA80: bestKnown(5730.28),
    TA90: bestKnown(9069.848),
    TA100: bestKnown(8102.044),
    SJC1: bestKnown(17359.752),
    SJC2: bestKnown(33181.651),
    SJC3a: bestKnown(45354.285),
    Doni1: bestKnown(3017.06),
    Doni2: bestKnown(6370.32),
  },
  // Fränti & Sieranoja (2018) for the points; sums of squares with clusters of equal size: the best upper bounds known to us.
  balanced_kmeans: {
    s1: bestKnown(1.0887461e13),
    s2: bestKnown(1.42792898e13),
    a1: bestKnown(1.22063431e10),
    birch1: bestKnown(9.28780193e13),
  },
  // Ríos-Mercado & Fernández (2009) for the problems; optima proven by a MIP with cuts for contiguity; DU150 by a published
  // large neighborhood search, without proof.
  ctdp: {
    "2DU60-05-1": contiguous(5305.566),
    "2DU60-05-2": contiguous(5451.684),
    "2DU60-05-3": contiguous(5507.88),
    "2DU60-05-4": contiguous(5935.67),
    "2DU60-05-5": contiguous(5303.2),
    "2DU60-05-6": contiguous(5253.942),
    "2DU60-05-7": contiguous(5460.177),
    "2DU60-05-8": contiguous(5309.962),
    "2DU60-05-9": contiguous(5224.516),
    "2DU60-05-10": contiguous(5350.156),
    "2DU80-05-1": contiguous(5825.918),
    "2DU80-05-2": contiguous(5944.741),
    "2DU80-05-3": contiguous(6323.658),
    "2DU80-05-4": contiguous(6244.594),
    "2DU80-05-5": contiguous(5564.829),
    "2DU80-05-6": contiguous(5724.314),
    "DU150-05-1": contiguousFound(9206.84),
    "DU150-05-2": contiguousFound(9055.55),
    "DU150-05-3": contiguousFound(9049.91),
  },
}

/** The 97.5 % quantile of the standard normal distribution: 95 % lie within so many standard deviations of the mean. */
export const Z_95 = 1.959963984540054

/** The 99.9 % quantile: 99.8 % lie within. */
export const Z_998 = 3.090232306167813

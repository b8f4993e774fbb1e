/** How many code points a person's name may have. */
export const nameLengthMax = 100;

/** How many code points a password may have. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 128;

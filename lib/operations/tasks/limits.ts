/** The bounds of a task and of its lists, for the schemas, the forms and the statements alike. Lengths count code points. */
export const titleLengthMax = 255;
export const descriptionLengthMax = 2_000;
export const searchLengthMax = 200;

export const pageSizeDefault = 50;
export const pageSizeMax = 100;

/** How long a deleted task can be restored. */
export const trashDays = 30;

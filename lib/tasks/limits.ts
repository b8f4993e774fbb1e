/** The bounds of a task and of its lists, for the schemas, the forms and the statements alike. Lengths count code points. */
export const titleLengthMax = 255;
export const descriptionLengthMax = 2_000;
export const searchLengthMax = 200;

export const pageSizeDefault = 50;
export const pageSizeMax = 100;

/** How long a deleted task can be restored. */
export const trashDays = 30;

/** From the least to the most urgent, the order they sort in. */
export const priorities = ["none", "low", "medium", "high"] as const;

export const statuses = ["all", "open", "completed"] as const;

export const sortFields = ["createdAt", "updatedAt", "dueDate", "priority", "title"] as const;

export type SortField = (typeof sortFields)[number];

/** A field to sort by, with `-` for descending. */
export type Sort = SortField | `-${SortField}`;

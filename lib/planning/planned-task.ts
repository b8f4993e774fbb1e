/** From the least to the most urgent, the order they sort in. */
export const priorities = ["none", "low", "medium", "high"] as const;

/** What filters and orders read of a task. */
export type PlannedTask = {
  id: string;
  title: string;
  description: string | null;
  completed: boolean;
  priority: (typeof priorities)[number];
  dueDate: string | null;
  createdAt: string;
  updatedAt: string;
};

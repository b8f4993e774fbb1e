import { authRoute } from "@/lib/http/auth/auth-route";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { createWelcomeTasks } from "@/lib/tasks/welcome";

const handler = authRoute({ onUserCreated: createWelcomeTasks, exportTasks });

export {
  handler as DELETE,
  handler as GET,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};

import { authRoute } from "@/lib/http/auth/auth-route";
import { createOnboardingTasks } from "@/lib/tasks/create-onboarding-tasks";
import { exportTasks } from "@/lib/tasks/export-tasks";

const handler = authRoute({ createOnboardingTasks, exportTasks });

export {
  handler as DELETE,
  handler as GET,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};

import { authRoute } from "@/lib/http/auth/auth-route";
import { createWelcomeTasks } from "@/lib/tasks/welcome";

const handler = authRoute({ onUserCreated: createWelcomeTasks });

export {
  handler as DELETE,
  handler as GET,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};

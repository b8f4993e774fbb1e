export const passwordLengthMin = 12;
export const passwordLengthMax = 128;

export type CredentialsProblem = {
  form?: string;
  email?: string;
  password?: string;
};

/** What is wrong with an address and a password before they are sent, or null. */
export function checkCredentials(
  purpose: "sign-in" | "sign-up",
  email: string,
  password: string,
): CredentialsProblem | null {
  const problem: CredentialsProblem = {};
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    problem.email = "Enter an e-mail address, such as ada@example.com.";
  }
  const passwordProblem = checkPassword(purpose, password);
  if (passwordProblem) problem.password = passwordProblem;
  return problem.email || problem.password ? problem : null;
}

function checkPassword(purpose: "sign-in" | "sign-up", password: string): string | null {
  const length = Array.from(password).length;
  if (length === 0) return "Enter your password.";
  if (purpose === "sign-in") return null;
  if (length < passwordLengthMin) {
    return `Use at least ${passwordLengthMin} characters. This one has ${length}.`;
  }
  if (length > passwordLengthMax) {
    return `Use at most ${passwordLengthMax} characters. This one has ${length}.`;
  }
  return null;
}

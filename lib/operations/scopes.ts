/** What a token may be good for. A session's token has all of them. */
export const scopes = ["tasks:read", "tasks:write"] as const;

export type Scope = (typeof scopes)[number];

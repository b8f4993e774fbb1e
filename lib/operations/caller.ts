/** Who asks: the owner of the data, and the session or API key that their token was issued for. */
export type Caller = {
  userId: string;
  via: "session" | "apiKey";
  /** The id of that session or API key. */
  id: string;
  scopes: readonly string[];
};

/** Whose data a verb reads or changes. Every caller is one; a page on the server names the owner alone. */
export type Owner = Pick<Caller, "userId">;

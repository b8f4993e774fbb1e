/** Who asks: the owner of the data, and the session or API key that their token was issued for. */
export type Caller = {
  userId: string;
  via: "session" | "apiKey";
  /** The id of that session or API key. */
  id: string;
  scopes: readonly string[];
};

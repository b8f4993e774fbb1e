/** Asks for what is new, where nothing is, and returns while the server holds the requests. */
export async function holdFeeds(
  url: string,
  headers: Record<string, string>,
  count: number,
): Promise<{ answers: Promise<Response>[] }> {
  const ask = (query: string) => fetch(`${url}/api/sync?${query}`, { headers });
  const { cursor }: { cursor: string } = await (await ask("")).json();
  let answered = 0;
  const answers = Array.from({ length: count }, async () => {
    const answer = await ask(`cursor=${cursor}&wait=20`);
    answered += 1;
    return answer;
  });
  // By the time that these are answered, so would the others be if they were not held.
  for (let asked = 0; asked < 5; asked += 1) {
    await ask(`cursor=${cursor}`);
  }
  if (answered > 0) {
    throw new Error("The server holds no requests.");
  }
  return { answers };
}

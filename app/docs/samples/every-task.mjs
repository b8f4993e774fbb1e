// Reads a list page by page until nothing follows.
export async function* everyTask(site, token, filters = {}) {
  const headers = { Authorization: `Bearer ${token}` };
  let cursor = null;
  do {
    const query = new URLSearchParams({ ...filters, limit: "100", ...(cursor && { cursor }) });
    const answer = await fetch(`${site}/api/tasks?${query}`, { headers });
    const page = await answer.json();
    if (!answer.ok) throw new Error(`${page.code}: ${page.detail}`);
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor);
}

// Fetches a token when one is needed, and another when it has expired.
export function connect(site, key) {
  let token = "";

  async function renew() {
    const headers = { "x-api-key": key };
    const answer = await fetch(`${site}/api/token`, { method: "POST", headers });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${body.code}: ${body.detail}`);
    token = body.token;
  }

  return async function request(path, options = {}) {
    if (token === "") await renew();
    const send = () => {
      const headers = { ...options.headers, Authorization: `Bearer ${token}` };
      return fetch(site + path, { ...options, headers });
    };
    const answer = await send();
    if (answer.status !== 401) return answer;
    const { code } = await answer.clone().json();
    if (code !== "token_expired") return answer;
    await renew();
    return send();
  };
}

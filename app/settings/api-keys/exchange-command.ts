/** The command for a POSIX shell that trades an API key for a token. */
export function exchangeCommand(baseUrl: string, apiKey: string): string {
  return `curl -X POST "${baseUrl}/api/token" \\\n  -H "x-api-key: ${apiKey}"`;
}

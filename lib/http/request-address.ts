import "server-only";

const addresses = new WeakMap<Request, URL>();

/** The address of a request, parsed once however many ask for it. It is shared, so do not change it. */
export function addressOf(request: Request): URL {
  const known = addresses.get(request);
  if (known) {
    return known;
  }
  const address = new URL(request.url);
  addresses.set(request, address);
  return address;
}

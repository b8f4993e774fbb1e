// Checks a token of this site in a service of your own: npm install jose
import { createRemoteJWKSet, jwtVerify } from "jose";

const keys = createRemoteJWKSet(new URL("{{origin}}/api/auth/jwks"));
const { payload } = await jwtVerify(process.env.TOKEN ?? "", keys, {
  algorithms: ["EdDSA"],
  issuer: "{{origin}}",
  audience: "{{origin}}/api",
});
console.log(`${payload.sub} may: ${payload.scope}`);

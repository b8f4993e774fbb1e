FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production PORT=3000 PGLITE_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/lib/start ./lib/start
# For operators: docker exec <container> node prisma/reset-password-link.mjs <address>
COPY --from=build /app/lib/database-url.mjs ./lib/
COPY --from=build /app/lib/db/*.mjs ./lib/db/
COPY --from=build /app/prisma/connect.mjs /app/prisma/reset-password-link.mjs /app/prisma/transaction.mjs ./prisma/
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=90s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "lib/start/serve.mjs"]

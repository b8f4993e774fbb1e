FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# The build leaves one folder with all that runs: lib/start/assemble-standalone.mjs.
# For operators: docker exec <container> node prisma/reset-password-link.mjs <address>
# The embedded database has one user at a time, so there: docker stop <container>, then
#   docker run --rm --volumes-from <container> <image> node prisma/reset-password-link.mjs <address>
# After restoring a backup, before the app starts, in the same ways: node prisma/new-epoch.mjs
FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production PORT=3000 PGLITE_DIR=/data
RUN mkdir /data && chown 1000:1000 /data
COPY --from=build /app/.next/standalone ./
# By number, which Kubernetes needs for runAsNonRoot: the image's user "node".
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s CMD ["node", "lib/start/health-check.mjs"]
CMD ["node", "lib/start/serve.mjs"]

# Dockerfile - one image for the whole set: six programs, the pages, and the libraries they need.
#
#   docker build --target meerwaarde .   the image; no shell, nothing to run but the programs
#   docker build --target debug .        the same programs in a Debian with a shell
#   docker build --target front .        nginx, as it stands before the gateways
#
# Works with BuildKit and with the builder before it: no syntax line, no mounts. Behind a proxy, give
# HTTPS_PROXY as a build argument; for another npm registry, NPM_REGISTRY.

FROM docker.io/library/debian:bookworm-slim AS tools
COPY deploy/install-deps /src/deploy/install-deps
RUN /src/deploy/install-deps --build && rm -rf /var/lib/apt/lists/*

FROM tools AS build
ARG NPM_REGISTRY=
WORKDIR /src
COPY services/gateway/web/package.json services/gateway/web/package-lock.json services/gateway/web/.npmrc services/gateway/web/
RUN cd services/gateway/web \
 && npm ci --ignore-scripts --no-progress --loglevel=error ${NPM_REGISTRY:+"--registry=$NPM_REGISTRY"}
COPY . .
RUN make -j2 CFLAGS= all
# Files of one date, so that the same sources give the same tree; see deploy/containers/digest.
ARG SOURCE_DATE_EPOCH=1767225600
RUN deploy/containers/assemble /out

FROM docker.io/library/debian:bookworm-slim AS front
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light openssl \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o 65532 -g 65532 -m 0700 /run/tls
COPY deploy/containers/nginx.conf deploy/containers/front deploy/containers/front-health /etc/meerwaarde/
USER 65532:65532
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
CMD ["/etc/meerwaarde/front"]

# Its volumes take over the directories' owner, so that whoever fills them needs no rights but its own.
FROM docker.io/library/debian:bookworm-slim AS debug
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends procps iproute2 \
 && rm -rf /var/lib/apt/lists/* \
 && for who in all db migrate catalog pipeline matching reporting gateway operator; do \
        install -d -o 65532 -g 65532 -m 0755 "/secrets/$who"; done
COPY --from=build /out/usr/bin/ /usr/bin/
COPY --from=build /out/usr/lib/ /usr/lib/
COPY --from=build /out/usr/share/meerwaarde/ /usr/share/meerwaarde/
COPY deploy/containers/secrets /usr/bin/meerwaarde-secrets
USER 65532:65532
CMD ["bash"]

FROM scratch AS meerwaarde
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Meerwaarde" \
      org.opencontainers.image.description="A platform for social entrepreneurship: market, programme, roadmap and reports" \
      org.opencontainers.image.licenses="EUPL-1.2" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /out/ /
ENV PATH=/usr/bin MEERWAARDE_RUN=/run/meerwaarde MEERWAARDE_KEYS=/run/secrets
USER 65532:65532
CMD ["meerwaarde", "--help"]

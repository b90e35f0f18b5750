# docker build -t kentongan .                  the program
# docker build --target test .                 all tests
# docker run -p 8080:8080 kentongan demo       the demo on http://localhost:8080
# docker run -p 8080:8080 -v kentongan:/var/lib/kentongan --env-file secrets.env --stop-timeout 25 kentongan
FROM debian:12-slim AS build
WORKDIR /src
COPY scripts/setup scripts/packages.txt scripts/
RUN scripts/setup build
COPY . .
RUN scripts/build

FROM build AS test
RUN scripts/test

FROM debian:12-slim
COPY scripts/setup scripts/packages.txt /opt/kentongan/scripts/
RUN /opt/kentongan/scripts/setup run && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 kentongan && install -d -m 700 -o kentongan /var/lib/kentongan
COPY --from=build /src/build/release/kentongan /usr/local/bin/
COPY --from=build /src/config /opt/kentongan/config
COPY LICENSE NOTICE /opt/kentongan/
USER kentongan
# data/ of the settings is relative to the working directory: database and key stay in the volume.
WORKDIR /var/lib/kentongan
VOLUME /var/lib/kentongan
ENV KENTONGAN_HTTP_ADDRESS=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=5s \
  CMD curl -fsS http://127.0.0.1:8080/healthz || curl -fsSk https://127.0.0.1:8080/healthz
ENTRYPOINT ["kentongan", "--config", "/opt/kentongan/config/kentongan.toml"]
CMD ["serve"]

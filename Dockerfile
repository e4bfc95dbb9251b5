# Build:  docker build -t feedhub .        Run: see compose.yaml
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml application.yaml ./
COPY .mvn .mvn
COPY src src
COPY hawtio hawtio
RUN mvn -q -B -Dmaven.test.skip package && java -Djarmode=tools -jar target/feedhub.jar extract --layers --launcher --destination target/layers

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 feedhub
WORKDIR /feedhub
COPY --from=build /src/target/layers/dependencies/ ./
COPY --from=build /src/target/layers/spring-boot-loader/ ./
COPY --from=build /src/target/layers/snapshot-dependencies/ ./
COPY --from=build /src/target/layers/application/ ./
COPY application.yaml ./
COPY routes routes
COPY beans beans
USER 10001
EXPOSE 8080
# compose.yaml maps the port to the host's loopback; a proxy with TLS belongs before anything wider
ENV SERVER_ADDRESS=0.0.0.0 FEEDHUB_PLAINHTTP=true MALLOC_ARENA_MAX=2
# that file alone: what is taken out of it is gone, though the jar has it still
ENV SPRING_CONFIG_LOCATION=file:./application.yaml
# the root is read-only; what the JVM and Tomcat unpack goes to a tmpfs on /tmp
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /observe/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q 200"]
# exec, so that the hub itself gets the SIGTERM
ENTRYPOINT ["sh", "-c", "exec java -Xmx${FEEDHUB_HEAP:-512m} -XX:+UseSerialGC org.springframework.boot.loader.launch.JarLauncher \"$@\"", "feedhub"]
CMD ["run"]

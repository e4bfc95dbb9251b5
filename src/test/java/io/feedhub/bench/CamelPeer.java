package io.feedhub.bench;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;

/**
 * What a user would write with Camel on Spring Boot and its stock parts: split, idempotent consumer over
 * {@link JdbcMessageIdRepository}, one insert and two calls an item. A number above 1 lets the split use that many threads.
 */
@EnableAutoConfiguration
@Import(CamelPeer.Parts.class)
final class CamelPeer {
    private CamelPeer() {}

    /** Arguments: database address, upstream address, threads. Each line of its input runs the job once. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(CamelPeer.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "spring.config.name", "no-file",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn",
                "spring.datasource.url", arguments[0],
                "spring.datasource.username", "postgres",
                "spring.flyway.enabled", "false",
                "peer.upstream", arguments[1],
                "peer.threads", arguments[2]));
        ProducerTemplate template = application
                .run("--spring.config.name=no-file")
                .getBean(CamelContext.class)
                .createProducerTemplate();
        Rounds.onEachLine(() -> template.sendBody("direct:job", ""));
    }

    static class Parts {

        @Bean
        JdbcMessageIdRepository seenItems(DataSource database) {
            return new JdbcMessageIdRepository(database, "bench");
        }

        @Bean
        RouteBuilder job(org.springframework.core.env.Environment environment) {
            String upstream = environment.getRequiredProperty("peer.upstream");
            int threads = environment.getRequiredProperty("peer.threads", Integer.class);
            return new RouteBuilder() {
                @Override
                public void configure() {
                    ProcessorDefinition<?> split = threads == 1
                            ? list(upstream).split(body())
                            : list(upstream)
                                    .split(body())
                                    .parallelProcessing()
                                    .executorService(java.util.concurrent.Executors.newFixedThreadPool(threads));
                    item(split, upstream);
                }

                private ProcessorDefinition<?> list(String address) {
                    onException(DuplicateKeyException.class).handled(true); // the loser of a race for a key
                    return from("direct:job")
                            .removeHeaders("*")
                            .to(address + "/items?httpMethod=GET")
                            .unmarshal()
                            .json(JsonLibrary.Jackson, java.util.List.class);
                }
            };
        }

        private static void item(ProcessorDefinition<?> split, String upstream) {
            split.idempotentConsumer()
                    .simple("${body[id]}")
                    .idempotentRepository("seenItems")
                    .setVariable("item")
                    .simple("${body}")
                    .removeHeaders("*")
                    .setBody()
                    .constant("")
                    .toD(upstream + "/enrich/${variable.item[id]}?httpMethod=GET")
                    .unmarshal()
                    .json(JsonLibrary.Jackson, Map.class)
                    .to("sql:insert into item (id, title, score)"
                            + " values (:#${variable.item[id]}, :#${variable.item[title]}, :#${body[score]})")
                    .removeHeaders("*")
                    .setBody()
                    .simple("{\"embeds\":[{\"title\":\"${variable.item[id]}\"}]}")
                    .setHeader("Content-Type")
                    .constant("application/json")
                    .to(upstream + "/webhook?httpMethod=POST");
        }
    }
}

package io.feedhub.console.rest;

import io.feedhub.delivery.MessageState;
import io.feedhub.flows.FlowState;
import io.feedhub.flows.RevisionState;
import io.feedhub.schedule.RunOutcome;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The head of {@code /api/openapi}; the rest is read from the controllers. */
@Configuration(proxyBeanMethods = false)
final class OpenApiDescription {

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        // no list of the words: a client is to live with a new one
        SpringDocUtils.getConfig()
                .replaceWithClass(FlowState.class, String.class)
                .replaceWithClass(RevisionState.class, String.class)
                .replaceWithClass(RunOutcome.class, String.class)
                .replaceWithClass(MessageState.class, String.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Feed-Hub")
                        .version(build.stream()
                                .map(BuildProperties::getVersion)
                                .findFirst()
                                .orElse("dev"))
                        .description(
                                "Lists are pages: items, and next, the cursor of the next page. Errors are problems (RFC"
                                        + " 9457). A POST with an Idempotency-Key can be repeated safely."))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSecuritySchemes(
                                "password",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("password"));
    }
}

package io.feedhub.console;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** The body is a file as it is, and the contract says so: Springdoc takes every text for JSON. */
@RequestBody(
        required = true,
        content = @Content(mediaType = MediaType.APPLICATION_YAML_VALUE, schema = @Schema(type = "string")))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface YamlBody {}

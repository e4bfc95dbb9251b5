package io.feedhub.connectors.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code gcs-action}. With {@code name} it writes the body as that object of {@code bucket}, if there is
 * none: {@code ifGenerationMatch=0} makes a repetition harmless. Without a name it lists the objects below {@code prefix}.
 */
@Component("gcsAction")
final class GcsAction implements Processor {
    private static final String SERVICE = "gcs";
    private static final int PAGE = 1000;

    private final ServiceCalls services;

    GcsAction(ServiceCalls services) {
        this.services = services;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        String bucket = with.text("bucket");
        if (with.raw("name").isBlank()) {
            exchange.getMessage().setBody(list(bucket, with.text("prefix"), with.number("maxItems")));
        } else {
            byte[] content = content(exchange.getMessage());
            exchange.getMessage().setBody(write(bucket, with.text("name"), content, with.text("contentType")));
        }
    }

    /** Bytes and texts as they are, anything else as JSON. */
    private static byte[] content(Message message) {
        Object body = message.getBody();
        boolean plain = body instanceof byte[] || body instanceof CharSequence || body instanceof InputStream;
        byte[] bytes = plain ? message.getBody(byte[].class) : null;
        return bytes == null ? Parameters.write(body).getBytes(StandardCharsets.UTF_8) : bytes;
    }

    /** What is there now, and whether this call made it. */
    private Map<String, Object> write(String bucket, String name, byte[] content, String type) throws IOException {
        Answer answer = services.send(Call.post(SERVICE, "/upload/storage/v1/b/{bucket}/o", bucket)
                .query("uploadType", "media")
                .query("name", name)
                .query("ifGenerationMatch", 0)
                .body(content, type)
                .repeatable());
        boolean created = answer.status() != 412;
        JsonNode object = created ? answer.require().json() : read(bucket, name);
        if (!created && !object.path("md5Hash").asText().equals(md5(content))) {
            throw new ServiceRefused("gcs: " + bucket + "/" + name + " is there already, with other content");
        }
        Map<String, Object> written = entry(object);
        written.put("created", created);
        return written;
    }

    private JsonNode read(String bucket, String name) throws IOException {
        return services.send(Call.get(SERVICE, "/storage/v1/b/{bucket}/o/{name}", bucket, name))
                .require()
                .json();
    }

    private List<Map<String, Object>> list(String bucket, String prefix, int most) throws IOException {
        List<Map<String, Object>> objects = new ArrayList<>();
        String page = "";
        do {
            Call call = Call.get(SERVICE, "/storage/v1/b/{bucket}/o", bucket)
                    .query("prefix", prefix)
                    .query("maxResults", Math.min(PAGE, most - objects.size()));
            if (!page.isEmpty()) {
                call.query("pageToken", page);
            }
            JsonNode answer = services.send(call).require().json();
            answer.path("items").forEach(object -> objects.add(entry(object)));
            page = answer.path("nextPageToken").asText();
        } while (!page.isEmpty() && objects.size() < most);
        return objects;
    }

    private static Map<String, Object> entry(JsonNode object) {
        Map<String, Object> entry = new LinkedHashMap<>();
        for (String member : List.of("name", "contentType", "md5Hash", "generation", "timeCreated", "updated")) {
            entry.put(member, object.path(member).asText());
        }
        entry.put("size", object.path("size").asLong()); // a 64-bit number arrives as a text
        return entry;
    }

    private static String md5(byte[] content) {
        return Base64.getEncoder().encodeToString(DigestUtils.md5(content));
    }
}

package io.feedhub.sandbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /sandbox}: what goes wrong outside, and what happens there, by hand. */
@RestController
@Profile("sandbox")
@RequestMapping("/sandbox")
final class Switchboard {
    private final StandIns standIns;
    private final Map<String, Runnable> events = new LinkedHashMap<>();

    Switchboard(StandIns standIns) {
        this.standIns = standIns;
        World world = standIns.world();
        events.put("somebody posts on X", world::post);
        events.put("the channel has a new video", world::upload);
        events.put("somebody dreams", () -> world.noosphere()
                .dream("d-" + world.now().getEpochSecond(), "Of a lighthouse"));
        events.put("the gateway's memory store goes down", () -> world.service("memory-store", "down"));
        events.put("and is well again", () -> world.service("memory-store", "healthy"));
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    Resource page() {
        return new ClassPathResource("sandbox/switchboard.html");
    }

    @GetMapping(path = "/services", produces = MediaType.APPLICATION_JSON_VALUE)
    Board board() {
        List<Service> services = standIns.names().stream().map(this::service).toList();
        return new Board(services, List.copyOf(events.keySet()));
    }

    @PutMapping("/services/{service}/{fault}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(@PathVariable String service, @PathVariable String fault) {
        Fault wanted = Arrays.stream(Fault.values())
                .filter(known -> known.key().equals(fault.toLowerCase(Locale.ROOT)) && known.suits(known(service)))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such fault: " + fault));
        standIns.world().fault(service, wanted);
    }

    @DeleteMapping("/services/{service}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void restore(@PathVariable String service) {
        standIns.world().restore(known(service));
    }

    @PostMapping("/events/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void happen(@PathVariable int number) {
        events.values().stream()
                .skip(number)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such event: " + number))
                .run();
    }

    private String known(String service) {
        if (!standIns.names().contains(service)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such service: " + service);
        }
        return service;
    }

    private Service service(String name) {
        Map<String, String> faults = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            if (fault.suits(name)) {
                faults.put(fault.key(), fault.words());
            }
        }
        Fault now = standIns.world().fault(name);
        return new Service(name, now == null ? null : now.key(), faults);
    }

    record Board(List<Service> services, List<String> events) {}

    /**
     * @param now the fault it has, or null
     * @param faults what it may have, with what each does
     */
    record Service(String name, @Nullable String now, Map<String, String> faults) {}
}

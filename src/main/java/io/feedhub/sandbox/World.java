package io.feedhub.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is the case outside the hub: which services are up, what is posted, which tasks run. Thread-safe. */
public final class World {
    private final Clock clock;
    private final Instant began;
    private final Map<String, String> services = new LinkedHashMap<>();
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final List<Map<String, Object>> posts = new ArrayList<>();
    private final Map<String, String> tasks = new LinkedHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Set<String> outages = ConcurrentHashMap.newKeySet();
    private final Noosphere noosphere;
    private int uploads = 3;

    /** A quiet world: everything is up, three posts are out, two tasks run. */
    public World(Clock clock) {
        this.clock = clock;
        this.began = clock.instant();
        this.noosphere = new Noosphere(clock);
        List.of("gateway", "memory-store", "vector-index", "scheduler", "orbit", "evoflow", "noosphere", "ab-browser")
                .forEach(name -> services.put(name, "healthy"));
        List.of("studio-mac", "travel-mac", "cloud-vm").forEach(name -> nodes.put(name, "online"));
        tasks.put("Summarise the morning's papers", "running");
        tasks.put("Render the evening clip", "pending");
        for (int i = 0; i < 3; i++) {
            post();
        }
    }

    /** Sets how a service fares: healthy, degraded or down. */
    public synchronized void service(String name, String status) {
        services.put(name, status);
    }

    /** Makes a whole vendor unreachable, as a 503, until it is restored. */
    public void breakDown(String vendor) {
        fault(vendor, Fault.DOWN);
    }

    /** Sets what is wrong with a vendor, until it is restored. */
    public void fault(String vendor, Fault fault) {
        faults.put(vendor, fault);
    }

    /** Ends whatever was wrong with a vendor. */
    public void restore(String vendor) {
        faults.remove(vendor);
        outages.remove(vendor);
    }

    /** A vendor goes down by itself, or comes back; what was set by hand outlasts it. */
    void outage(String vendor, boolean down) {
        if (down) {
            outages.add(vendor);
        } else {
            outages.remove(vendor);
        }
    }

    /** What is wrong with a vendor; null when nothing is. */
    @Nullable
    Fault fault(String vendor) {
        Fault byHand = faults.get(vendor);
        return byHand == null && outages.contains(vendor) ? Fault.DOWN : byHand;
    }

    /** What Noosphere knows. */
    public Noosphere noosphere() {
        return noosphere;
    }

    /** The channel has a new video. */
    public synchronized void upload() {
        uploads++;
    }

    synchronized int uploads() {
        return uploads;
    }

    /** Somebody posts on X. */
    public synchronized void post() {
        int number = posts.size() + 1;
        Phrases phrase = Phrases.of(number);
        Map<String, Object> post = new LinkedHashMap<>();
        post.put("id", Long.toString(1_859_000_000_000_000_000L + number * 7919L));
        post.put("author", phrase.author());
        post.put("kind", number % 3 == 0 ? "repost" : "post");
        post.put("text", phrase.text());
        post.put("url", "https://x.com/" + phrase.author() + "/status/" + post.get("id"));
        post.put("createdAt", clock.instant().toString());
        posts.add(post);
    }

    /** The newest posts, newest first. */
    synchronized List<Map<String, Object>> newestPosts(int most) {
        List<Map<String, Object>> newest =
                new ArrayList<>(posts.subList(Math.max(0, posts.size() - most), posts.size()));
        java.util.Collections.reverse(newest);
        return newest;
    }

    synchronized Map<String, String> services() {
        return new LinkedHashMap<>(services);
    }

    synchronized Map<String, String> nodes() {
        return new LinkedHashMap<>(nodes);
    }

    synchronized Map<String, String> tasks() {
        return new LinkedHashMap<>(tasks);
    }

    /** Sets a task's state: pending, running or done. */
    public synchronized void task(String title, String status) {
        tasks.put(title, status);
    }

    Instant began() {
        return began;
    }

    Instant now() {
        return clock.instant();
    }
}

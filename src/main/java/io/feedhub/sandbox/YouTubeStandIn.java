package io.feedhub.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** YouTube's Data API: one channel, its videos and their comments; counters grow with the clock. */
final class YouTubeStandIn implements StandIn {
    private static final String CHANNEL = "UCserenitysoother000000";

    private final World world;

    YouTubeStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (request.header("x-goog-api-key").isEmpty()) {
            return Reply.google(403, "global", "forbidden", "Method doesn't allow unregistered callers.");
        }
        if (!request.query().containsKey("part")) {
            return Reply.google(400, "global", "required", "Required parameter: part");
        }
        return switch (request.path()) {
            case "/youtube/v3/channels" -> page(request, "channel", List.of(channel()));
            case "/youtube/v3/videos" ->
                page(request, "video", videos(request.query().getOrDefault("id", "")));
            case "/youtube/v3/playlistItems" -> page(request, "playlistItem", uploads());
            case "/youtube/v3/search" -> page(request, "searchResult", found());
            case "/youtube/v3/commentThreads" -> comments(request);
            default -> Reply.google(404, "global", "notFound", "Not Found");
        };
    }

    @Override
    public Reply limited() {
        return Reply.google(403, "youtube.quota", "quotaExceeded", "You have exceeded your quota.");
    }

    private static Reply page(Request request, String kind, List<Map<String, Object>> all) {
        int size = Integer.parseInt(request.query().getOrDefault("maxResults", "50"));
        int from = Integer.parseInt(request.query().getOrDefault("pageToken", "0"));
        int to = Math.min(all.size(), from + size);
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("kind", "youtube#" + kind + "ListResponse");
        list.put("etag", "e");
        if (to < all.size()) {
            list.put("nextPageToken", Integer.toString(to));
        }
        list.put("pageInfo", Map.of("totalResults", all.size(), "resultsPerPage", size));
        list.put("items", all.subList(Math.min(from, to), to));
        return Reply.ok(list);
    }

    private Map<String, Object> channel() {
        Map<String, Object> channel = item("youtube#channel", CHANNEL);
        channel.put("snippet", Map.of("title", "Serenity Soother", "description", "", "publishedAt", published(0)));
        channel.put(
                "statistics",
                Map.of("viewCount", count(90_000), "subscriberCount", "4321", "videoCount", "" + world.uploads()));
        channel.put("contentDetails", Map.of("relatedPlaylists", Map.of("uploads", "UUserenitysoother000000")));
        return channel;
    }

    private List<Map<String, Object>> videos(String ids) {
        List<Map<String, Object>> videos = new ArrayList<>();
        for (int n = world.uploads(); n > 0; n--) {
            if (ids.isEmpty() || List.of(ids.split(",")).contains(video(n))) {
                Map<String, Object> video = item("youtube#video", video(n));
                video.put("snippet", snippet(n));
                video.put(
                        "statistics",
                        Map.of("viewCount", count(1000L * n), "likeCount", count(10L * n), "commentCount", "2"));
                videos.add(video);
            }
        }
        return videos;
    }

    private List<Map<String, Object>> uploads() {
        return newestFirst()
                .mapToObj(n -> {
                    Map<String, Object> entry = item("youtube#playlistItem", "PLI" + n);
                    entry.put("snippet", Map.of("title", title(n), "publishedAt", published(n), "channelId", CHANNEL));
                    entry.put("contentDetails", Map.of("videoId", video(n), "videoPublishedAt", published(n)));
                    return entry;
                })
                .toList();
    }

    private List<Map<String, Object>> found() {
        return newestFirst()
                .mapToObj(n -> {
                    Map<String, Object> result = item("youtube#searchResult", "");
                    result.put("id", Map.of("kind", "youtube#video", "videoId", video(n)));
                    result.put("snippet", snippet(n));
                    return result;
                })
                .toList();
    }

    private Reply comments(Request request) {
        String video = request.query().getOrDefault("videoId", video(1));
        if (video.equals(video(2))) {
            return Reply.google(403, "youtube.commentThread", "commentsDisabled", "The video has disabled comments.");
        }
        return page(
                request,
                "commentThread",
                IntStream.rangeClosed(1, 2)
                        .mapToObj(n -> {
                            Map<String, Object> thread = item("youtube#commentThread", video + "-c" + n);
                            Map<String, Object> comment = item("youtube#comment", video + "-c" + n);
                            comment.put(
                                    "snippet",
                                    Map.of(
                                            "textOriginal",
                                            Phrases.of(n).text(),
                                            "authorDisplayName",
                                            "@" + Phrases.of(n).author(),
                                            "likeCount",
                                            n,
                                            "publishedAt",
                                            published(n)));
                            thread.put(
                                    "snippet",
                                    Map.of(
                                            "videoId",
                                            video,
                                            "topLevelComment",
                                            comment,
                                            "totalReplyCount",
                                            0,
                                            "isPublic",
                                            true));
                            return thread;
                        })
                        .toList());
    }

    private IntStream newestFirst() {
        int uploads = world.uploads();
        return IntStream.range(0, uploads).map(i -> uploads - i);
    }

    private static Map<String, Object> item(String kind, String id) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("kind", kind);
        item.put("etag", "e");
        item.put("id", id);
        return item;
    }

    private Map<String, Object> snippet(int n) {
        return Map.of("title", title(n), "description", "", "publishedAt", published(n), "channelId", CHANNEL);
    }

    private static String title(int n) {
        return "Evening calm, part " + n;
    }

    private static String video(int n) {
        return "vid%08d".formatted(n);
    }

    private String published(int n) {
        return world.began().plus(Duration.ofMinutes(n)).toString();
    }

    /** A 64-bit number, which the vendor sends as a text. */
    private String count(long base) {
        return Long.toString(base + Duration.between(world.began(), world.now()).toSeconds());
    }
}

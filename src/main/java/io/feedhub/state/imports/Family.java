package io.feedhub.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A state file and its copies on the way to one state. */
final class Family {
    private static final String FLOW = "[a-z][a-z0-9_]*";

    private final String file;
    private final String stem;
    private final List<OldFile> copies;
    private final Optional<Rules.FileRule> rule;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();

    Family(String file, List<OldFile> copies, Rules rules) {
        this.file = file;
        this.stem = file.substring(file.lastIndexOf('/') + 2, file.length() - ".json".length());
        this.copies = copies;
        this.rule = rules.of(stem);
        merge();
    }

    List<Entry> entries() {
        return entries;
    }

    List<Question> questions() {
        return questions;
    }

    private void merge() {
        String flow = rule.map(Rules.FileRule::flow).orElse(stem.replaceFirst("_(state|seen|cache|cursor)$", ""));
        if (!flow.matches(FLOW)) {
            ask("", "the name tells no flow", "flow: <flow>");
            return;
        }
        Map<String, List<Value>> members = members();
        long sets = members.entrySet().stream()
                .filter(member ->
                        rule(member.getKey()).isEmpty() && kind(member).equals(Optional.of(Kind.IDS)))
                .count();
        members.entrySet().forEach(member -> {
            Optional<Kind> kind = kind(member);
            boolean unclear = sets > 1 && rule(member.getKey()).isEmpty() && kind.equals(Optional.of(Kind.IDS));
            if (kind.isEmpty() || unclear) {
                String reason = unclear
                        ? "the file has " + sets + " sets of ids"
                        : "its copies differ and nothing says which holds";
                ask(
                        member.getKey(),
                        reason,
                        unclear
                                ? "kind: ids, or list to keep it in a variable"
                                : "kind: newest, latest, largest, map, list, ids or ignore");
            } else {
                add(flow, member.getKey(), kind.get(), member.getValue());
            }
        });
    }

    /** Each member's value in each copy that has it; a list has one member, with the name "". */
    private Map<String, List<Value>> members() {
        boolean whole = copies.stream().anyMatch(copy -> copy.content().isArray())
                || rule.map(Rules.FileRule::kind).isPresent();
        Map<String, List<Value>> members = new TreeMap<>();
        for (OldFile copy : copies) {
            if (whole) {
                members.computeIfAbsent("", key -> new ArrayList<>()).add(new Value(copy.content(), copy.origin()));
            } else {
                copy.content().properties().forEach(member -> members.computeIfAbsent(
                                member.getKey(), key -> new ArrayList<>())
                        .add(new Value(member.getValue(), copy.origin())));
            }
        }
        return members;
    }

    private Optional<Rules.KeyRule> rule(String key) {
        return rule.flatMap(file -> file.of(key));
    }

    private Optional<Kind> kind(Map.Entry<String, List<Value>> member) {
        return rule(member.getKey())
                .map(Rules.KeyRule::kind)
                .or(() -> Shape.of(member.getKey().isEmpty() ? stem : member.getKey(), member.getValue()));
    }

    private void add(String flow, String key, Kind kind, List<Value> values) {
        if (kind == Kind.IGNORE) {
            return;
        }
        Optional<Value> misfit =
                values.stream().filter(value -> !Shape.fits(kind, value)).findFirst();
        if (misfit.isPresent()) {
            ask(key, "in " + misfit.get().copy().file() + " it is no " + kind, "another kind");
            return;
        }
        List<Map<String, Value>> parts =
                values.stream().map(value -> Shape.parts(kind, value)).toList();
        Map<String, Value> merged = parts.stream().reduce(Map.of(), kind::merge);
        String name =
                kind == Kind.IDS ? "seen" : rule(key).map(Rules.KeyRule::as).orElse(key.isEmpty() ? stem : key);
        Map<String, String> sources = new TreeMap<>();
        merged.forEach((part, value) -> sources.put(part, value.copy().file()));
        entries.add(new Entry(
                flow, name, kind.toString(), json(kind, merged), file, values.size(), conflicts(parts), sources));
    }

    /** For how many keys not all copies have the same value. */
    private static int conflicts(List<Map<String, Value>> copies) {
        TreeSet<String> keys =
                copies.stream().flatMap(copy -> copy.keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
        keys.removeIf(key -> copies.stream()
                        .map(copy -> Optional.ofNullable(copy.get(key)).map(Value::json))
                        .distinct()
                        .count()
                == 1);
        return keys.size();
    }

    private static JsonNode json(Kind kind, Map<String, Value> merged) {
        switch (kind) {
            case IDS -> {
                ArrayNode ids = JsonNodeFactory.instance.arrayNode();
                merged.keySet().forEach(ids::add);
                return ids;
            }
            case LIST -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                merged.values().forEach(value -> list.add(value.json()));
                return list;
            }
            case MAP -> {
                ObjectNode map = JsonNodeFactory.instance.objectNode();
                merged.forEach((key, value) -> map.set(key, value.json()));
                return map;
            }
            default -> {
                return merged.values().iterator().next().json();
            }
        }
    }

    private void ask(String key, String reason, String rule) {
        questions.add(new Question(file, key, reason, rule));
    }
}

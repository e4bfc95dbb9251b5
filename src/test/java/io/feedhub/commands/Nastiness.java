package io.feedhub.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows that try to get something run that nobody named. All of them would leave a canary if a shell saw them. */
final class Nastiness {
    private final Random random;
    private final List<String> payloads;

    Nastiness(Random random, Path canary) {
        this.random = random;
        String touch = "touch " + canary;
        this.payloads = List.of(
                "; " + touch,
                "$(" + touch + ")",
                "`" + touch + "`",
                "&& " + touch,
                "| " + touch,
                "\n" + touch + "\n",
                "-" + touch,
                "--help",
                "-v",
                "'; " + touch + "; '",
                "\" && " + touch + " && \"",
                "%n%s%d\\n\\0",
                "${IFS}" + touch,
                "> " + canary,
                "<(" + touch + ")",
                "..;/" + canary,
                "\u202e" + touch,
                "；" + touch,
                "𝚝𝚘𝚞𝚌𝚑 " + canary,
                "é🦊\u0301",
                "*",
                "~root",
                "plain words");
    }

    Row next() {
        String text = text();
        return switch (random.nextInt(12)) {
            case 0 -> new Row("touch", Map.of("text", text), text);
            case 1 -> new Row("/usr/bin/touch", Map.of("text", text), text);
            case 2 -> new Row("say" + pick(), Map.of("text", text), text);
            case 3 -> new Row("say", Map.of("text", text, "program", "/usr/bin/touch"), text);
            case 4 -> new Row("say", Map.of("text", List.of(text)), text);
            case 5 -> new Row("say", Map.of(text, text), text);
            case 6 -> new Row("Say", Map.of("text", text), text);
            case 7 -> new Row("say", Map.of("text", huge(text)), text);
            default -> new Row("say", Map.of("text", text), text);
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            text.append(random.nextInt(5) == 0 ? any() : pick());
        }
        return text.isEmpty() ? pick() : text.toString();
    }

    private String pick() {
        return payloads.get(random.nextInt(payloads.size()));
    }

    /** Any characters but NUL, which PostgreSQL takes into no row. */
    private String any() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = 1 + random.nextInt(0x10FFFF);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '?' : point);
        }
        return text.toString();
    }

    private String huge(String text) {
        return random.nextInt(40) == 0
                ? text.repeat(1 + (1 << 20) / text.length())
                : text.repeat(9_000 / text.length() + 1);
    }

    /**
     * @param command the name that is asked for
     * @param arguments what is given to it
     * @param text what say must print, when it runs
     */
    record Row(String command, Map<String, ?> arguments, String text) {}
}

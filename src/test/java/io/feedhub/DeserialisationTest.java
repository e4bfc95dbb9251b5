package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A filter is set once for a JVM, so it is looked at in one of its own. */
class DeserialisationTest {

    @Test
    void javasDeserialisationBuildsNothingButTheJdksOwn() throws Exception {
        Process look = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Look.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(look.waitFor()).as(said).isZero();
        assertThat(said).containsSubsequence("before: built, built", "after: built, refused");
    }

    /** What is built of a list and of a class of ours, before and after. */
    static final class Look {
        private Look() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("before: " + built(List.of("a")) + ", " + built(new Foreign("b")));
            FeedHub.refuseForeignObjects();
            System.out.println("after: " + built(List.of("a")) + ", " + built(new Foreign("b")));
        }

        private static String built(Object object) throws IOException, ClassNotFoundException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return in.readObject().equals(object) ? "built" : "another";
            } catch (InvalidClassException e) {
                return "refused";
            }
        }
    }

    private record Foreign(String name) implements Serializable {}
}

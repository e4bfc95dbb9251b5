package io.feedhub.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class ExecutionTest {
    @Test
    void aProgramThatCannotBeStoppedDoesNotHoldItsHand() throws InterruptedException {
        Execution.Result result = new Execution(
                        command(Duration.ZERO), new Immortal(), new Secrets(new StandardEnvironment()))
                .await(beat -> true);
        assertThat(result.exitCode()).isNull();
        assertThat(result.reason()).isEqualTo("stopped: it ran longer than 0 s; but it cannot be stopped, and runs on");
    }

    @Test
    void aProgramThatNobodyCanFollowIsStopped() throws Exception {
        Process program = new ProcessBuilder("/bin/sleep", "60").start();
        Execution execution =
                new Execution(command(Duration.ofMinutes(1)), program, new Secrets(new StandardEnvironment()));
        assertThatThrownBy(() -> execution.await(beat -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(program.isAlive()).isFalse();
    }

    private static NamedCommand command(Duration timeout) {
        return new NamedCommand(
                Path.of("/bin/true"),
                List.of(),
                Map.of(),
                "--",
                timeout,
                null,
                null,
                DataSize.ofKilobytes(1),
                Set.of(),
                Set.of(),
                Set.of(),
                false);
    }

    /** As one of another user is, for a hub that may not kill it. */
    private static final class Immortal extends Process {
        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            Thread.currentThread().join();
            return 0;
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) {
            return false;
        }

        @Override
        public int exitValue() {
            throw new IllegalThreadStateException("it runs");
        }

        @Override
        public void destroy() {
            throw new AssertionError("this would close the pipes, and lose what is in them");
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return Stream.of();
        }

        /** Alive, and not to be killed. */
        @Override
        public ProcessHandle toHandle() {
            return (ProcessHandle) Proxy.newProxyInstance(
                    ExecutionTest.class.getClassLoader(),
                    new Class<?>[] {ProcessHandle.class},
                    (handle, method, arguments) -> method.getName().equals("isAlive"));
        }
    }
}

package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.junit.jupiter.api.Test;

class CallsUnderWayTest {
    @Test
    void aConnectionThatCannotBeEndedKeepsNoOtherFromIt() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (CallsUnderWay calls = new CallsUnderWay()) {
            CallUnderWay first = calls.begin(
                    connection(() -> {
                        broken.countDown();
                        throw new StackOverflowError("for a test");
                    }),
                    Duration.ZERO);
            assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
            Thread other = new Thread(() -> calls.begin(connection(ended::countDown), Duration.ZERO));
            other.start();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(first.isCut()).isTrue();
        }
    }

    private static ExecRuntime connection(Runnable discard) {
        return (ExecRuntime) Proxy.newProxyInstance(
                ExecRuntime.class.getClassLoader(), new Class<?>[] {ExecRuntime.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("discardEndpoint");
                    discard.run();
                    return null;
                });
    }
}

package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The resolution of names, which the JDK does not let anybody interrupt. */
class ResolvingTest {
    @Test
    @WeftTest(virtualTime = false)
    @Async
    Coroutine<Void> aTimeoutDoesNotWaitForTheResolver() throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        long began = System.nanoTime();
        assertThat(await(Nets.failure(() -> timeout(ofMillis(20), connect(answer)))))
                .isInstanceOf(TimeoutException.class);
        assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
        answer.countDown();
        return Coroutine.done();
    }

    private static Coroutine<ByteStream> connect(CountDownLatch answer) throws IOException {
        return HostConnector.connect("slow.host", 1, () -> resolvedAfter(answer));
    }

    /** Waits for {@code answer}, for at most 3 s, whatever interrupts it. */
    private static InetAddress[] resolvedAfter(CountDownLatch answer) {
        long ends = System.nanoTime() + 3_000_000_000L;
        while (answer.getCount() > 0 && System.nanoTime() < ends) {
            LockSupport.parkNanos(1_000_000);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
}

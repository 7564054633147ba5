package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkCheckerTest {
    /** A web without a network. */
    private static final class FakeWeb implements Web {
        @Override
        @Async
        public Coroutine<Integer> status(String url) throws IOException {
            await(sleep(url.equals("slow") ? ofMinutes(1) : ofSeconds(1)));
            if (url.equals("typo")) {
                throw new IOException("no such host");
            }
            return Coroutine.of(url.equals("old") ? 404 : 200);
        }
    }

    private final LinkChecker checker = new LinkChecker(new FakeWeb());

    @Test
    void eachLinkHasAVerdict() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Map<String, String> verdicts =
                    runner.run(checker.checkAll(List.of("good", "old", "slow", "typo"), 4));

            assertEquals(
                    "{good=up, old=status 404, slow=too slow, typo=failed: no such host}",
                    verdicts.toString());
            assertEquals(ofSeconds(5).toNanos(), runner.loop().time());
        }
    }

    @Test
    void twoWorkersNeedHalfTheTimeOfOne() {
        List<String> urls = List.of("a", "b", "c", "d");
        assertEquals(4, secondsFor(urls, 1));
        assertEquals(2, secondsFor(urls, 2));
    }

    private long secondsFor(List<String> urls, int workers) {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(checker.checkAll(urls, workers));
            return runner.loop().time() / 1_000_000_000;
        }
    }

    @Test
    void theOrderOfTheWorkersDoesNotMatter() {
        for (long seed = 0; seed < 100; seed++) {
            try (Runner runner = Weft.runner().virtualTime().shuffled(seed)) {
                Map<String, String> verdicts = runner.run(checker.checkAll(List.of("a", "b"), 2));
                assertEquals(Map.of("a", "up", "b", "up"), verdicts, "seed " + seed);
            }
        }
    }
}

package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.QueueShutdownException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** Checks many links by a few workers. */
final class LinkChecker {
    private final Web web;

    LinkChecker(Web web) {
        this.web = web;
    }

    @Async
    Coroutine<String> verdict(String url) {
        try {
            int status = await(timeout(ofSeconds(5), () -> web.status(url)), IOException.class);
            return Coroutine.of(status < 400 ? "up" : "status " + status);
        } catch (TimeoutException e) {
            return Coroutine.of("too slow");
        } catch (IOException e) {
            return Coroutine.of("failed: " + e.getMessage());
        }
    }

    /** Returns the verdict for each link, and has at most {@code workers} requests at a time. */
    @Async
    Coroutine<Map<String, String>> checkAll(List<String> urls, int workers) {
        AsyncQueue<String> queue = new AsyncQueue<>();
        Map<String, String> verdicts = new TreeMap<>();
        urls.forEach(queue::tryPut);
        queue.shutdown(false); // no further links; those in the queue can still be taken

        await(
                TaskGroup.scope(
                        group -> {
                            for (int i = 1; i <= workers; i++) {
                                group.create("worker-" + i, () -> work(queue, verdicts));
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.of(verdicts);
    }

    @Async
    private Coroutine<Void> work(AsyncQueue<String> queue, Map<String, String> verdicts) {
        try {
            while (true) {
                String url = await(queue.get());
                verdicts.put(url, await(verdict(url)));
            }
        } catch (QueueShutdownException empty) {
            return Coroutine.done();
        }
    }
}

package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import java.io.IOException;

/** Checks links as a group: the first failure ends all of them. Takes 2 s. */
public final class Groups {
    private Groups() {}

    @Async
    static Coroutine<Integer> status(String url, int seconds) throws IOException {
        await(sleep(ofSeconds(seconds)));
        if (url.endsWith(".invalid")) {
            throw new IOException("no such host: " + url);
        }
        System.out.println(url + " has answered");
        return Coroutine.of(200);
    }

    static Coroutine<Integer> sumOfAll() {
        return TaskGroup.scope(
                group -> {
                    Task<Integer> first = group.create(() -> status("weft.dev", 1));
                    Task<Integer> second = group.create(() -> status("typo.invalid", 2));
                    Task<Integer> third = group.create(() -> status("openjdk.org", 3));
                    return Coroutine.of(await(first) + await(second) + await(third));
                });
    }

    @Async
    static Coroutine<Void> main() {
        try {
            System.out.println(await(sumOfAll(), IOException.class));
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}

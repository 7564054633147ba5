package dev.weft.samples.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.timeoutOr;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import dev.weft.sync.AsyncQueue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds all pages of a host, with ten requests at a time. */
public final class Crawler {
    private static final int WORKERS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#?]+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final AsyncQueue<URI> queue = new AsyncQueue<>();
    private final Set<URI> found = new LinkedHashSet<>();

    /** Returns the pages that can be reached from {@code start}, in the order of discovery. */
    @Async
    Coroutine<Set<URI>> crawl(URI start) {
        add(start);
        await(TaskGroup.scope(group -> work(group)));
        return Coroutine.of(found);
    }

    @Async
    private Coroutine<Void> work(TaskGroup group) {
        for (int i = 0; i < WORKERS; i++) {
            group.create(() -> worker());
        }
        await(queue.join()); // until each page that was found is done
        group.cancel();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> worker() {
        while (true) {
            URI page = await(queue.get());
            String text = await(timeoutOr(LIMIT, fetch(page), ""));
            for (Matcher link = LINK.matcher(text); link.find(); ) {
                add(page.resolve(link.group(1)));
            }
            queue.taskDone();
        }
    }

    private void add(URI page) {
        boolean isOfHost = found.isEmpty() || isSameHost(page, found.iterator().next());
        if (isOfHost && found.add(page)) {
            queue.tryPut(page);
        }
    }

    private static boolean isSameHost(URI page, URI start) {
        return start.getAuthority().equals(page.getAuthority());
    }

    @Async
    private Coroutine<String> fetch(URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).build();
        HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
        return Coroutine.of(response.statusCode() == 200 ? response.body() : "");
    }

    public static void main(String[] args) {
        run(new Crawler().crawl(URI.create(args[0]))).forEach(System.out::println);
    }
}

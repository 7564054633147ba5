package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;
import dev.weft.benchmarks.service.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Builds the service, and serves each connection by a virtual thread. */
public final class BlockingService implements Service {
    private final ExecutorService executor = virtualThreads();

    /** Found by reflection, because this class is compiled for Java 17. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    java.util.concurrent.Executors.class
                            .getMethod("newVirtualThreadPerTaskExecutor")
                            .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException("virtual threads need Java 21", e);
        }
    }

    @Override
    public Ledger serve(Traffic traffic, int connections) throws Exception {
        Ledger ledger = new Ledger();
        Journal journal = new Journal();
        Entrance entrance = entrance(journal);
        Future<?> writer = executor.submit(() -> journal.writer(ledger));
        List<Future<?>> open = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            open.add(executor.submit(new Connection(traffic, entrance, ledger)));
        }
        for (Future<?> connection : open) {
            connection.get();
        }
        journal.write(Entry.END);
        writer.get();
        return ledger;
    }

    private Entrance entrance(Journal journal) {
        Catalogue catalogue = new Catalogue.Remote(new BackEnd(Site.CATALOGUE));
        BackEnd prices = new BackEnd(Site.PRICES);
        BackEnd stock = new BackEnd(Site.STOCK);
        BackEnd advice = new BackEnd(Site.ADVICE);
        Reservations reservations = new Reservations.Remote(new BackEnd(Site.RESERVATIONS));
        Handler order =
                new OrderHandler(
                        catalogue,
                        new SubmittedOffers(executor, prices, stock, advice),
                        reservations,
                        journal);
        Handler browse =
                new BrowseHandler(
                        catalogue, new InvokedOffers(executor, prices, stock, advice), journal);
        Tokens tokens = new Tokens.Cached(new Tokens.Remote(new BackEnd(Site.TOKENS)));
        return new Entrance(tokens, new Router(Map.of("order", order, "browse", browse)));
    }
}

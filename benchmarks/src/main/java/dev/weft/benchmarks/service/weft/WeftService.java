package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;
import dev.weft.benchmarks.service.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds the service, and serves the connections as tasks of one loop. */
public final class WeftService implements Service {
    @Override
    public Ledger serve(Traffic traffic, int connections) {
        return run(all(traffic, connections));
    }

    @Async
    private static Coroutine<Ledger> all(Traffic traffic, int connections) {
        Ledger ledger = new Ledger();
        Journal journal = new Journal();
        Entrance entrance = entrance(journal);
        Task<Void> writer = Task.create(journal.writer(ledger));
        List<Task<Void>> open = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            open.add(Task.create(new Connection(traffic, entrance, ledger).serve()));
        }
        for (Task<Void> connection : open) {
            await(connection);
        }
        await(journal.write(Entry.END));
        await(writer);
        return Coroutine.of(ledger);
    }

    private static Entrance entrance(Journal journal) {
        Catalogue catalogue = new Catalogue.Remote(new BackEnd(Site.CATALOGUE));
        BackEnd prices = new BackEnd(Site.PRICES);
        BackEnd stock = new BackEnd(Site.STOCK);
        BackEnd advice = new BackEnd(Site.ADVICE);
        Reservations reservations = new Reservations.Remote(new BackEnd(Site.RESERVATIONS));
        Handler order =
                new OrderHandler(
                        catalogue, new GroupedOffers(prices, stock, advice), reservations, journal);
        Handler browse =
                new BrowseHandler(catalogue, new GatheredOffers(prices, stock, advice), journal);
        Tokens tokens = new Tokens.Cached(new Tokens.Remote(new BackEnd(Site.TOKENS)));
        return new Entrance(tokens, new Router(Map.of("order", order, "browse", browse)));
    }
}

package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.peers.FutureLoop;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;
import dev.weft.benchmarks.service.Traffic;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Builds the service, and serves the connections on one loop. */
@SuppressWarnings("FutureReturnValueIgnored") // The end of the journal is a future of its own.
public final class FutureService implements Service {
    private final FutureLoop loop = new FutureLoop();

    @Override
    public Ledger serve(Traffic traffic, int connections) {
        Ledger ledger = new Ledger();
        Journal journal = new Journal(loop, ledger);
        Entrance entrance = entrance(journal);
        CompletableFuture<?>[] open = new CompletableFuture<?>[connections];
        for (int i = 0; i < connections; i++) {
            Connection connection = new Connection(traffic, entrance, ledger);
            open[i] = connection.end;
            loop.execute(connection);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(open);
        loop.runUntil(all);
        all.join();
        journal.write(Entry.END);
        loop.runUntil(journal.end);
        return ledger;
    }

    private Entrance entrance(Journal journal) {
        Timeouts timeouts = new Timeouts(loop);
        Catalogue catalogue = new Catalogue.Remote(new BackEnd(loop, Site.CATALOGUE));
        BackEnd prices = new BackEnd(loop, Site.PRICES);
        BackEnd stock = new BackEnd(loop, Site.STOCK);
        BackEnd advice = new BackEnd(loop, Site.ADVICE);
        Handler order =
                new OrderHandler(
                        catalogue,
                        new CombinedOffers(timeouts, prices, stock, advice),
                        new Retry(loop),
                        new Reservations.Remote(new BackEnd(loop, Site.RESERVATIONS)),
                        journal);
        Handler browse =
                new BrowseHandler(
                        catalogue, new GatheredOffers(timeouts, prices, stock, advice), journal);
        Tokens tokens = new Tokens.Cached(new Tokens.Remote(new BackEnd(loop, Site.TOKENS)));
        return new Entrance(tokens, new Router(Map.of("order", order, "browse", browse)));
    }
}

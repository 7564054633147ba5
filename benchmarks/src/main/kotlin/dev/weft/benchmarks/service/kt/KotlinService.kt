package dev.weft.benchmarks.service.kt

import dev.weft.benchmarks.service.Ledger
import dev.weft.benchmarks.service.Service
import dev.weft.benchmarks.service.Site
import dev.weft.benchmarks.service.Traffic
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** Builds the service, and serves the connections as coroutines on the one thread of `runBlocking`. */
class KotlinService : Service {
    override fun serve(traffic: Traffic, connections: Int): Ledger = runBlocking {
        val ledger = Ledger()
        val journal = Journal()
        val entrance = entrance(journal)
        coroutineScope {
            launch { journal.writer(ledger) }
            List(connections) { launch { Connection(traffic, entrance, ledger).serve() } }.joinAll()
            journal.close()
        }
        ledger
    }

    private fun entrance(journal: Journal): Entrance {
        val catalogue = RemoteCatalogue(BackEnd(Site.CATALOGUE))
        val prices = BackEnd(Site.PRICES)
        val stock = BackEnd(Site.STOCK)
        val advice = BackEnd(Site.ADVICE)
        val reservations = RemoteReservations(BackEnd(Site.RESERVATIONS))
        val order = OrderHandler(catalogue, ScopedOffers(prices, stock, advice), reservations, journal)
        val browse = BrowseHandler(catalogue, GatheredOffers(prices, stock, advice), journal)
        val tokens = CachedTokens(RemoteTokens(BackEnd(Site.TOKENS)))
        return Entrance(tokens, Router(mapOf("order" to order, "browse" to browse)))
    }
}

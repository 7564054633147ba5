package dev.weft.benchmarks.service.kt

import dev.weft.benchmarks.service.Customer
import dev.weft.benchmarks.service.Entry
import dev.weft.benchmarks.service.Ledger
import dev.weft.benchmarks.service.Parser
import dev.weft.benchmarks.service.Refusal
import dev.weft.benchmarks.service.Reply
import dev.weft.benchmarks.service.Request
import dev.weft.benchmarks.service.Service
import dev.weft.benchmarks.service.Traffic
import java.util.concurrent.TimeoutException
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.yield

/** Queues entries to a writer. */
internal class Journal {
    private val entries = Channel<Entry>(Service.JOURNAL_CAPACITY)

    suspend fun write(entry: Entry) = entries.send(entry)

    /** Ends the journal after the entries that are in the queue. */
    fun close() = entries.close()

    /** Writes until the last entry, and gives up the turn for each batch. */
    suspend fun writer(ledger: Ledger) {
        var pending = 0
        for (entry in entries) {
            ledger.written(entry)
            pending++
            if (pending == Service.JOURNAL_BATCH) {
                pending = 0
                yield()
            }
        }
    }
}

/** Answers the requests of a customer. */
internal interface Handler {
    suspend fun handle(request: Request, customer: Customer): Reply
}

/** Orders a product: look up, ask for an offer, reserve, write down. */
internal class OrderHandler(
    private val catalogue: Catalogue,
    private val offers: Offers,
    private val reservations: Reservations,
    private val journal: Journal,
) : Handler {
    override suspend fun handle(request: Request, customer: Customer): Reply {
        val product = catalogue.find(request)
        val offer = offers.offer(request, product)
        val total = offer.total(customer, request.count)
        val number = retry { attempt -> reservations.reserve(request, total, attempt) }
        journal.write(Entry(request.id, total))
        return Reply(request.id, Reply.OK, total + number)
    }
}

/** Shows a product: look up, ask the suppliers, write down. */
internal class BrowseHandler(
    private val catalogue: Catalogue,
    private val offers: Offers,
    private val journal: Journal,
) : Handler {
    override suspend fun handle(request: Request, customer: Customer): Reply {
        val product = catalogue.find(request)
        val offer = offers.offer(request, product)
        val total = offer.total(customer, 1)
        journal.write(Entry(request.id, total))
        return Reply(request.id, Reply.OK, total)
    }
}

/** Chooses the handler of an action. */
internal class Router(private val handlers: Map<String, Handler>) : Handler {
    override suspend fun handle(request: Request, customer: Customer): Reply {
        val handler = handlers[request.action] ?: throw Refusal(Reply.UNKNOWN)
        return handler.handle(request, customer)
    }
}

/** Lets requests of known customers pass, and turns failures into replies. */
internal class Entrance(private val tokens: Tokens, private val next: Handler) {
    suspend fun handle(request: Request): Reply =
        try {
            val customer = tokens.customer(request)
            next.handle(request, customer)
        } catch (e: Refusal) {
            Ledger.failed(request, e)
        } catch (e: TimeoutException) {
            Ledger.failed(request, e)
        }
}

/** Serves one request after the other. */
internal class Connection(private val traffic: Traffic, private val entrance: Entrance, private val ledger: Ledger) {
    suspend fun serve() {
        while (true) {
            val line = traffic.next() ?: return
            ledger.replied(entrance.handle(Parser.parse(line)))
        }
    }
}

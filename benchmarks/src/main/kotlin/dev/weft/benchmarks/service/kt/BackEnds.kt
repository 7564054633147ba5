package dev.weft.benchmarks.service.kt

import dev.weft.benchmarks.service.Customer
import dev.weft.benchmarks.service.Delay
import dev.weft.benchmarks.service.Offer
import dev.weft.benchmarks.service.Product
import dev.weft.benchmarks.service.Refusal
import dev.weft.benchmarks.service.Reply
import dev.weft.benchmarks.service.Request
import dev.weft.benchmarks.service.Script
import dev.weft.benchmarks.service.Service
import dev.weft.benchmarks.service.Site
import java.util.concurrent.TimeoutException
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** A simulated back end. */
internal class BackEnd(private val site: Site) {
    suspend fun call(request: Request, key: Int): Int {
        when (Script.delay(site, request)) {
            Delay.NONE -> {}
            Delay.TURN -> yield()
            Delay.TIMER -> delay(Service.PAUSE_MILLIS.toLong())
            Delay.NEVER -> delay(3_600_000)
        }
        return Script.answer(site, key)
    }
}

/** Finds the customer of a request. */
internal interface Tokens {
    suspend fun customer(request: Request): Customer
}

/** Asks the back end. */
internal class RemoteTokens(private val backEnd: BackEnd) : Tokens {
    override suspend fun customer(request: Request): Customer =
        Customer.of(request.customer, backEnd.call(request, request.customer))
}

/** Knows most customers. */
internal class CachedTokens(private val tokens: Tokens) : Tokens {
    override suspend fun customer(request: Request): Customer {
        val number = request.customer
        return if (Script.cached(number)) Customer.of(number, Script.answer(Site.TOKENS, number)) else tokens.customer(request)
    }
}

/** Finds the product of a request. */
internal interface Catalogue {
    suspend fun find(request: Request): Product
}

/** Asks the back end. */
internal class RemoteCatalogue(private val backEnd: BackEnd) : Catalogue {
    override suspend fun find(request: Request) = Product(request.item, backEnd.call(request, request.item))
}

/** Asks three back ends about a product at once, and gives up when they take too long. */
internal interface Offers {
    suspend fun offer(request: Request, product: Product): Offer
}

/** Returns the result of [body], or throws as the other versions do when it takes too long. */
private suspend fun <T> limited(body: suspend () -> T): T =
    try {
        withTimeout(Service.LIMIT_MILLIS.toLong()) { body() }
    } catch (e: TimeoutCancellationException) {
        throw TimeoutException(e.message)
    }

/** Offers by three tasks of a scope. */
internal class ScopedOffers(private val prices: BackEnd, private val stock: BackEnd, private val advice: BackEnd) : Offers {
    override suspend fun offer(request: Request, product: Product): Offer = limited {
        coroutineScope {
            val price = async { prices.call(request, product.group) }
            val pieces = async { stock.call(request, product.item) }
            val hint = async { advice.call(request, product.item) }
            Offer(price.await(), pieces.await(), hint.await())
        }
    }
}

/** Offers by one wait for all, for three suppliers that are asked the same. */
internal class GatheredOffers(private val first: BackEnd, private val second: BackEnd, private val third: BackEnd) : Offers {
    override suspend fun offer(request: Request, product: Product): Offer = limited {
        coroutineScope {
            val key = product.item
            val answers = awaitAll(
                async { first.call(request, key) },
                async { second.call(request, key) },
                async { third.call(request, key) },
            )
            Offer(answers[0], answers[1], answers[2])
        }
    }
}

/** Reserves what is ordered. */
internal interface Reservations {
    suspend fun reserve(request: Request, total: Int, attempt: Int): Int
}

/** Asks the back end, which fails at times. */
internal class RemoteReservations(private val backEnd: BackEnd) : Reservations {
    override suspend fun reserve(request: Request, total: Int, attempt: Int): Int {
        val number = backEnd.call(request, total)
        if (Script.fails(request, attempt)) throw Refusal(Reply.UNAVAILABLE)
        return number
    }
}

/** Repeats what fails, after a pause. */
internal suspend fun <T> retry(attempt: suspend (Int) -> T): T {
    for (number in 1..<Service.ATTEMPTS) {
        try {
            return attempt(number)
        } catch (e: Refusal) {
            delay(Service.PAUSE_MILLIS.toLong())
        }
    }
    return attempt(Service.ATTEMPTS)
}

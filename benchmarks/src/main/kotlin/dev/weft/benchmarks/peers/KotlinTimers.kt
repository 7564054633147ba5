package dev.weft.benchmarks.peers

import dev.weft.benchmarks.workload.TimerQueue
import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield

/**
 * Timers as Kotlin's users get them, by a timeout around what ends at once. The loop of `runBlocking` has its timers only
 * while it runs, so it runs on a thread that is told what to do.
 */
class KotlinTimers : TimerQueue {
    private class Order(val work: suspend CoroutineScope.() -> Unit) {
        val done = CompletableFuture<Unit>()
    }

    private val orders = Channel<Order>(Channel.UNLIMITED)

    init {
        thread(isDaemon = true) {
            runBlocking {
                for (order in orders) {
                    order.work(this)
                    order.done.complete(Unit)
                }
            }
        }
    }

    private fun inLoop(work: suspend CoroutineScope.() -> Unit) {
        val order = Order(work)
        orders.trySend(order)
        order.done.join()
    }

    override fun fill(delays: LongArray) = inLoop {
        for (nanos in delays) launch { delay(nanos / 1_000_000) }
        yield()
    }

    override fun addAndCancel(delays: LongArray) = inLoop {
        for (nanos in delays) withTimeoutOrNull(nanos / 1_000_000) { nanos }
    }
}

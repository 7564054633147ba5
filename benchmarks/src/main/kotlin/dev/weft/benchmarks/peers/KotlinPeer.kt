package dev.weft.benchmarks.peers

import dev.weft.benchmarks.workload.Peer
import dev.weft.benchmarks.workload.Shape
import dev.weft.benchmarks.workload.SleepLog
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Kotlin's coroutines on the one thread of `runBlocking`. */
class KotlinPeer : Peer {
    override fun awaits(n: Int): Long = runBlocking { checked(sum(n), n) }

    private suspend fun sum(n: Int): Int {
        var sum = 0
        for (i in 0 until n) sum = plusOne(sum)
        return sum
    }

    private suspend fun plusOne(x: Int): Int {
        if (Shape.suspend) yield()
        return x + 1
    }

    override fun awaitsThatMaySuspend(n: Int): Long = runBlocking { checked(rareSum(n), n) }

    private suspend fun rareSum(n: Int): Int {
        var sum = 0
        for (i in 0 until n) sum = rarePlusOne(sum)
        return sum
    }

    private suspend fun rarePlusOne(x: Int): Int {
        if (Shape.rarely(x)) yield()
        return x + 1
    }

    override fun awaitsInAnotherClass(n: Int): Long = runBlocking { checked(sumOfOther(n), n) }

    private suspend fun sumOfOther(n: Int): Int {
        var sum = 0
        for (i in 0 until n) sum = KotlinOther.plusOne(sum)
        return sum
    }

    private fun checked(sum: Int, n: Int): Long {
        check(sum == n)
        return n.toLong()
    }

    override fun switches(tasks: Int, each: Int): Long = runBlocking {
        coroutineScope { repeat(tasks) { launch { yields(each) } } }
        tasks.toLong() * each
    }

    private suspend fun yields(n: Int) {
        for (i in 0 until n) yield()
    }

    override fun spawns(total: Int, batch: Int): Long = runBlocking {
        repeat(total / batch) {
            coroutineScope {
                val started = ArrayList<Deferred<Any?>>(batch)
                repeat(batch) { started.add(async { once() }) }
                for (task in started) task.await()
            }
        }
        total.toLong()
    }

    private suspend fun once(): Any? {
        yield()
        return null
    }

    override fun resumes(depth: Int, n: Int): Long = runBlocking {
        descend(depth, n)
        n.toLong()
    }

    override fun chains(depth: Int, n: Int): Long = runBlocking {
        repeat(n) { descend(depth, 1) }
        n.toLong()
    }

    private suspend fun descend(depth: Int, yields: Int): Int {
        if (depth == 1) {
            yields(yields)
            return 0
        }
        val below = descend(depth - 1, yields)
        return below + 1
    }

    override fun pingPong(turns: Int): Long = runBlocking {
        val to = Channel<Any>(1)
        val fro = Channel<Any>(1)
        coroutineScope {
            launch {
                for (i in 0 until turns) {
                    to.send(to)
                    fro.receive()
                }
            }
            launch { for (i in 0 until turns) fro.send(to.receive()) }
        }
        2L * turns
    }

    override fun stream(n: Int, capacity: Int): Long = runBlocking {
        val queue = Channel<Any>(capacity)
        coroutineScope {
            launch { for (i in 0 until n) queue.send(queue) }
            launch { for (i in 0 until n) queue.receive() }
        }
        n.toLong()
    }

    override fun park(counts: IntArray, depth: Int, parked: Runnable): Unit = runBlocking {
        val strings = Shape.strings()
        for (count in counts) {
            for (i in 0 until count) launch { body(depth, strings[i and 15], strings[(i + 1) and 15], i) }
            yield()
            parked.run()
        }
    }

    private suspend fun body(depth: Int, a: Any, b: Any, i: Int): Int {
        val below = if (depth == 1) {
            delay(Shape.HOUR / 1_000_000)
            0
        } else {
            body(depth - 1, b, a, i + 1)
        }
        return below + a.hashCode() + b.hashCode() + i
    }

    override fun sleeps(log: SleepLog): Unit = runBlocking {
        for (i in 0 until log.size()) {
            launch {
                // Whole milliseconds are all that delay knows: it is to be no earlier than the log expects.
                delay((log.begins(i) + 999_999) / 1_000_000)
                log.woke(i)
            }
        }
    }
}

/** W1b: the coroutine that is called by another class. */
internal object KotlinOther {
    suspend fun plusOne(x: Int): Int {
        if (Shape.rarely(x)) yield()
        return x + 1
    }
}

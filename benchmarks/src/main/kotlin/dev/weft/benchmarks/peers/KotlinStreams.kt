package dev.weft.benchmarks.peers

import dev.weft.benchmarks.workload.StreamPeer
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Kotlin's flows on the one thread of `runBlocking`. */
class KotlinStreams : StreamPeer {
    override fun generated(n: Int): Long = runBlocking { sum(counting(n)) }

    override fun mapped(n: Int): Long = runBlocking {
        sum(counting(n).map { it }.filter { it >= 0 })
    }

    override fun turns(n: Int): Long = runBlocking {
        sum(
            flow {
                for (i in 0 until n) {
                    yield()
                    emit(StreamPeer.element(i))
                }
            }
        )
    }

    private fun counting(n: Int): Flow<Int> = flow {
        for (i in 0 until n) emit(StreamPeer.element(i))
    }

    private suspend fun sum(flow: Flow<Int>): Long {
        var sum = 0L
        flow.collect { sum += it }
        return sum
    }
}

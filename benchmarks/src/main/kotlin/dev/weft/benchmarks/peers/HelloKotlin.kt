package dev.weft.benchmarks.peers

import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

/** W10: says hello after one sleep of a millisecond. */
object HelloKotlin {
    @JvmStatic
    fun main(args: Array<String>) = runBlocking {
        delay(1)
        println("hello")
    }
}

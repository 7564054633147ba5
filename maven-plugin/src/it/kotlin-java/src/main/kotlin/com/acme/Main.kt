package com.acme

import dev.weft.Async
import dev.weft.AsyncCallable
import dev.weft.Coroutine
import dev.weft.Task
import dev.weft.Weft.await
import dev.weft.Weft.closing
import dev.weft.Weft.run
import dev.weft.Weft.sleep
import java.time.Duration

object Discount {
    const val PERCENT = 100
}

@Async
fun total(prices: Prices, names: List<String>): Coroutine<Int> {
    var sum = 0
    for (name in names) {
        sum += await(prices.price(name))
    }
    return Coroutine.of(sum)
}

@Async
fun closes(): Coroutine<String> {
    val prices = closing(Prices())
    try {
        return Coroutine.of("open " + await(prices.get().price("tea")))
    } finally {
        prices.close()
    }
}

class Shop(private val prices: Prices) {
    @Async
    fun both(): Coroutine<String> {
        val tea = Task.create(prices.price("tea"))
        val milk = Task.create(AsyncCallable { Coroutine.of(await(prices.price("milk")) + 1) })
        await(sleep(Duration.ofMillis(1)))
        return Coroutine.of("${await(tea)} and ${await(milk)}")
    }
}

fun main() {
    println(run(total(Prices(), listOf("tea", "milk"))))
    println(run(closes()))
    println(run(Shop(Prices()).both()))
}

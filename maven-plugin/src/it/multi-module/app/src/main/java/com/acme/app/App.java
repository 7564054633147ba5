package com.acme.app;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import com.acme.lib.Base;
import dev.weft.Async;
import dev.weft.Coroutine;

public class App extends Base {

    @Override
    @Async
    protected Coroutine<Integer> price(int quantity) {
        return Coroutine.of(1 + await(super.price(quantity)));
    }

    public static void main(String[] args) {
        System.out.println(run(new App().price(6)));
    }
}

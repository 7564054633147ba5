package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.Shapes.Box;
import com.acme.Shapes.Square;
import dev.weft.Async;
import dev.weft.Coroutine;
import org.junit.jupiter.api.Test;

class ShapesTest {

    /** Statements before the constructor's call are new in 25. */
    static class Named {
        final String name;

        Named(String name) {
            this.name = name;
        }
    }

    static class Upper extends Named {
        Upper(String name) {
            var upper = name.toUpperCase();
            super(upper);
        }

        @Async
        Coroutine<String> times(int n) {
            return Coroutine.of(name.repeat(await(Shapes.later(n))));
        }
    }

    @Test
    void patternsAwait() {
        assertEquals(1, run(Shapes.area(new Square(1))));
        assertEquals(25, run(Shapes.area(new Square(5))));
        assertEquals(0, run(Shapes.area(new Box(new Square(0), new Square(3)))));
        assertEquals(13, run(Shapes.area(new Box(new Square(2), new Square(3)))));
    }

    @Test
    void aClassWithAFlexibleConstructorAwaits() {
        assertEquals("ABAB", run(new Upper("ab").times(2)));
    }
}

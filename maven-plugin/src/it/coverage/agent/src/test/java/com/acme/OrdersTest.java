package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.Weft;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void totals() {
        assertEquals(8, Weft.run(() -> new Orders().total(List.of("apple", "bread"), false)));
    }

    @Test
    void ships() {
        assertEquals("by ship", Weft.run(() -> new Orders().ship("apple", true)));
        assertEquals("not at all", Weft.run(() -> new Orders().ship("stone", true)));
    }

    @Test
    void locks() {
        assertEquals(4, Weft.run(() -> new Orders().locked()));
    }

    @Test
    void describes() {
        assertEquals("apple is cheap", Weft.run(() -> new Orders().described("apple")));
    }
}

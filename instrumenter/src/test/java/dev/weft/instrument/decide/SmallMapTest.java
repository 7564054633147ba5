package dev.weft.instrument.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallMapTest {
    private final SmallMap<Key, Integer> map = new SmallMap<>();

    /** A key that counts comparisons. */
    private static final class Key {
        private static int comparisons;
        private final int number;

        Key(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            comparisons++;
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @Test
    void valuesAreFoundAndKeepTheirOrder() {
        for (int i = 0; i < 100; i++) {
            assertThat(map.get(new Key(i))).isNull();
            map.add(new Key(i), -i);
        }
        assertThat(IntStream.range(0, 100).map(i -> map.get(new Key(i))))
                .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> -i).toList());
        assertThat(map.values()).startsWith(0, -1, -2).hasSize(100);
    }

    @Test
    void theWorkGrowsWithTheNumberOfEntriesAndNotWithItsSquare() {
        Key.comparisons = 0;
        for (int i = 0; i < 10_000; i++) {
            map.get(new Key(i));
            map.add(new Key(i), i);
        }
        assertThat(Key.comparisons).isLessThan(10_000);
    }
}

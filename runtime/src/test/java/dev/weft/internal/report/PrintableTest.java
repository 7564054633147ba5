package dev.weft.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersAreEscaped() {
        assertThat(Printable.of("a\n\r\tb\u001b[2J\u0000\u007f\u009bc"))
                .isEqualTo("a\\n\\r\\tb\\u001b[2J\\u0000\\u007f\\u009bc");
    }

    @Test
    void charactersThatTurnTheTextAreEscaped() {
        assertThat(Printable.of("a\u202eb\u2066\u2028")).isEqualTo("a\\u202eb\\u2066\\u2028");
    }

    @Test
    void halvesOfCharactersAreEscaped() {
        assertThat(Printable.of("\ud83d\ude00 \ud83d \ude00"))
                .isEqualTo("\ud83d\ude00 \\ud83d \\ude00");
    }

    @Test
    void otherTextStaysTheSameObject() {
        String text = "Größe \u4f60 \\n";
        assertThat(Printable.of(text)).isSameAs(text);
    }
}

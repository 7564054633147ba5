package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rule 11: the documentation of await warns that a cancellation goes to the awaited task. */
class AwaitDocumentationTest {
    @Test
    void theDocumentationOfAwaitNamesShield() throws IOException {
        String source = Files.readString(Path.of("../runtime/src/main/java/dev/weft/Weft.java"));
        int await = source.indexOf("public static <T> T await(Awaitable<T> awaitable)");
        String documentation = source.substring(source.lastIndexOf("/**", await), await);

        assertThat(documentation).contains("ancel").contains("shield");
    }
}

package dev.weft.spec.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that is undeployed: its class loader is collected. */
@Tag("slow")
@Timeout(60)
class RedeploymentTest {
    @ParameterizedTest
    @ValueSource(strings = {"main", "other"})
    void theClassLoaderOfAnApplicationThatContainsWeftIsCollected(String thread) throws Exception {
        assertThat(outputOf("own", thread)).isEqualTo("collected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "other"})
    void theClassLoaderOfTheFirstApplicationOfAContainerThatContainsWeftIsCollected(String thread)
            throws Exception {
        assertThat(outputOf("shared", thread)).isEqualTo("collected");
    }

    @Test
    void anApplicationThatDoesNotUseWeftIsCollected() throws Exception {
        assertThat(outputOf("own", "none")).isEqualTo("collected");
    }

    private static String outputOf(String... arguments) throws Exception {
        try (ChildJvm child = ChildJvm.start(Redeployment.class, arguments)) {
            String output = String.join(" ", child.rest());
            assertThat(child.exitCode()).isZero();
            return output;
        }
    }
}

package dev.weft.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.junit.samples.DependsOnTheOrder;
import dev.weft.junit.samples.EndsUntidily;
import dev.weft.junit.samples.FailsAndLeaks;
import dev.weft.junit.samples.Hangs;
import dev.weft.junit.samples.Misuses;
import dev.weft.junit.samples.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;

/**
 * The exact texts of failures. After an intended change, {@code -Dweft.samples.write} writes the
 * files anew.
 */
@Timeout(60)
class MessagesTest {
    @Test
    void whatATestLeavesBehindFailsItByName() {
        SampleRun.of(EndsUntidily.class).prints("EndsUntidily.txt");
    }

    @Test
    void aTestThatDoesNotEndFailsWithItsTasks() {
        SampleRun.of(Hangs.class).prints("Hangs.txt");
    }

    @Test
    void theFirstFailureSuppressesTheOthers() {
        SampleRun.of(FailsAndLeaks.class).prints("FailsAndLeaks.txt");
    }

    @Test
    void aFailureOfAShuffledTestNamesItsSeed() {
        SampleRun.of(DependsOnTheOrder.class).prints("DependsOnTheOrder.txt");
    }

    @Test
    void misuseNamesTheFix() {
        SampleRun.of(Misuses.class).prints("Misuses.txt");
        SampleRun.of(Misuses.InBeforeAll.class).prints("MisusesInBeforeAll.txt");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void theSeedOfAFailureRepeatsItAlone() {
        System.setProperty("weft.seed", "3");
        try {
            SampleRun run = SampleRun.of(DependsOnTheOrder.class);
            assertThat(run.with(TestExecutionResult.Status.SUCCESSFUL))
                    .containsExactly("bothRun(Runner), seed 3");
        } finally {
            System.clearProperty("weft.seed");
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void wrongPropertiesAreRefused() {
        System.setProperty("weft.seed", "three");
        System.setProperty("weft.timeout", "ten");
        try {
            SampleRun.of(DependsOnTheOrder.class).prints("WrongSeed.txt");
            SampleRun.of(WithoutLimit.class).prints("WrongTimeout.txt");
        } finally {
            System.clearProperty("weft.seed");
            System.clearProperty("weft.timeout");
        }
    }

    @Sample
    @WeftTest
    static class WithoutLimit {
        @Test
        void endsAtOnce() {}
    }
}

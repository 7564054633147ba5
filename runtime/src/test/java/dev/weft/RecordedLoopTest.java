package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.report.Tools;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** A loop has an observer while a recording wants events, and no longer. */
class RecordedLoopTest {
    private static final String[] EVENTS = {"Task", "Step", "LoopStall", "TimerLag", "Unhandled"};

    private static boolean isObserved(LoopThread thread) throws Exception {
        TaskLoop loop = thread.loop().core;
        return thread.submit(() -> Coroutine.of(loop.observation() != null))
                .get(10, TimeUnit.SECONDS);
    }

    private static void set(Recording recording, boolean isEnabled) {
        for (String event : EVENTS) {
            if (isEnabled) {
                recording.enable("dev.weft." + event);
            } else {
                recording.disable("dev.weft." + event);
            }
        }
        Tools.lookAtRecordings(); // as the watch does a moment later
    }

    @Test
    void anOpenLoopIsObservedWhileARecordingWantsEvents() throws Exception {
        try (LoopThread thread = LoopThread.start("recorded")) {
            assertThat(isObserved(thread)).isFalse();
            try (Recording recording = new Recording()) {
                recording.start();
                set(recording, true);
                assertThat(isObserved(thread)).isTrue();
                set(recording, false);
                assertThat(isObserved(thread)).isFalse();
                set(recording, true);
                assertThat(isObserved(thread)).isTrue();
            }
            Tools.lookAtRecordings();
            assertThat(isObserved(thread)).isFalse();
        }
    }

    @Test
    void aLoopThatOpensAfterTheLastRecordingIsNotObserved() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            set(recording, true);
        }
        try (LoopThread thread = LoopThread.start("not recorded")) {
            assertThat(isObserved(thread)).isFalse();
        }
    }
}

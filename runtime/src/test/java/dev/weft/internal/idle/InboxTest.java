package dev.weft.internal.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox<String> inbox = new Inbox<>();
    private final List<String> taken = new ArrayList<>();

    @Test
    void lettersAreTakenInTheOrderInWhichTheyCame() {
        inbox.add("a");
        inbox.add("b");
        inbox.add("c");
        assertThat(inbox.isEmpty()).isFalse();

        inbox.drainTo(taken::add);

        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void eachLetterIsTakenOnce() {
        inbox.add("a");
        inbox.drainTo(taken::add);
        inbox.drainTo(taken::add);
        inbox.add("b");
        inbox.drainTo(taken::add);

        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void aLetterThatComesWhileOthersAreTakenWaitsForTheNextTime() {
        inbox.add("a");
        inbox.drainTo(
                letter -> {
                    taken.add(letter);
                    if (letter.equals("a")) {
                        inbox.add("b");
                    }
                });
        assertThat(taken).containsExactly("a");

        inbox.drainTo(taken::add);
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void whoeverAddsFirstToASleepingOwnerMustWakeItAndNobodyElse() {
        assertThat(inbox.add("awake")).isFalse();
        inbox.drainTo(taken::add);

        assertThat(inbox.sleep()).isTrue();
        assertThat(inbox.add("first")).isTrue();
        assertThat(inbox.add("second")).isFalse();
        inbox.wake();
        inbox.drainTo(taken::add);

        assertThat(taken).containsExactly("awake", "first", "second");
        assertThat(inbox.add("awake again")).isFalse();
    }

    @Test
    void theOwnerCannotFallAsleepOverALetter() {
        inbox.add("a");
        assertThat(inbox.sleep()).isFalse();

        inbox.drainTo(taken::add);
        assertThat(inbox.sleep()).isTrue();
    }

    @Test
    void anOwnerThatWokeByItselfNeedsNoWaking() {
        assertThat(inbox.sleep()).isTrue();
        inbox.wake();

        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.add("a")).isFalse();
        inbox.wake();
        assertThat(inbox.isEmpty()).isFalse();
    }

    @Test
    void closingTakesTheLastLettersAndRejectsAllLaterOnes() {
        inbox.add("a");
        inbox.add("b");
        inbox.close(taken::add);

        assertThat(taken).containsExactly("a", "b");
        assertThat(inbox.isEmpty()).isTrue();
        assertThatThrownBy(() -> inbox.add("late")).isInstanceOf(RejectedExecutionException.class);
        inbox.drainTo(taken::add);
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void itStaysClosedWhateverTheOwnerDoes() {
        inbox.close(taken::add);
        inbox.close(taken::add);

        assertThat(inbox.sleep()).as("may sleep, since nobody comes any more").isTrue();
        assertThatThrownBy(() -> inbox.add("late")).isInstanceOf(RejectedExecutionException.class);
        inbox.wake();
        inbox.drainTo(taken::add);
        assertThatThrownBy(() -> inbox.add("later")).isInstanceOf(RejectedExecutionException.class);
        assertThat(taken).isEmpty();
    }
}

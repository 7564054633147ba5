package dev.weft.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.CommandException;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void theNameOfALoopMayBeginWithTheNumberOfItsCopy() {
        assertThat(Choice.parse("3")).isEqualTo(new Choice(1, 3));
        assertThat(Choice.parse("2.1")).isEqualTo(new Choice(2, 1));
    }

    @Test
    void aWrongNameIsPrintedInOneLine() {
        assertThatThrownBy(() -> Choice.parse("1\nweft: all is well"))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "\"1\\nweft: all is well\" is no loop: weft ps PID shows the loops, as 1 or 2.1");
    }
}

package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    @Test
    void withoutACommandTheUseIsWrong() {
        Commands none = weft();

        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("weft: Missing command\nTry: weft --help\n");
    }

    @Test
    void aMisspeltCommandIsNamedWithTheOneThatWasMeant() {
        Commands misspelt = weft("complete");

        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err())
                .startsWith("weft: Unmatched argument at index 0: 'complete'\n")
                .contains("weft compile")
                .endsWith("Try: weft --help\n");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheHelpOfItsCommand() {
        Commands unknown = weft("run", "--fast", "Prices.java");

        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo("weft: Unknown option: '--fast'\nTry: weft run --help\n");
    }

    @Test
    void theVersionIsThatOfWeftAndOfJava() {
        assertThat(weft("--version").out()).matches("weft \\d+\\.\\d+\\.\\d+.*\\R(?s:Java .*)");
    }

    @Test
    void everyCommandHasExamplesAndExitStatusesInItsHelp() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            String name = command.getCommandName();
            if (!List.of("help", "completion").contains(name)) {
                assertThat(weft(name, "--help").out())
                        .contains("Exit status:", "Examples:", "  weft " + name + " ");
            }
        }
    }

    @Test
    void theCompletionKnowsEveryCommand() {
        assertThat(weft("completion").out())
                .startsWith("#!/usr/bin/env bash")
                .contains(Main.commandLine().getSubcommands().keySet());
    }
}

package dev.weft.cli.repl;

import java.util.Map;
import java.util.function.Supplier;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** Gives JShell, which finds this class as a service, the execution of the current prompt. */
public final class Engine implements ExecutionControlProvider {

    static final String NAME = "weft";

    private static volatile @Nullable Supplier<SnippetLoader> loaders;

    /**
     * Sets the loaders, because JShell has no way to hand them to the service. Each {@code /reset}
     * needs a new loader, as the names of the snippets' classes start again.
     */
    static void use(Supplier<SnippetLoader> snippets) {
        loaders = snippets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
        Supplier<SnippetLoader> snippets = loaders;
        if (snippets == null) {
            throw new IllegalStateException("only for weft repl");
        }
        return new SnippetExecution(snippets.get());
    }
}

package dev.weft.cli.repl;

import dev.weft.Coroutine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl.StoppedException;

/** Runs snippets in this JVM, each as a task of the loop. */
final class SnippetExecution extends DirectExecutionControl {

    private final SnippetLoader loader;
    private final ReplLoop loop;

    SnippetExecution(SnippetLoader loader) {
        super(loader);
        this.loader = loader;
        this.loop = new ReplLoop(loader::print);
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        if (loader.refuses(snippet.getDeclaringClass())) {
            throw new StoppedException(); // the reason has been printed
        }
        if (snippet.getReturnType() != Coroutine.class) {
            return super.invoke(snippet);
        }
        try {
            return valueString(loop.run(() -> coroutine(snippet)));
        } catch (ReplLoop.StoppedException stopped) {
            throw new StoppedException();
        } catch (Throwable failure) {
            throw new InvocationTargetException(SnippetTrace.of(failure));
        }
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        loop.close();
    }

    @SuppressWarnings("unchecked") // only the value is printed
    private static Coroutine<Object> coroutine(Method snippet) throws Exception {
        return (Coroutine<Object>) snippet.invoke(null);
    }
}

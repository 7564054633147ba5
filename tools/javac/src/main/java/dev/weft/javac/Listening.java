package dev.weft.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Adds the listener to a compilation. Needs the classes of javac, which another JVM may not have.
 */
final class Listening {

    private Listening() {}

    /**
     * Adds the listener, and returns the types that it waits for.
     *
     * @throws IllegalArgumentException when the compiler is not javac; the message is for the user
     */
    static RootTypes start(ProcessingEnvironment given, Settings settings) {
        ProcessingEnvironment javac = Environments.javacs(given);
        if (javac == null) {
            throw new IllegalArgumentException(OtherCompilers.message(given));
        }
        RootTypes types = new RootTypes();
        Problems problems = new Problems(Trees.instance(javac), javac);
        Outputs outputs = new Outputs(javac, given.getFiler());
        JavacTask.instance(javac)
                .addTaskListener(new WrittenClasses(settings, types, problems, outputs));
        return types;
    }
}

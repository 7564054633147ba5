package dev.weft.javac;

import javax.annotation.processing.ProcessingEnvironment;

/** Messages for compilers and build tools in which the processor cannot work. */
final class OtherCompilers {

    private static final String ELSEWHERE =
            "Compile these classes with the goals of weft-maven-plugin, or run them with the agent"
                    + " (-javaagent:weft-agent.jar), and pass -Aweft.skip=true to this compiler";

    private OtherCompilers() {}

    /** Returns the message for an environment that does not belong to javac. */
    static String message(ProcessingEnvironment environment) {
        return "weft-javac works in javac only, and this compiler is another ("
                + environment.getClass().getName()
                + "): async methods would stay uncompiled. "
                + ELSEWHERE;
    }

    /** Returns the message for a JVM without javac, or with one of another shape. */
    static String message(LinkageError cause) {
        return "weft-javac cannot start, because classes of javac or of weft-javac are missing ("
                + cause
                + "). "
                + ELSEWHERE;
    }

    /** Returns the message for a class file that javac has handed to a file manager for good. */
    static String unreachable(String className) {
        return "weft-javac cannot read the class file of "
                + className
                + " after javac has written it, because the file manager of this compilation keeps"
                + " class files to itself: it has to find them in getFileForOutput too. In IntelliJ"
                + " IDEA, delegate the build to Maven or Gradle. Otherwise: "
                + ELSEWHERE;
    }
}

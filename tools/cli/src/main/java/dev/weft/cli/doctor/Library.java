package dev.weft.cli.doctor;

/**
 * A dependency on an artifact of Weft or of JaCoCo.
 *
 * @param version empty if unknown
 * @param scope of Maven, or the configuration of Gradle
 */
record Library(String artifact, String version, String scope) {
    /** The group of Weft. */
    static final String GROUP = "dev.weft";

    static final String RUNTIME = "weft-runtime";
    static final String JAVAC = "weft-javac";

    boolean isProcessor() {
        return scope.endsWith("annotationProcessor") || scope.endsWith("AnnotationProcessor");
    }

    boolean isForTests() {
        return scope.startsWith("test");
    }
}

/** The command {@code weft}: compiles, runs, checks and explains async code. */
module dev.weft.cli {
    requires dev.weft;
    requires dev.weft.instrument;
    requires info.picocli;
    requires java.compiler;
    requires java.xml;
    requires jdk.compiler;
    requires static org.jspecify;

    opens dev.weft.cli to
            info.picocli;
}

/** The command {@code weft}: compiles, runs, checks and explains async code. */
module dev.weft.cli {
    requires dev.weft;
    requires dev.weft.instrument;
    requires info.picocli;
    requires java.compiler;
    requires java.prefs;
    requires java.xml;
    requires jdk.compiler;
    requires jdk.jshell;
    requires org.objectweb.asm;
    requires org.objectweb.asm.tree;
    requires static org.jspecify;

    opens dev.weft.cli to
            info.picocli;

    provides jdk.jshell.spi.ExecutionControlProvider with
            dev.weft.cli.repl.Engine;
}

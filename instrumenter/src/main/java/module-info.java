/** The compiler that turns {@code @Async} methods in class files into state machines. */
module dev.weft.instrument {
    requires java.compiler;
    requires static org.jspecify;
    requires org.objectweb.asm;
    requires org.objectweb.asm.commons;
    requires org.objectweb.asm.tree;

    exports dev.weft.instrument;
    exports dev.weft.instrument.explain;
    exports dev.weft.instrument.folder;
}

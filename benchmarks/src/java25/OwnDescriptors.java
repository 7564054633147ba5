import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gives a thread a private table of file descriptors, with the limit of a whole process. New threads of the thread share the
 * table. Other threads must not use the files and sockets in the table. Linux only.
 */
public final class OwnDescriptors {
    /** The value in {@code sched.h}. */
    private static final int CLONE_FILES = 0x400;

    private OwnDescriptors() {}

    /** Copies the table of the process for this thread. */
    public static void take() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle unshare =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("unshare"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        int result = (int) unshare.invokeExact(CLONE_FILES);
        if (result != 0) {
            throw new IllegalStateException("unshare(CLONE_FILES) has failed");
        }
    }
}

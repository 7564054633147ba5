package dev.weft.cli.repl;

import dev.weft.cli.CommandException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The standard input of this JVM. */
final class StandardInput {

    /** The first bytes of lib/modules, in the order of bytes of the machine. */
    private static final int MODULES = 0xCAFEDADA;

    private StandardInput() {}

    /**
     * Checks that the prompt has an input. If a shell has closed it ({@code <&-}), the first file
     * that the JVM opens, its own lib/modules, gets the number of the standard input, and JShell
     * would read that as snippets.
     *
     * @throws CommandException if the input is closed
     */
    static void requireOpen() {
        if (startsWith(MODULES) || startsWith(Integer.reverseBytes(MODULES))) {
            throw CommandException.wrongUse(
                    "the standard input is closed, so there are no snippets to read: use a"
                            + " terminal, a pipe, or weft repl < FILE");
        }
    }

    /** Compares the first bytes of a file. The position stays, and no other input is read. */
    @SuppressWarnings("resource") // closing the channel would close the standard input
    private static boolean startsWith(int magic) {
        ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
        try {
            FileChannel input = new FileInputStream(FileDescriptor.in).getChannel();
            return input.read(start, 0) == Integer.BYTES && start.getInt(0) == magic;
        } catch (IOException noFile) {
            return false; // a terminal or a pipe
        }
    }
}

package dev.weft.javac;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.spi.ToolProvider;

/**
 * The main class of a process that runs the javac of its JDK again and again: reads the arguments
 * of a compilation, and writes the exit status and what javac has printed.
 */
final class JavacLoop {

    private JavacLoop() {}

    public static void main(String[] args) throws IOException {
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        System.setOut(System.err);
        while (true) {
            String[] arguments;
            try {
                arguments = new String[in.readInt()];
            } catch (EOFException end) {
                return;
            }
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = in.readUTF();
            }
            StringWriter printed = new StringWriter();
            PrintWriter writer = new PrintWriter(printed);
            out.writeInt(javac.run(writer, writer, arguments));
            writer.flush();
            out.writeUTF(printed.toString());
            out.flush();
        }
    }
}

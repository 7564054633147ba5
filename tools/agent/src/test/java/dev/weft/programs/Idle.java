package dev.weft.programs;

import dev.weft.LoopThread;
import java.io.IOException;

/** Keeps a loop open until the input ends. */
public final class Idle {
    private Idle() {}

    public static void main(String[] args) throws IOException {
        try (LoopThread thread = LoopThread.start("idle")) {
            System.out.println("ready " + thread.loop().thread().getName());
            int unused = System.in.read();
        }
    }
}

package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import java.io.IOException;

/** Failures of calls of other processes. Needs no module that may be absent. */
final class Failures {
    private Failures() {}

    static CommandException ended(long pid) {
        return CommandException.failed("process " + pid + " has ended");
    }

    /** Returns whether a process has ended, or is about to. */
    static boolean hasEnded(long pid) {
        return !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Returns the failure of a connection that has broken. */
    static CommandException broken(long pid, IOException reason) {
        try {
            Thread.sleep(100); // a process that ends closes its connections first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return hasEnded(pid)
                ? ended(pid)
                : CommandException.failed(
                        "the connection to process "
                                + pid
                                + " is broken ("
                                + reason
                                + "): try again");
    }

    /** Returns the failure of a Java that has no attach mechanism. */
    static CommandException noModule() {
        return CommandException.wrongUse(
                "this Java ("
                        + System.getProperty("java.home")
                        + ") has no module jdk.attach, with which weft looks into other programs:"
                        + " use a JDK");
    }
}

package dev.weft.cli.live;

/** A copy of the runtime in another process. Each class loader that has loaded Weft has one. */
interface Copy extends AutoCloseable {
    /**
     * Returns the answer to a request.
     *
     * @throws dev.weft.cli.CommandException if the process has ended or does not answer
     */
    String ask(String operation, String... arguments);

    @Override
    void close();
}

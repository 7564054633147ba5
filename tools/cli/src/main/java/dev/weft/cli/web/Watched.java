package dev.weft.cli.web;

/** A program that is asked for its tasks. Called by one thread at a time. */
public interface Watched {
    /**
     * Returns the loops and their tasks as an array of JSON.
     *
     * @throws dev.weft.cli.CommandException if the program does not answer
     */
    String tasks();

    /**
     * Returns the table of the tasks that run most in a time, and waits for that time.
     *
     * @throws dev.weft.cli.CommandException if the program does not answer
     */
    String busiest(int millis);
}
